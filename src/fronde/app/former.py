"""A forecast from the finished calibration of former evidence, carried over to a pack that differs by a small change.

A calibration keeps the evidence it read (`evidence/` in its run folder; believed only if its hash is the manifest's).
One that differs from the calibration asked for in nothing but that evidence is a candidate: its particles get the
weights of `reweigh`, and the same number is drawn from them evenly spaced (systematic resampling from the middle, no
luck), so equal weights give the same particles back. Whatever weights cannot say, a new calibration must.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fronde.app import particles
from fronde.app.calibrate import Posterior, Problem, prepare
from fronde.app.identity import calibration_key
from fronde.app.opening import Opened
from fronde.app.reweigh import Reweighted, evidence_on, reweigh
from fronde.app.store import Say, read_manifest, run_folders, write_file
from fronde.evidence.events import event_likelihoods
from fronde.evidence.leader import leader_record
from fronde.evidence.pack import Pack, PackError, read_pack
from fronde.inference import smc

EVIDENCE = "evidence"  # folder of a run that holds the tables it read
TABLES = ("*.csv", "*.jsonl", "pack.json")


@dataclass(frozen=True)
class Former:
    """A finished calibration on other evidence: where, its key and its pack."""

    folder: Path
    calibration: str
    pack: Pack


@dataclass(frozen=True)
class Carried:
    """A problem on the new evidence with particles of the former calibration, and how far they reach."""

    problem: Problem
    posterior: Posterior
    note: dict[str, Any]
    seconds: float


def keep_evidence(folder: Path, evidence: Path) -> None:
    """Copy the tables that a calibration read beside its posterior."""
    target = folder / EVIDENCE
    target.mkdir(exist_ok=True)
    for pattern in TABLES:
        for path in target.glob(pattern):
            path.unlink()
        for path in sorted(evidence.glob(pattern)):
            write_file(target / path.name, path.read_bytes())


def formers(runs: Path, opened: Opened, settings: smc.Settings) -> Iterator[Former]:
    """Finished calibrations that differ in the evidence alone, newest first."""
    spec = opened.case.spec
    folders = {f"{read_manifest(folder).get('started_at')} {folder.name}": folder for folder in run_folders(runs)}
    for folder in (folders[name] for name in sorted(folders, reverse=True)):
        manifest = read_manifest(folder)
        read, key = str(manifest.get("evidence_hash")), manifest.get("calibration")
        if read == opened.pack.hash or key != calibration_key(opened.case, read, settings):
            continue
        if not (folder / particles.POSTERIOR).is_file():
            continue
        try:
            pack = read_pack(folder / EVIDENCE, spec.as_of, spec.as_of_time)
        except (PackError, OSError):
            continue
        if pack.hash == read:
            yield Former(folder, str(key), pack)


def carry(opened: Opened, settings: smc.Settings, former: Former, threads: int | None, say: Say) -> Carried | str:
    """The former particles under the new evidence, or why only a new calibration can tell."""
    posterior = particles.load_posterior(former.folder, former.calibration, say)
    if posterior is None:
        return f"the posterior in {former.folder} cannot be read"
    problem = prepare(opened.case, former.pack, threads)
    histories = problem.histories(posterior.z, posterior.replicates, threads)
    began = time.monotonic()
    why = _rebuilt(problem, opened.pack)
    found = reweigh(problem, histories, opened.pack) if not why else Reweighted(np.empty(0), 0.0, why)
    seconds = time.monotonic() - began
    if found.why:
        return found.why
    note = {
        "from": former.folder.name,
        "calibration": former.calibration,
        "evidence_hash": former.pack.hash,
        "effective_share": found.effective,
        "particles": settings.particles,
        "text": f"re-weighted from {former.folder.name} and not calibrated anew; "
        f"{found.effective:.1%} of its sample counts",
    }
    return Carried(_on(problem, opened.pack), drawn(posterior, found.weights), note, seconds)


def _rebuilt(problem: Problem, pack: Pack) -> str:
    """What of the new pack changes how histories are simulated; empty if nothing."""
    if leader_record(pack) != problem.record:
        return "the record of the leader changed"
    after = {(row.event, row.actor, row.act): row for row in event_likelihoods(pack)}
    for row in problem.reports:
        now = after.get((row.event, row.actor, row.act))
        if now is None:
            return f"nobody reports event {row.event} any more"
        if (now.date_low, now.date_high, now.part) != (row.date_low, row.date_high, row.part):
            return f"event {row.event} has another date"
    return ""


def _on(problem: Problem, pack: Pack) -> Problem:
    """The problem with the words of the new pack; its histories stay those of the former reports."""
    after = {(row.event, row.actor, row.act): row for row in event_likelihoods(pack)}
    reports = tuple(after[row.event, row.actor, row.act] for row in problem.reports)
    return replace(problem, pack=pack, reports=reports, played=problem.reports, evidence=evidence_on(problem, pack))


def drawn(posterior: Posterior, weights: NDArray[np.float64]) -> Posterior:
    """As many particles as before, each as often as its weight [N] says; even weights change nothing."""
    size = weights.size
    index = np.searchsorted(np.cumsum(weights), (np.arange(size) + 0.5) / size).clip(max=size - 1)
    arrays = {name: getattr(posterior, name)[index] for name in ("z", "replicates", "loglik", "ancestors")}
    return replace(posterior, **arrays)
