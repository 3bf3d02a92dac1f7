"""The public: true support for the policy, and what pollsters hear.

    approval = baseline + rally * exp(-day / rally_days) - pain * max(0, -market)
             - casualties * max(0, -battlefield) * (1 - media_control) - draft * mobilised      in [0.02, 0.98]
    hidden   = hidden_base + hidden_by_repression * repression                                  in [0, 0.95]
    poll     = approval + hidden * (1 - approval)      opponents who answer "support"
Sources: mueller1970 (rally and decay); hale2022 (three quarters of ralliers dissembled at least somewhat); M5 (direct
71 % against 61 % in a list experiment); M13. No half-life of authoritarian rallies is published: left wide.
"""

from fronde.domain.jit import mechanism
from fronde.domain.maths import clip, exp
from fronde.domain.params import LogNormal, Normal, Param

# fmt: off
PARAMS = (
    Param("public.baseline", "0..1", 0.45, Normal(0.45, 0.1), (0.05, 0.95), "assumption",
          "support without the rally", scope="case"),
    Param("public.rally", "0..1", 0.25, Normal(0.25, 0.1), (0.0, 0.6), "mueller1970",
          "rally at the onset", scope="case"),
    Param("public.rally_days", "day", 240.0, LogNormal(240.0, 0.5), (60.0, 900.0), "assumption",
          "decay of the rally, three to eighteen months"),
    Param("public.pain", "1", 0.1, Normal(0.1, 0.05), (0.0, 0.5), "assumption", "per log unit of market loss"),
    Param("public.casualties", "1/sd", 0.06, Normal(0.06, 0.03), (0.0, 0.3), "mueller1970", "where losses are known"),
    Param("public.media_control", "0..1", 0.7, Normal(0.7, 0.12), (0.0, 1.0), "assumption",
          "part of losses kept from view", scope="case"),
    Param("public.draft", "0..1", 0.12, Normal(0.12, 0.05), (0.0, 0.5), "levada2022", "shock of mobilisation"),
    Param("public.draft_days", "day", 60.0, LogNormal(60.0, 0.4), (10.0, 400.0), "levada2022", "how long it is felt"),
    Param("public.hidden_base", "0..1", 0.15, Normal(0.15, 0.08), (0.0, 0.9), "chapkovski_schaub2022",
          "opponents who answer support even without repression", scope="case"),
    Param("public.hidden_by_repression", "1", 0.4, Normal(0.4, 0.2), (0.0, 1.5), "hale2022", "and with it"),
)
# fmt: on


@mechanism
def approval(p, world):
    """True support for the policy."""
    losses = -world.battlefield if world.battlefield < 0.0 else 0.0
    poorer = -world.market if world.market < 0.0 else 0.0
    level = (
        p.public_baseline
        + p.public_rally * exp(-world.day / p.public_rally_days)
        - p.public_pain * poorer
        - p.public_casualties * losses * (1.0 - p.public_media_control)
        - p.public_draft * world.mobilised
    )
    return clip(level, 0.02, 0.98)


@mechanism
def hidden_share(p, world):
    """Share of opponents who answer `support`."""
    return clip(p.public_hidden_base + p.public_hidden_by_repression * world.repression, 0.0, 0.95)


@mechanism
def poll(p, world):
    """What pollsters hear; reads this step's approval."""
    return world.approval + hidden_share(p, world) * (1.0 - world.approval)
