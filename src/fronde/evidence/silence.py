"""Acts that nobody reported: silence is data while somebody was reading.

    P(nobody reports | one true act) = 1 - v (1 - (1 - a s)^n)     n feeds active; n = 1 gives 1 - v a s
v visibility of the class, shared by all feeds: what cannot be seen, nobody sees; a access and s willingness
of the voices a feed can reach. More silent feeds make unreported acts less likely, never more.
Sources: assumption; the form for n > 1 is our choice.
"""

from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from fronde.evidence.event_classes import EVENT_CLASSES
from fronde.evidence.pack import Pack
from fronde.evidence.priors import prior
from fronde.evidence.special import Floats


def active_feeds(pack: Pack, low: date, high: date) -> int:
    """Number of feeds read at some time in [low, high]; 1 where the pack lists none but has reports."""
    outlets = {
        feed.outlet
        for feed in pack.feeds
        if feed.active_from <= high and (feed.active_to is None or feed.active_to >= low)
    }
    return len(outlets) if pack.feeds else int(bool(pack.reports))


def prob_unreported(visibility: float, feeds: int, access: float | None = None, willing: float | None = None) -> float:
    """P(nobody reports one true act of this visibility) while `feeds` feeds are read."""
    a = prior("access.second_hand") if access is None else access
    s = prior("willingness.unnamed") if willing is None else willing
    return 1.0 - visibility * (1.0 - (1.0 - a * s) ** feeds)


def log_silence(unreported: ArrayLike, event_class: str, feeds: int, visibility: float | None = None) -> Floats:
    """ln P(none of the unreported acts was reported): [n_runs].

    unreported: true acts of the class that no visible report speaks of, per run [n_runs].
    """
    v = EVENT_CLASSES[event_class].visibility if visibility is None else visibility
    return np.asarray(unreported, dtype=np.float64) * np.log(prob_unreported(v, feeds))
