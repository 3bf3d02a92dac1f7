"""Does calibration recover what made the data? Synthetic records from known parameters, calibrated like the real one.

A parameter draw z* from the prior runs freely through the observed period of a case; its acts get into the papers with
the model's own chances; the record alone is given to `calibrate`. If inference is sound, z* is a draw from the
posterior: the rank of z*_k among the particles is uniform and an interval of level q covers it with frequency q
(cook2006, talts2018).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import cast

import numpy as np
from numpy.typing import NDArray

from fronde.app.build import SEEN, build
from fronde.app.calibrate import Posterior, Problem, calibrate, case_params
from fronde.app.likelihood import Evidence
from fronde.domain.draws import Decision, normals, uniforms
from fronde.domain.params import to_values
from fronde.domain.state import ACTOR_FIELDS, ACTS, LEADER_EVENTS, Act, Actor
from fronde.engine.run import simulate
from fronde.evidence.event_classes import Act as EvidenceAct
from fronde.evidence.events import EventEvidence
from fronde.evidence.leader import LeaderRecord
from fronde.evidence.pack import Pack
from fronde.inference import smc
from fronde.mechanisms import reporting
from fronde.mechanisms.registry import Params
from fronde.scenario.case import Case
from fronde.scenario.series import Grid

Floats = NDArray[np.float64]
FIRST_TRUTH = 3 << 29  # replicate numbers of synthetic worlds lie apart from all others
DETECTED = {
    Act.SPEAK_POLICY: "reporting_speak",
    Act.SPEAK_LEADER: "reporting_speak",
    Act.RESIGN: "reporting_resign",
    Act.RESIGN_REFUSED: "reporting_refused",
    Act.LEAVE: "reporting_leave",
    Act.LEAVE_REFUSED: "reporting_refused",
    Act.RETURN: "reporting_leave",
    Act.REJOIN: "reporting_resign",
    Act.DISMISSED: "reporting_dismissed",
    Act.PUNISHED: "reporting_dismissed",
}


@dataclass(frozen=True)
class Truth:
    """A synthetic world: its parameters z* [K] and the problem that its record poses."""

    z: Floats
    problem: Problem


def _day(grid: Grid, step: int) -> timedelta:
    return timedelta(days=max(1, int(grid.days[step] // 2)))


def _reported(case: Case, acts: NDArray[np.int8], values: Floats, number: int) -> list[EventEvidence]:
    """Acts [T, N] that enter the record, as certain evidence."""
    elite, grid = case.elite, case.grid
    p = Params(*values)
    replicate = np.array([number], dtype=np.uint64)
    found = []
    for step in range(grid.n_observed):
        luck = uniforms(case.spec.seed, Decision.REPORTED, step, replicate, elite.key)[0]
        for i in np.flatnonzero(acts[step] < len(Act)):
            act = Act(int(acts[step, i]))
            if act not in DETECTED:
                continue
            actor = Actor(*(float(getattr(elite, name)[i]) for name in ACTOR_FIELDS))
            chance = reporting.detection(p, actor, getattr(p, DETECTED[act]))
            if luck[i] < chance:
                day = grid.edges[step] + _day(grid, step)
                name = cast(EvidenceAct, ACTS[act])  # the record of a synthetic world knows every act
                row = EventEvidence("", "", elite.ids[i], name, day, day, day, 0.0, -np.inf, (), ())
                found.append(row)
    return found


def _record(grid: Grid, options: NDArray[np.int8]) -> tuple[LeaderRecord, ...]:
    """The leader's options [T] that nobody could miss."""
    steps = [t for t in range(grid.n_observed) if options[t] < 6 and SEEN[options[t]] > 0.0]
    return tuple(LeaderRecord(LEADER_EVENTS[options[t]], grid.edges[t] + _day(grid, t)) for t in steps)


def make_truth(case: Case, number: int) -> Truth | None:
    """The synthetic world of this number, or None where it saw an attempt on power before as_of."""
    params = case_params(case)
    replicate = np.array([FIRST_TRUTH + number], dtype=np.uint64)
    z = normals(case.spec.seed, Decision.PRIOR, 0, replicate, np.arange(len(params), dtype=np.uint64))
    values = to_values(params, z)
    free, _ = build(case, conditioned=False, steps=case.grid.n_observed)
    world = simulate(free, values, replicate, threads=1, with_acts=True)
    if np.isfinite(world.events[LEADER_EVENTS.index("attempt"), 0]):
        return None
    reports = _reported(case, world.acts[:, :, 0], values[0], FIRST_TRUTH + number)
    record = _record(case.grid, world.options[:, 0])
    inputs, placed = build(case, reports, record, steps=case.grid.n_observed)
    pack = Pack(case.spec.as_of)
    evidence = Evidence(case, pack, (), (), {})
    return Truth(z[0], Problem(case, pack, params, placed, record, inputs, evidence, world))


@dataclass(frozen=True)
class Recovery:
    """ranks [D, K] in 0..1 of the truth among the particles; covered50, covered90 [D, K]; contraction [D, K]."""

    ranks: Floats
    covered50: NDArray[np.bool_]
    covered90: NDArray[np.bool_]
    contraction: Floats


def recover(
    case: Case,
    worlds: int,
    settings: smc.Settings,
    first: int = 0,
    on_world: Callable[[int, Posterior], None] | None = None,
) -> Recovery:
    """Calibrate `worlds` synthetic records of a case and compare with the truth."""
    rows: list[tuple[Floats, Floats]] = []
    number = first
    while len(rows) < worlds:
        truth = make_truth(case, number)
        number += 1
        if truth is None:
            continue
        posterior = calibrate(truth.problem, replace(settings))
        rows.append((truth.z, posterior.z))
        if on_world is not None:
            on_world(len(rows), posterior)
    inside = [np.quantile(particles, [0.05, 0.25, 0.75, 0.95], axis=0) for _, particles in rows]
    truth_z = np.array([z for z, _ in rows])
    bands = np.array(inside)
    return Recovery(
        ranks=np.array([(particles < z).mean(axis=0) for z, particles in rows]),
        covered50=(bands[:, 1] <= truth_z) & (truth_z <= bands[:, 2]),
        covered90=(bands[:, 0] <= truth_z) & (truth_z <= bands[:, 3]),
        contraction=np.array([1.0 - particles.var(axis=0) for _, particles in rows]),
    )
