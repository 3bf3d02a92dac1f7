"""Ways to a posterior, compared on the same synthetic worlds of a case: ours and those from a bank of simulations.

Summaries of a record: reported acts by act and group, by act and half of the observed period, the leader's options that
nobody could miss, and each survey's answer; counts as square roots. The synthetic worlds are those of the calibration
suite, so every method sees the same records.
"""

import itertools
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fronde.app.build import SEEN, build
from fronde.app.calibrate import Problem, calibrate, case_params
from fronde.app.forecast import public_record
from fronde.app.likelihood import window
from fronde.app.recovery import gathered, truths, world_of
from fronde.domain.draws import Decision, normals, uniforms
from fronde.domain.params import to_values
from fronde.domain.state import LEADER_EVENTS, WORLD_FIELDS
from fronde.engine.run import simulate
from fronde.evidence.polls import log_beta_binomial
from fronde.evidence.priors import prior
from fronde.evidence.rows import Poll
from fronde.inference import smc
from fronde.inference.bank import Bank, adjusted, linear_gaussian, make_bank, rejection
from fronde.scenario.case import Case

Floats = NDArray[np.float64]
FIRST_BANK = 5 << 28  # replicate numbers of the bank lie apart from all others
CHUNK = 5000  # runs in memory at a time


def _summary(reported: Floats, options: Floats, shares: Floats) -> Floats:
    """reported [T, act, group, R], options [option, R] counts, shares [poll, R] -> [R, S]."""
    half = reported.shape[0] // 2
    blocks = (reported.sum(axis=0), reported[:half].sum(axis=(0, 2)), reported[half:].sum(axis=(0, 2)), options)
    counts = [np.sqrt(block.reshape(-1, reported.shape[-1])) for block in blocks]
    return np.concatenate([*counts, shares]).T


def _answered(case: Case, poll: Poll, heard: Floats, numbers: NDArray[np.uint64], index: int) -> Floats:
    """A survey's answer in each run [R]: beta-binomial around the public's answer, by inversion."""
    n = int(poll.n or 1)
    luck = uniforms(case.spec.seed, Decision.POLL, index, numbers, np.zeros(1, dtype=np.uint64))[:, 0]
    levels = np.linspace(0.005, 0.995, 199)
    tables = log_beta_binomial(np.arange(n + 1.0)[None], float(n), levels[:, None], prior("poll.concentration"))
    ends = np.cumsum(np.exp(tables), axis=1)
    row = np.clip(np.rint((heard - 0.005) / 0.005).astype(int), 0, 198)
    return np.array([np.searchsorted(ends[r], u * ends[r, -1]) for r, u in zip(row, luck, strict=True)]) / n


def simulate_bank(case: Case, runs: int, polls: Sequence[Poll], threads: int | None = None) -> Bank:
    """Free runs from the prior without an attempt on power, summarised. polls: as a synthetic world answers them."""
    params = case_params(case)
    inputs, _ = build(case, conditioned=False, steps=case.grid.n_observed)
    poll_at, attempt = list(WORLD_FIELDS).index("poll"), LEADER_EVENTS.index("attempt")
    kept_z, kept = [], []
    for first in range(0, runs, CHUNK):
        numbers = np.arange(FIRST_BANK + first, FIRST_BANK + min(first + CHUNK, runs), dtype=np.uint64)
        z = normals(case.spec.seed, Decision.PRIOR, 0, numbers, np.arange(len(params), dtype=np.uint64))
        runs_of = simulate(inputs, to_values(params, z), numbers, threads=threads)
        shares = []
        for index, poll in enumerate(polls):
            a, b = window(case.grid, poll.field_start, poll.field_end)
            shares.append(_answered(case, poll, runs_of.series[a:b, poll_at].mean(axis=0), numbers, index))
        options = np.array([(runs_of.options == k).sum(axis=0) for k in range(6) if SEEN[k] > 0.0])
        found = _summary(runs_of.reported.astype(np.float64), options, np.array(shares).reshape(len(polls), -1))
        quiet = ~np.isfinite(runs_of.events[attempt])
        kept_z.append(z[quiet])
        kept.append(found[quiet])
    return make_bank(np.concatenate(kept_z), np.concatenate(kept))


def summary_of(problem: Problem) -> Floats:
    """Summaries of a problem's record [S]."""
    n = problem.case.grid.n_observed
    reported = public_record(problem)[:, :, :, None].astype(np.float64)
    options = np.array([[float((problem.inputs.leader_option[:n] == k).sum())] for k in range(6) if SEEN[k] > 0.0])
    shares = np.array([[poll.share] for poll in problem.pack.polls]).reshape(len(problem.pack.polls), 1)
    return _summary(reported, options, shares)[0]


def _sampler(particles: int) -> Callable[[Problem], Floats]:
    return lambda problem: calibrate(problem, smc.Settings(particles=particles), 1).z


def compare_methods(
    case: Case,
    worlds: int,
    polls: Sequence[Poll],
    runs: int = 100_000,
    particles: Sequence[int] = (256, 1024),
    on_world: Callable[[int], None] = lambda _: None,
) -> list[dict[str, Any]]:
    """Energy score, contraction, coverage and cost of each method; one thread, CPU seconds."""
    began = time.process_time()
    first = next(truths(case, polls))[1]
    bank = simulate_bank(case, runs, first.problem.pack.polls, 1)
    made = time.process_time() - began
    draws = min(particles)
    ways: dict[str, Callable[[Problem], Floats]] = {
        "prior": lambda problem: bank.z[:draws],
        "linear-Gaussian update": lambda problem: linear_gaussian(bank, summary_of(problem), draws),
        "rejection, nearest 0.5%": lambda problem: rejection(bank, summary_of(problem)),
        "regression-adjusted ABC, k = 4000": lambda problem: adjusted(bank, summary_of(problem), draws),
    }
    for n in particles:
        ways[f"SMC on conditioned histories, {n} particles"] = _sampler(n)
    done: dict[str, list[Floats]] = {name: [] for name in ways}
    cost = dict.fromkeys(ways, 0.0)
    for count, (_, truth) in enumerate(itertools.islice(truths(case, polls), worlds)):
        for name, way in ways.items():
            began = time.process_time()
            found = way(truth.problem)
            cost[name] += time.process_time() - began
            done[name].append(world_of(truth.z, found))
        on_world(count + 1)
    ours = gathered(done[f"SMC on conditioned histories, {particles[0]} particles"])
    informed = ours.contraction.mean(axis=0) >= 0.1
    rows = []
    for name, found_worlds in done.items():
        back = gathered(found_worlds)
        against = back.energy - ours.energy
        rows.append(
            {
                "method": name,
                "energy": float(back.energy.mean()),
                "energy_against_smc": float(against.mean()),
                "energy_se": float(against.std() / len(found_worlds) ** 0.5),
                "contraction": float(back.contraction.mean()),
                "contraction_informed": float(back.contraction[:, informed].mean()),
                "covered50": float(back.covered50.mean()),
                "covered90": float(back.covered90.mean()),
                "cpu_seconds_before": made if name in list(ways)[1:4] else 0.0,
                "cpu_seconds_each": cost[name] / worlds,
            }
        )
    return rows
