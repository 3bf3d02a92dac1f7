"""Does calibration recover what made the data? Synthetic records from known parameters, calibrated like the real one.

A parameter draw z* from the prior runs freely through the observed period of a case; its acts get into the papers with
the model's own chances, its public answers
the surveys of the real pack, and that alone is given to `calibrate`. If inference is sound, z* is a draw from the
posterior: the rank of z*_k among the particles is uniform and an interval of level q covers it with frequency q
(cook2006, talts2018).
"""

import io
import itertools
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from fronde.app.build import SEEN, build
from fronde.app.calibrate import Problem, calibrate, case_params
from fronde.app.distortion import Kind, distort
from fronde.app.likelihood import Evidence, window
from fronde.app.store import write_file
from fronde.domain.draws import Decision, normals, uniform, uniforms
from fronde.domain.params import to_values
from fronde.domain.state import ACTOR_FIELDS, ACTS, LEADER_EVENTS, WORLD_FIELDS, Act, Actor
from fronde.engine.run import Ensemble, simulate
from fronde.evidence.event_classes import Act as EvidenceAct
from fronde.evidence.events import EventEvidence
from fronde.evidence.leader import LeaderRecord
from fronde.evidence.pack import Pack
from fronde.evidence.polls import log_beta_binomial
from fronde.evidence.priors import prior
from fronde.evidence.rows import Poll
from fronde.inference import smc
from fronde.inference.checks import energy_score
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


def _polls(case: Case, world: Ensemble, number: int, asked: Sequence[Poll]) -> tuple[Poll, ...]:
    """The surveys of the real pack, answered by the synthetic public: same dates, effective size and house error."""
    series = {name: world.series[:, k, 0].astype(np.float64) for k, name in enumerate(WORLD_FIELDS)}
    found = []
    for index, poll in enumerate(asked):
        if poll.field_end <= case.grid.start or poll.answer != "support":
            continue
        first, last = window(case.grid, poll.field_start, poll.field_end)
        effect = prior("poll.design_effect") if poll.design_effect is None else poll.design_effect
        n = round((prior("poll.n") if poll.n is None else poll.n) / effect)
        mean = np.array([series["poll"][first:last].mean()])
        chances = np.exp(log_beta_binomial(np.arange(n + 1.0), float(n), mean, prior("poll.concentration")))
        luck = uniform(case.spec.seed, Decision.POLL, FIRST_TRUTH + number, index, 0)
        k = int(np.searchsorted(np.cumsum(chances / chances.sum()), luck))
        found.append(replace(poll, n=n, design_effect=1.0, share=min(k, n) / n))
    return tuple(found)


def make_truth(case: Case, number: int, polls: Sequence[Poll] = (), kind: Kind = "as assumed") -> Truth | None:
    """The synthetic world of this number, or None where it saw an attempt on power before as_of.

    polls: surveys of the real pack to repeat. kind: what the calibration gets wrong about the world (`distort`).
    """
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
    believed, heard = distort(case, reports, kind, FIRST_TRUTH + number)
    inputs, placed = build(believed, heard, record, steps=case.grid.n_observed)
    pack = Pack(case.spec.as_of, polls=_polls(case, world, number, polls))
    evidence = Evidence(believed, pack, (), (), {})
    return Truth(z[0], Problem(believed, pack, params, placed, record, inputs, evidence, world))


def truths(case: Case, polls: Sequence[Poll] = (), kind: Kind = "as assumed") -> Iterator[tuple[int, Truth]]:
    """Synthetic worlds without an attempt on power, by number, without end."""
    for number in itertools.count():
        truth = make_truth(case, number, polls, kind)
        if truth is not None:
            yield number, truth


@dataclass(frozen=True)
class Recovery:
    """What came back of D worlds.

    ranks [D, K] in 0..1 of the truth among the particles; covered50, covered90 [D, K] by equal-tailed intervals;
    contraction [D, K] share of the prior variance removed; energy [D] energy score of the whole posterior (lower is
    better, gneiting_raftery2007).
    """

    ranks: Floats
    covered50: NDArray[np.bool_]
    covered90: NDArray[np.bool_]
    contraction: Floats
    energy: Floats


@dataclass(frozen=True)
class Shelf:
    """A folder of finished worlds, one small file each: a killed run goes on, several processes share the work.

    part, parts: this process does every `parts`-th world, beginning with the `part`-th (from 0).
    """

    folder: Path
    part: int = 0
    parts: int = 1

    def find(self, number: int) -> Floats | None:
        """A finished world [6 + 1 rows, K], or None; a damaged file counts as none."""
        try:
            with np.load(self.folder / f"world-{number:05d}.npz", allow_pickle=False) as found:
                return np.array(found["world"], dtype=np.float64)
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None

    def keep(self, number: int, world: Floats) -> None:
        """Write a finished world."""
        self.folder.mkdir(parents=True, exist_ok=True)
        stream = io.BytesIO()
        np.savez(stream, world=world)
        write_file(self.folder / f"world-{number:05d}.npz", stream.getvalue())


def world_of(truth: Floats, particles: Floats) -> Floats:
    """Truth, rank, quantiles .05 .25 .75 .95 and variance of each parameter, and the energy score: [8, K]."""
    quantiles = np.quantile(particles, [0.05, 0.25, 0.75, 0.95], axis=0)
    rank, score = (particles < truth).mean(axis=0), energy_score(particles, truth)
    return np.vstack([truth, rank, quantiles, particles.var(axis=0), np.full(truth.size, score)])


def gathered(worlds: Sequence[Floats]) -> Recovery:
    """Worlds [D] of [8, K] as a Recovery."""
    found = np.array(worlds)
    truth, rank, q05, q25, q75, q95, variance, energy = (found[:, k] for k in range(8))
    return Recovery(
        ranks=rank,
        covered50=(q25 <= truth) & (truth <= q75),
        covered90=(q05 <= truth) & (truth <= q95),
        contraction=1.0 - variance,
        energy=energy[:, 0],
    )


def recover(
    case: Case,
    worlds: int,
    settings: smc.Settings,
    polls: Sequence[Poll] = (),
    kind: Kind = "as assumed",
    shelf: Shelf | None = None,
    threads: int | None = None,
    on_world: Callable[[int], None] | None = None,
) -> Recovery:
    """Calibrate `worlds` synthetic records of a case and compare with the truth; of a part only if the shelf says so.

    Worlds already on the shelf are taken from there. on_world hears how many are done.
    """
    done: list[Floats] = []
    for index, (number, truth) in enumerate(itertools.islice(truths(case, polls, kind), worlds)):
        if shelf is not None and index % shelf.parts != shelf.part:
            continue
        found = shelf.find(number) if shelf is not None else None
        if found is None:
            found = world_of(truth.z, calibrate(truth.problem, settings, threads).z)
            if shelf is not None:
                shelf.keep(number, found)
        done.append(found)
        if on_world is not None:
            on_world(len(done))
    return gathered(done)
