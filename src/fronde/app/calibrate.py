"""Calibration of a case on what was known at its as_of: prior ensemble, evidence, sequential Monte Carlo."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from fronde.app.build import EventEvidence, build
from fronde.app.likelihood import Evidence, make_evidence
from fronde.app.pooling import pooled_params
from fronde.domain.draws import Decision, normals
from fronde.domain.params import Param, override, to_values
from fronde.engine.run import Ensemble, simulate
from fronde.engine.schedule import Inputs
from fronde.evidence.events import event_likelihoods
from fronde.evidence.leader import LeaderRecord, leader_record
from fronde.evidence.pack import Pack, read_pack
from fronde.hazard.case import base_rates
from fronde.inference import smc
from fronde.mechanisms.registry import PARAMS
from fronde.scenario.case import Case

Floats = NDArray[np.float64]
Keys = NDArray[np.uint64]
PRIOR_RUNS = 512
ATTEMPT_RATE = "plot.attempt_rate"
BASE_RATE_SD = 0.5  # of its logarithm: a house choice, twice that of a rate counted on 391 country-years
PRIOR_REPLICATES = 1 << 31  # prior runs use replicate numbers of their own


@dataclass(frozen=True)
class Problem:
    """A case ready for inference: parameters, evidence, engine inputs up to as_of, and the prior ensemble.

    played: the reports that `inputs` were built from, where they are not `reports` (see `app.former`).
    """

    case: Case
    pack: Pack
    params: tuple[Param, ...]
    reports: tuple[EventEvidence, ...]
    record: tuple[LeaderRecord, ...]
    inputs: Inputs
    evidence: Evidence
    prior: Ensemble
    played: tuple[EventEvidence, ...] | None = None

    def histories(self, z: Floats, replicates: Keys, threads: int | None = None) -> Ensemble:
        """Histories up to as_of, conditioned on the reported acts."""
        return simulate(self.inputs, to_values(self.params, z), replicates, threads=threads)


@dataclass(frozen=True)
class Posterior:
    """Equally weighted particles: z [N, K], replicate numbers [N, strand], log likelihood [N]; and how it went."""

    z: Floats
    replicates: Keys
    loglik: Floats
    ancestors: NDArray[np.int64]
    infos: tuple[smc.Info, ...]

    @property
    def log_evidence(self) -> float:
        """ln P(evidence), up to a constant of the evidence."""
        return sum(info.log_evidence for info in self.infos)


def case_params(case: Case) -> tuple[Param, ...]:
    """The model's parameters with the case's overrides, leaning on the cases it names under `pooling`."""
    given = case.spec.params
    own = tuple(
        override(param, given[param.name].value, given[param.name].sd, given[param.name].because)
        if param.name in given
        else param
        for param in PARAMS
    )
    return pooled_params(case, based(case, own))


def based(case: Case, params: tuple[Param, ...]) -> tuple[Param, ...]:
    """The base rate of attempts of a case that has a `country` block: the hazard models', if it gives none itself.

    Mechanisms then move it by the bounded multiplier of `plot.attempt_rate` only.
    """
    spec = case.spec
    if spec.country is None or ATTEMPT_RATE in spec.params:
        return params
    rates = base_rates(spec.as_of.year, spec.leader.regime, spec.leader.tenure_years, spec.country.columns())
    hazard = -math.log1p(-rates["attempt"]["annual"])
    return tuple(
        override(param, min(max(hazard, param.bounds[0]), param.bounds[1]), BASE_RATE_SD, "hazard of such countries")
        if param.name == ATTEMPT_RATE
        else param
        for param in params
    )


def prior_z(seed: int, runs: int) -> tuple[Floats, Keys]:
    """Draws of the prior in standard coordinates [runs, K], with their replicate numbers."""
    replicates = np.arange(PRIOR_REPLICATES, PRIOR_REPLICATES + runs, dtype=np.uint64)
    return normals(seed, Decision.PRIOR, 0, replicates, np.arange(len(PARAMS), dtype=np.uint64)), replicates


def prepare(case: Case, pack: Pack | None = None, threads: int | None = None) -> Problem:
    """Read the evidence as known at the case's as_of and simulate what the prior alone expects."""
    pack = read_pack(case.folder / "evidence", case.spec.as_of, case.spec.as_of_time) if pack is None else pack
    params = case_params(case)
    record = leader_record(pack)
    inputs, reports = build(case, event_likelihoods(pack), record, steps=case.grid.n_observed)
    free, _ = build(case, conditioned=False, steps=case.grid.n_observed)
    z, replicates = prior_z(case.spec.seed, PRIOR_RUNS)
    prior = simulate(free, to_values(params, z), replicates, threads=threads)
    return Problem(case, pack, params, reports, record, inputs, make_evidence(case, pack, prior), prior)


def calibrate(
    problem: Problem,
    settings: smc.Settings,
    threads: int | None = None,
    start: smc.Particles | None = None,
    on_step: Callable[[smc.Particles, smc.Info], None] | None = None,
) -> Posterior:
    """Posterior of the parameters and of each particle's own history."""

    def likelihood(z: Floats, replicates: Keys) -> Floats:
        return problem.evidence.loglik(problem.histories(z, replicates, threads))

    with threadpool_limits(1):  # linear algebra on one thread: same bits whatever the machine's setting
        particles, infos = smc.run(
            int(problem.case.spec.seed), likelihood, len(problem.params), settings, start=start, on_step=on_step
        )
    return Posterior(particles.z, particles.replicates, particles.loglik, particles.ancestors, tuple(infos))
