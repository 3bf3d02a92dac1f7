"""Applying a posterior that was released to a case it has never seen: parameters as they are, no refit.

MODEL is the folder of a finished calibration, a file written by `release`, or `prior`:
    {"format": "fronde-model-1", "name": ..., "made_by": ..., "parameters": [names], "own": [names], "draws": [[z ...]]}
Draws are in standard coordinates of the model's priors. Parameters that the source case had set for itself (`own`), and
those that the new case sets, have no released posterior: they are the new case's own effects and start from its own
prior. The new case's record up to `as_of` chooses, for each released draw, among HISTORIES histories with own effects
of their own, in proportion to their likelihood. It moves the state and those effects, never a released parameter:
every released draw keeps its weight.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from fronde.app import forecast as forecasting
from fronde.app.calibrate import Posterior, Problem, prepare, prior_z
from fronde.app.frozen import canonical
from fronde.app.opening import Opened, RequestError
from fronde.app.particles import POSTERIOR, load_posterior
from fronde.app.results import rounded
from fronde.app.store import read_manifest, write_file
from fronde.domain.state import STRANDS
from fronde.forecast import counts, questions, regime
from fronde.mechanisms.registry import NAMES
from fronde.scenario.case import load_case

FORMAT = "fronde-model-1"
DRAWS, HISTORIES, FUTURES, RELEASED = 256, 32, 4, 512
FIRST = 1 << 29  # replicate numbers of these histories
LARGEST = 256 * 2**20


@dataclass(frozen=True)
class Model:
    """Released draws z [N, K] in the order of the model's parameters; own: drawn from the prior of each case."""

    name: str
    z: np.ndarray
    own: frozenset[str]

    @property
    def digest(self) -> str:
        """SHA-256 [hex] of the draws: two models of one name are told apart."""
        return sha256(self.z.tobytes() + ",".join(sorted(self.own)).encode()).hexdigest()


def read_model(given: str | Path) -> Model:
    """A model by folder or file. Raises RequestError if it is none."""
    if str(given) == "prior":
        return Model("prior", np.empty((0, len(NAMES))), frozenset(NAMES))
    path = Path(given)
    if path.is_dir():
        return _of_run(path)
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError(f"larger than {LARGEST // 2**20} MB")
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["format"] != FORMAT or list(found["parameters"]) != list(NAMES):
            raise ValueError(f"expected format {FORMAT} with the {len(NAMES)} parameters of this version")
        z = np.array(found["draws"], dtype=np.float64)
        if z.ndim != 2 or z.shape[1] != len(NAMES) or not np.isfinite(z).all() or not len(z):
            raise ValueError("draws are no table of finite numbers, one column a parameter")
        return Model(str(found["name"]), z, frozenset(found["own"]) & set(NAMES))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RequestError(
            f"{given}: no released model ({error}); give a run folder, a model file or `prior`"
        ) from None


def _of_run(folder: Path) -> Model:
    manifest = read_manifest(folder)
    notes: list[str] = []
    found = load_posterior(folder, str(manifest.get("calibration")), notes.append)
    if found is None:
        why = "; ".join(notes) or f"it holds no {POSTERIOR}"
        raise RequestError(f"{folder}: no finished calibration ({why}); make one with `fronde calibrate`")
    own = load_case(manifest["case_path"]).spec.params
    return Model(f"posterior of {manifest['case']} as of {manifest['as_of']}", found.z, frozenset(own))


def release(run: str | Path, target: str | Path, draws: int = RELEASED) -> Path:
    """Write the posterior of a run as a model file, thinned evenly to at most `draws`."""
    model = _of_run(Path(run))
    kept = model.z[np.linspace(0, len(model.z) - 1, min(draws, len(model.z))).astype(int)]
    content = {
        "format": FORMAT, "name": model.name, "made_by": f"run {Path(run).name}", "parameters": list(NAMES),
        "own": sorted(model.own), "draws": kept.tolist(),
    }  # fmt: skip
    return write_file(Path(target), canonical(rounded(content)) + b"\n")


def own_effects(model: Model, problem: Problem) -> np.ndarray:
    """Which parameters [K] are the case's own matter."""
    if not len(model.z):
        return np.ones(len(NAMES), dtype=np.bool_)
    return np.array([name in model.own or name in problem.case.spec.params for name in NAMES])


def draws_for(model: Model, problem: Problem, n: int = DRAWS) -> np.ndarray:
    """z [n, K] for a case: the model's draws, with what is the case's own matter drawn from its prior."""
    z = prior_z(int(problem.case.spec.seed), n)[0]
    shared = ~own_effects(model, problem)
    if shared.any():
        rows = np.linspace(0, len(model.z) - 1, n).astype(int) if len(model.z) >= n else np.arange(n) % len(model.z)
        z[:, shared] = model.z[rows][:, shared]
    return z


def conditioned(problem: Problem, z: np.ndarray, own: np.ndarray, threads: int | None = None) -> Posterior:
    """One history for each draw, chosen by its likelihood of the record among HISTORIES, each with `own` [K] anew."""
    n, seed = len(z), int(problem.case.spec.seed)
    numbers = np.arange(FIRST, FIRST + n * HISTORIES, dtype=np.uint64)
    replicates = np.repeat(numbers[:, None], STRANDS, axis=1)
    tried = np.repeat(z, HISTORIES, axis=0)
    tried[:, own] = prior_z(seed, n * HISTORIES)[0][:, own]
    loglik = problem.evidence.loglik(problem.histories(tried, replicates, threads))
    table = loglik.reshape(n, HISTORIES)
    chance = np.random.default_rng(seed % 2**32).gumbel(size=table.shape)
    rows = np.arange(n) * HISTORIES + np.argmax(table + chance, axis=1)
    return Posterior(tried[rows], replicates[rows], loglik[rows], np.arange(n), ())


def forecast(opened: Opened, model: Model, threads: int | None = None, draws: int = DRAWS) -> dict[str, Any]:
    """What `forecast.json` holds of probabilities, counts and the leader, by a model that is not refitted."""
    problem = prepare(opened.case, opened.pack, threads)
    posterior = conditioned(problem, draws_for(model, problem, draws), own_effects(model, problem), threads)
    return outlook(problem, posterior, f"{model.name}, {draws} draws", threads)


def outlook(problem: Problem, posterior: Posterior, run: str, threads: int | None = None) -> dict[str, Any]:
    """Probabilities, counts and the leader's options of a posterior, without a run folder."""
    case, grid = problem.case, problem.case.grid
    draws = len(posterior.z)
    base = forecasting.continued(problem, posterior, FUTURES, None, threads)
    found = {
        item.id: questions.outcome(item, base, grid, case.elite.groups).reshape(draws, -1)
        for item in case.spec.questions
    }
    seen = forecasting.public_record(problem)
    rows = regime.options(base, grid, [], forecasting.calm_rates(problem))
    return {
        "case": case.name,
        "as_of": case.spec.moment,
        "horizon_days": case.spec.horizon,
        "run": run,
        "runs": draws * FUTURES,
        "questions": [
            {key: row[key] for key in ("id", "text", "p", "interval50", "interval90", "base_rate")}
            for row in questions.answers(case.spec.questions, found)
        ],
        "counts": counts.count_forecasts(base, grid, case.elite.groups, seen.sum(axis=0), forecasting.at_risk(problem)),
        "series": {"leader": {row["event"]: {"dates": row["dates"], "p": row["p"]} for row in rows}},
    }
