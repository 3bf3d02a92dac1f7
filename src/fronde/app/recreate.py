"""A run again from its manifest: the same case, evidence, code and settings must give the same bytes."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from fronde.app.identity import code_hash, versions
from fronde.app.opening import Opened, open_case
from fronde.app.run import Run
from fronde.app.store import MANIFEST, RunError, file_hash, read_manifest
from fronde.app.work import Session
from fronde.scenario.case import scenario_hash

SETTINGS = {
    "forecast": {"set", "particles", "futures"},
    "simulate": {"set", "particles", "source", "variant", "runs"},
    "compare": {"set", "particles", "variants"},
}
MADE_ELSEWHERE = ("report.html", "report.pdf")  # drawn from the summary; the drawing may change with the version


def recreate(
    manifest_file: Path, session: Session, actions: Mapping[str, Callable[..., Run]]
) -> tuple[Run, dict[str, bool]]:
    """See `service.recreate`; actions: those of `service` that make runs, by name."""
    path = manifest_file / MANIFEST if manifest_file.is_dir() else manifest_file
    wanted = _read(path)
    opened = open_case(wanted["case_path"], wanted["as_of"], wanted["horizon_days"], wanted["settings"]["set"])
    _same_inputs(path, wanted, opened)
    for name, version in versions().items():
        if wanted["versions"].get(name) != version:
            session.say(f"{name} is {version}, the run was made with {wanted['versions'].get(name)}")
    run = _again(wanted, session, actions)
    before = {name: found for name, found in wanted["files"].items() if name not in MADE_ELSEWHERE}
    return run, {name: _same(run.folder / name, found) for name, found in sorted(before.items())}


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise RunError(f"{path}: no such file; expected the manifest.json of a run")
    wanted = read_manifest(path.parent) if path.name == MANIFEST else {}
    shape = {"case_path": str, "as_of": str, "horizon_days": int, "settings": dict, "versions": dict, "files": dict}
    wrong = [key for key, kind in shape.items() if not isinstance(wanted.get(key), kind)]
    if wrong or wanted.get("kind") not in SETTINGS or not SETTINGS[wanted["kind"]] <= set(wanted["settings"]):
        raise RunError(f"{path} is not the manifest.json of a run ({', '.join(wrong) or 'kind or settings'} missing)")
    return wanted


def _same_inputs(path: Path, wanted: dict[str, Any], opened: Opened) -> None:
    now = {"scenario_hash": scenario_hash(opened.case), "evidence_hash": opened.pack.hash, "code": code_hash()}
    words = {"scenario_hash": "the case", "evidence_hash": "its evidence", "code": "Fronde itself"}
    changed = [words[key] for key, found in now.items() if wanted.get(key) != found]
    if changed:
        raise RunError(
            f"{path} cannot be re-created: {', '.join(changed)} changed since; "
            f"use the case and version {wanted['versions'].get('fronde')} that made it"
        )


def _again(wanted: dict[str, Any], session: Session, actions: Mapping[str, Callable[..., Run]]) -> Run:
    settings, kind = wanted["settings"], wanted["kind"]
    where: dict[str, Any] = {"as_of": wanted["as_of"], "horizon": wanted["horizon_days"], "session": session}
    where["particles"] = settings["particles"]
    if kind == "compare":
        return actions[kind](wanted["case_path"], settings["variants"], **where)
    if kind == "simulate":
        prior = settings["source"] == "prior"
        return actions[kind](
            wanted["case_path"],
            settings["variant"],
            settings["runs"],
            settings["set"],
            prior,
            **where,
            keep=settings.get("keep"),
        )
    if wanted.get("reweighed"):
        where["reweigh"] = str(wanted["calibration"])
    made = "forecast" if "forecast.json" in wanted["files"] else "calibrate"
    return actions[made](wanted["case_path"], futures=settings["futures"], **where)


def _same(path: Path, found: str) -> bool:
    return path.is_file() and file_hash(path) == found
