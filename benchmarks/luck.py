"""Paired differences between variants of the flagship: shared luck against luck of one's own.

Runs of the prior, nobody's acts imposed. Three ways to make the same difference of means from as many runs:

    shared      both variants on the same parameters and the same chance (what `fronde compare` does)
    own chance  the same parameters, chance of one's own
    independent  parameters of one's own as well
"""

import numpy as np

from fronde.app.build import build
from fronde.app.calibrate import case_params, prior_z
from fronde.app.opening import open_case
from fronde.domain.params import to_values
from fronde.domain.state import Act
from fronde.engine.run import Ensemble, simulate
from fronde.forecast.counts import future

CASE, RUNS = "russia-2022", 2048
HEADLINES = {
    "sanctions_doubled": ("departures", [Act.LEAVE]),
    "resignations_allowed": ("resignations", [Act.RESIGN]),
    "crackdown": ("acts of voice", [Act.SPEAK_POLICY, Act.SPEAK_LEADER]),
}


def table() -> str:
    """Mean, spread and saving of each headline difference, as Markdown."""
    case = open_case(CASE).case
    params = case_params(case)
    z, numbers = prior_z(case.spec.seed, RUNS)
    other_z, _ = prior_z(case.spec.seed + 1, RUNS)

    def run(variant: str | None, drawn: np.ndarray, chance: np.ndarray) -> Ensemble:
        return simulate(build(case, variant=variant, conditioned=False)[0], to_values(params, drawn), chance)

    plain = run(None, z, numbers)
    lines = [
        "| variant: difference by the horizon | mean | sd, shared | sd, own chance | sd, independent "
        "| fewer runs than own chance | than independent |",
        "|---|---|---|---|---|---|---|",
    ]
    for variant, (what, acts) in HEADLINES.items():

        def figure(found: Ensemble, acts: list[Act] = acts) -> np.ndarray:
            return future(found.counts, case.grid)[-1][acts].sum((0, 1)).astype(float)

        apart = numbers + np.uint64(RUNS)
        ways = ((z, numbers), (z, apart), (other_z, apart))
        shared, own, independent = (figure(run(variant, *way)) - figure(plain) for way in ways)
        gains = [f"{found.var() / shared.var():.1f}" for found in (own, independent)]
        lines.append(f"| {variant}: {what} | {shared.mean():.2f} | {shared.std():.2f} | {own.std():.2f} | "
                     f"{independent.std():.2f} | {' | '.join(gains)} |")  # fmt: skip
    return "\n".join(lines)
