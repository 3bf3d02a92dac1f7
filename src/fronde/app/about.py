"""What Fronde can say about itself and about a run: parameters, the state of the installation, how to cite."""

import os
import platform
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import fronde
from fronde.app.identity import code_hash, version_of, versions
from fronde.app.opening import threads_of
from fronde.app.run import Run
from fronde.app.store import read_manifest, run_folders
from fronde.app.work import compiled
from fronde.domain.jit import INTERPRETED, cache_root
from fronde.domain.params import LogNormal, Normal, Param, Prior
from fronde.mechanisms.registry import PARAMS
from fronde.scenario.case import shipped

EXTRAS = {"analysis": ("xarray", "arviz"), "export": ("vl-convert-python",)}
REFERENCES = "docs/references.md"


def prior_text(prior: Prior) -> str:
    """A prior in one word and two numbers."""
    if isinstance(prior, LogNormal):
        return f"lognormal(median {prior.median:g}, sigma {prior.sigma:g})"
    return f"normal(mean {prior.mean:g}, sd {prior.sd:g})"


def _prior(prior: Prior) -> dict[str, Any]:
    kind = "normal" if isinstance(prior, Normal) else "lognormal"
    return {"dist": kind, **vars(prior)}


def _row(param: Param) -> dict[str, Any]:
    return {
        "name": param.name,
        "unit": param.unit,
        "default": param.default,
        "prior": _prior(param.prior),
        "prior_text": prior_text(param.prior),
        "bounds": list(param.bounds),
        "source": param.source,
        "note": param.note,
        "mechanism": param.mechanism,
    }


def params(words: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Every number of the model; with words, those whose name, source or note holds all of them."""
    rows = [_row(param) for param in PARAMS]
    wanted = [word.casefold() for word in words]
    return [
        row for row in rows
        if all(word in f"{row['name']} {row['source']} {row['note']}".casefold() for word in wanted)
    ]  # fmt: skip


def _writable(folder: Path) -> bool:
    """Whether the folder, or the nearest one above that exists, can be written to."""
    folder = folder.absolute()
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK)


def doctor(runs: Path) -> dict[str, Any]:
    """State of the installation: what works, what is missing, and what lies about unfinished."""
    cache = cache_root()
    unfinished = [
        {"run": folder.name, "status": found.get("status"), "stage": found.get("stage")}
        for folder in run_folders(runs)
        if (found := read_manifest(folder)).get("status") != "done"
    ]
    problems = []
    if not _writable(cache):
        problems.append(f"the cache folder {cache} cannot be written to; set FRONDE_CACHE to one that can")
    if not _writable(runs):
        problems.append(f"the runs folder {runs} cannot be written to; set FRONDE_RUNS or use --runs")
    if not shipped():
        problems.append("no shipped case was found; install Fronde again")
    return {
        "versions": {**versions(), **{name: version_of(name) for name in ("click", "pydantic", "rich")}},
        "system": f"{platform.system()} {platform.machine()}",
        "code": code_hash(),
        "cache": str(cache),
        "compiled": compiled(),
        "interpreted": INTERPRETED,
        "threads": threads_of(None),
        "cases": shipped(),
        "extras": {name: all(version_of(one) != "none" for one in needs) for name, needs in EXTRAS.items()},
        "runs": str(runs),
        "unfinished": unfinished,
        "problems": problems,
    }


def cite(folder: Path) -> dict[str, Any]:
    """How to cite a run: the software, the case and its date, the hashes, and the keys of the works it rests on."""
    manifest = Run(folder).manifest
    works = sorted({param.source for param in PARAMS} - {"assumption", "case"})
    made = str(manifest.get("versions", {}).get("fronde", fronde.__version__))
    text = (
        f"Fronde developers. Fronde: a calibrated model of ruling-elite cohesion (version {made}) [software]. "
        f"Case {manifest.get('case')} as of {manifest.get('as_of')}, run {manifest.get('run')}, "
        f"scenario {str(manifest.get('scenario_hash'))[:12]}, evidence {str(manifest.get('evidence_hash'))[:12]}."
    )
    return {
        "text": text,
        "version": made,
        **{key: manifest.get(key) for key in ("case", "as_of", "run", "scenario_hash", "evidence_hash", "seed")},
        "works": works,
        "references": REFERENCES,
    }
