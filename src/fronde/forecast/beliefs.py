"""What the evidence taught about the parameters: posterior against prior, contraction, diagnostics in plain words."""

import numpy as np
from numpy.typing import NDArray

from fronde.domain.params import Param
from fronde.forecast.probability import bundle

Floats = NDArray[np.float64]


def posterior_table(params: tuple[Param, ...], z: Floats, values: Floats, prior_values: Floats) -> list[dict]:
    """Per parameter: prior and posterior quantiles and contraction = 1 - var(z | evidence), since var(z) = 1."""
    rows = []
    for k, param in enumerate(params):
        rows.append(
            {
                "name": param.name,
                "unit": param.unit,
                "source": param.source,
                "note": param.note,
                "mechanism": param.mechanism,
                "prior": bundle(prior_values[:, k]),
                "posterior": bundle(values[:, k]),
                "shift": float(z[:, k].mean()),
                "contraction": float(1.0 - z[:, k].var()),
            }
        )
    return rows


def _verdict(value: float, good: float, fair: float) -> str:
    return "good" if value >= good else ("fair" if value >= fair else "poor")


def diagnostics(z: Floats, ancestors: NDArray[np.int64], accepted_z: float, accepted_u: float, informed: int) -> list[dict]:
    """Health of a calibration, each with a verdict and what it means."""
    n = z.shape[0]
    distinct = float(np.unique(z[:, 0]).size / n)
    lines = int(np.unique(ancestors).size)
    total = z.shape[1]
    return [
        {
            "name": "particles",
            "value": n,
            "verdict": _verdict(n, 512, 256),
            "text": f"{n} equally weighted draws from the posterior; quantiles carry a Monte Carlo error of about {50 / n**0.5:.1f} points at the median.",
        },
        {
            "name": "distinct",
            "value": distinct,
            "verdict": _verdict(distinct, 0.8, 0.5),
            "text": f"{distinct:.0%} of the draws differ from each other after the last moves; below half, repeat with more particles.",
        },
        {
            "name": "families",
            "value": lines,
            "verdict": _verdict(lines, 50, 20),
            "text": f"The draws descend from {lines} of the first {n}; the moves since have spread them again.",
        },
        {
            "name": "acceptance_parameters",
            "value": accepted_z,
            "verdict": _verdict(accepted_z, 0.15, 0.07),
            "text": f"{accepted_z:.0%} of proposed parameter moves were accepted at the end; below 7 % the sampler hardly moves.",
        },
        {
            "name": "acceptance_chance",
            "value": accepted_u,
            "verdict": _verdict(accepted_u, 0.1, 0.04),
            "text": f"{accepted_u:.0%} of freshly drawn histories were accepted: how much of the fit is luck of the draw.",
        },
        {
            "name": "informed",
            "value": informed,
            "verdict": _verdict(informed, 5, 2),
            "text": f"The evidence narrows {informed} of {total} parameters by a tenth of their variance or more; the others stay as assumed.",
        },
    ]
