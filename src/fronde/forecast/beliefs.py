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


def diagnostics(
    z: Floats, ancestors: NDArray[np.int64], accepted_z: float, accepted_u: float, informed: int
) -> list[dict]:
    """Health of a calibration, each with a verdict and what it means."""
    n, total = z.shape
    distinct = float(np.unique(z[:, 0]).size / n)
    lines = int(np.unique(ancestors).size)
    error = 50.0 / n**0.5
    checks = (
        (
            "particles",
            n,
            (512, 256),
            f"{n} equally weighted draws; a median is uncertain by {error:.1f} points.",
        ),
        (
            "distinct",
            distinct,
            (0.8, 0.5),
            f"{distinct:.0%} of the draws differ; below half, repeat with more particles.",
        ),
        (
            "families",
            lines,
            (50, 20),
            f"From {lines} of the first {n}; the moves since have spread them.",
        ),
        (
            "acceptance_parameters",
            accepted_z,
            (0.15, 0.07),
            f"{accepted_z:.0%} of proposed parameter moves were accepted; below 7 % the sampler hardly moves.",
        ),
        (
            "acceptance_chance",
            accepted_u,
            (0.1, 0.04),
            f"{accepted_u:.0%} of freshly drawn pieces of history were accepted: the rest is luck of the draw.",
        ),
        (
            "informed",
            informed,
            (5, 2),
            f"The evidence narrows {informed} of {total} parameters by a tenth of their variance.",
        ),
    )
    return [
        {"name": name, "value": value, "verdict": _verdict(value, *limits), "text": text}
        for name, value, limits, text in checks
    ]
