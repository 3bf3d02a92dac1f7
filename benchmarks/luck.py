"""Paired differences between variants of the flagship: shared luck against luck of one's own.

Runs of the prior, nobody's acts imposed. Three ways to make the same difference of means from as many runs:

    shared      both variants on the same parameters and the same chance (what `fronde compare` does)
    own chance  the same parameters, chance of one's own
    independent  parameters of one's own as well

A second set of chance tells which part of the shared difference belongs to the parameters: a variant does more under
some than under others, and no way of sharing luck removes that. It bounds what pairing could ever save.
"""

import numpy as np

from fronde.app.build import build
from fronde.app.calibrate import case_params, prior_z
from fronde.app.opening import open_case
from fronde.domain.params import to_values
from fronde.domain.state import Act
from fronde.engine.run import simulate
from fronde.forecast.counts import future

CASE, RUNS = "russia-2022", 2048
VOICE, EXIT = ("acts of voice", [Act.SPEAK_POLICY, Act.SPEAK_LEADER]), ("departures", [Act.LEAVE])
HEADLINES = (  # every variant of the case, with what its question is about
    ("sanctions_doubled", EXIT),
    ("sanctions_lifted", EXIT),
    ("crackdown", VOICE),
    ("front_collapses", VOICE),
    ("front_advances", VOICE),
    ("all_out_war", EXIT),
    ("all_out_war", VOICE),
    ("resignations_allowed", ("resignations", [Act.RESIGN])),
)
HEAD = (
    "variant: difference", "mean", "sd, shared", "sd, own chance", "sd, independent", "fewer runs than own chance",
    "than independent", "at most", "of the variance, parameters'",
)  # fmt: skip


def table() -> str:
    """Mean, spread and saving of each headline difference, as Markdown."""
    case = open_case(CASE).case
    params = case_params(case)
    z, numbers = prior_z(case.spec.seed, RUNS)
    other_z, _ = prior_z(case.spec.seed + 1, RUNS)
    apart = numbers + np.uint64(RUNS)

    def run(variant: str | None, drawn: np.ndarray, chance: np.ndarray) -> np.ndarray:
        """Acts by the horizon [act, R]."""
        found = simulate(build(case, variant=variant, conditioned=False)[0], to_values(params, drawn), chance)
        return future(found.counts, case.grid)[-1].sum(axis=1).astype(float)

    plain, again = run(None, z, numbers), run(None, z, apart)
    lines = [f"| {' | '.join(HEAD)} |", "|---" * len(HEAD) + "|"]
    for variant, (what, acts) in HEADLINES:
        with_luck, with_own, alone = run(variant, z, numbers), run(variant, z, apart), run(variant, other_z, apart)
        shared, second, own, independent = (
            after[acts].sum(axis=0) - before[acts].sum(axis=0)
            for after, before in ((with_luck, plain), (with_own, again), (with_own, plain), (alone, plain))
        )
        of_theta = np.cov(shared, second)[0, 1]
        gains = [own.var() / shared.var(), independent.var() / shared.var(), independent.var() / of_theta]
        spreads = [f"{found.std():.2f}" for found in (shared, own, independent)]
        cells = [f"{variant}: {what}", f"{shared.mean():.2f}", *spreads, *(f"{gain:.1f}" for gain in gains)]
        lines.append(f"| {' | '.join(cells)} | {of_theta / shared.var():.2f} |")
    return "\n".join(lines)
