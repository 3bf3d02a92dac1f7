"""What a poll says of true support: beta-binomial around support plus those who hide their opposition.

    m = p + q (1 - p)
    k ~ BetaBinomial(n_e, kappa m, kappa (1 - m)),     n_e = n / design effect,  k = share * n_e
p true support, q share of opponents who answer `support` (prior Beta(2, 8)), kappa the concentration of the
house error: standard deviation sqrt(m (1 - m) / (kappa + 1)), about three points. k and n_e need not be
whole.
Sources: the beta-binomial is textbook; kappa, the design effect and n where unstated are assumptions in
`priors.py`.
"""

import numpy as np
from numpy.typing import ArrayLike

from fronde.evidence.priors import prior
from fronde.evidence.rows import Poll
from fronde.evidence.special import Floats, log_beta, log_choose

# Exactly 0 or 1 would make the beta degenerate; no poll can show a difference of one in a million.
_EDGE = 1e-6


def measured_share(approval: ArrayLike, hidden: ArrayLike) -> Floats:
    """m = p + q (1 - p): share that answers `support`. Shapes broadcast."""
    p, q = np.asarray(approval, dtype=np.float64), np.asarray(hidden, dtype=np.float64)
    return p + q * (1.0 - p)


def log_beta_binomial(k: ArrayLike, n: ArrayLike, mean: ArrayLike, concentration: float) -> Floats:
    """ln P(k of n), mean and concentration of the underlying beta; real k and n allowed. Shapes broadcast."""
    k, n = np.asarray(k, dtype=np.float64), np.asarray(n, dtype=np.float64)
    m = np.clip(np.asarray(mean, dtype=np.float64), _EDGE, 1.0 - _EDGE)
    a, b = concentration * m, concentration * (1.0 - m)
    return log_choose(n, k) + log_beta(k + a, n - k + b) - log_beta(a, b)


def log_poll(approval: ArrayLike, hidden: ArrayLike, poll: Poll) -> Floats:
    """ln P(the poll's share | true support): [n_runs].

    approval: true support, mean over the field dates [n_runs], 0..1. hidden: share of opponents who answer
    `support`, [n_runs] or one number, 0..1.
    """
    p, q = np.asarray(approval, dtype=np.float64), np.asarray(hidden, dtype=np.float64)
    for name, values in (("approval", p), ("hidden", q)):
        if not (np.all(values >= 0.0) and np.all(values <= 1.0)):
            raise ValueError(f"{name} must lie in 0..1")
    asked = prior("poll.n") if poll.n is None else float(poll.n)
    effect = prior("poll.design_effect") if poll.design_effect is None else poll.design_effect
    n = asked / effect
    return log_beta_binomial(poll.share * n, n, measured_share(p, q), prior("poll.concentration"))
