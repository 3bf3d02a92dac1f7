"""What determines a result: hashes of code, case, evidence and settings, and the name of a run made from them.

Wall clock, thread count and folder names are no part of it, so that the same command finds the same run again.
"""

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import fronde
from fronde.app.pooling import pooled_hashes
from fronde.evidence.pack import Pack
from fronde.inference import smc
from fronde.scenario.case import Case, scenario_hash

PACKAGE = Path(__file__).resolve().parent.parent
ROOMS = ("domain", "mechanisms", "engine", "scenario", "evidence", "inference", "forecast", "opinions")
MODULES = tuple(
    f"app/{name}.py"
    for name in ("build", "likelihood", "calibrate", "pooling", "forecast", "pull", "opinions", "reweigh", "former")
)
LIBRARIES = ("numpy", "numba", "h5netcdf")
SHORT = 10  # hex digits of a hash in the name of a run
AFTER_THE_FACT = {"horizon": 1, "variants": {}, "questions": (), "record_until": None, "title": "-", "note": ""}


@dataclass(frozen=True)
class Identity:
    """Hashes [hex] of one piece of work; `calibration` names the posterior, `run` the folder."""

    run: str
    calibration: str
    scenario: str
    evidence: str
    code: str


def digest(content: Any) -> str:
    """SHA-256 [hex] of plain data, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


@cache
def code_hash() -> str:
    """Hash [hex] of every source file that takes part in a result."""
    files = sorted(path for room in ROOMS for path in (PACKAGE / room).rglob("*.py"))
    files += [path for name in MODULES if (path := PACKAGE / name).is_file()]
    found = hashlib.sha256()
    for path in files:
        found.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0")
        found.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return found.hexdigest()


def version_of(package: str) -> str:
    """Installed version of a package, or `none`."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "none"


def versions() -> dict[str, str]:
    """Versions that a manifest records."""
    found = {"fronde": fronde.__version__, "python": platform.python_version()}
    return {**found, **{name: version_of(name) for name in LIBRARIES}}


def same_arithmetic(before: Mapping[str, Any]) -> bool:
    """Whether stored numbers come from the libraries in use: another numpy or numba may move the last bits."""
    now = versions()
    return all(before.get(name) == now[name] for name in ("numpy", "numba"))


def calibration_key(case: Case, evidence: str, settings: smc.Settings) -> str:
    """Hash [hex] of what the posterior depends on: not the horizon, nor what is asked of the forecast."""
    observed = replace(case, spec=case.spec.model_copy(update=AFTER_THE_FACT))
    return digest([scenario_hash(observed), evidence, asdict(settings), code_hash(), pooled_hashes(case)])


def identify(case: Case, pack: Pack, settings: smc.Settings, kind: str, **more: Any) -> Identity:
    """Name a run of a kind (`forecast`, `simulate`, `compare`); `more` is whatever else determines its result."""
    scenario, evidence = scenario_hash(case), pack.hash
    calibration = calibration_key(case, evidence, settings)
    whole = digest([kind, scenario, calibration, more])
    return Identity(f"{case.name}-{whole[:SHORT]}", calibration, scenario, evidence, code_hash())
