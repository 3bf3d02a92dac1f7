"""Particles on disk: the checkpoint of a calibration that is under way, and its posterior.

Arrays only, never pickled objects. A file says which calibration and which libraries it comes from, and one that does
not fit or cannot be read is passed over, not trusted.
"""

import io
import json
import zipfile
import zlib
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

import numpy as np

from fronde.app.calibrate import Posterior
from fronde.app.identity import same_arithmetic, versions
from fronde.app.store import Say, read_manifest, run_folders, write_file
from fronde.inference import smc
from fronde.mechanisms.registry import NAMES

CHECKPOINT, POSTERIOR = "checkpoint.npz", "posterior.npz"
UNREADABLE = (OSError, ValueError, KeyError, EOFError, TypeError, zipfile.BadZipFile, zlib.error, NotImplementedError)


def _pack(key: str, particles: smc.Particles | Posterior, infos: tuple[smc.Info, ...]) -> bytes:
    label = json.dumps({"calibration": key, "versions": versions(), "parameters": NAMES})
    names = [field.name for field in fields(particles) if field.name != "infos"]
    state: dict[str, Any] = {name: np.asarray(getattr(particles, name)) for name in names}
    state["infos"] = np.array([astuple(info) for info in infos], dtype=np.float64)
    stream = io.BytesIO()
    np.savez(stream, label=np.array(label), **state)
    return stream.getvalue()


def _unpack(path: Path, key: str) -> tuple[dict[str, Any], tuple[smc.Info, ...]]:
    """State and steps from a file of this calibration; ValueError for one of another or of other libraries."""
    with path.open("rb") as stream, np.load(stream, allow_pickle=False) as found:
        label = json.loads(str(found["label"]))
        if label["calibration"] != key:
            raise ValueError("it belongs to another calibration")
        if not same_arithmetic(label["versions"]):
            raise ValueError("it was made with other versions of numpy or numba")
        state = {name: found[name] for name in found.files if name not in ("label", "infos")}
        infos = tuple(smc.Info(*(float(x) for x in row)) for row in found["infos"])
    rows = state["z"].shape[0]
    if state["z"].shape != (rows, len(NAMES)) or any(value.ndim and len(value) != rows for value in state.values()):
        raise ValueError("its arrays do not fit together")
    return {name: value if value.ndim else value.item() for name, value in state.items()}, infos


def save_checkpoint(folder: Path, key: str, particles: smc.Particles, infos: tuple[smc.Info, ...]) -> None:
    """Keep the state after a step; replaces the one before."""
    write_file(folder / CHECKPOINT, _pack(key, particles, infos))


def load_checkpoint(folder: Path, key: str, say: Say) -> tuple[smc.Particles, tuple[smc.Info, ...]] | None:
    """The state that an interrupted calibration left, or None."""
    path = folder / CHECKPOINT
    if not path.is_file():
        return None
    try:
        state, infos = _unpack(path, key)
        return smc.Particles(**state), infos
    except UNREADABLE as error:
        say(f"{path} is not used ({error}); the calibration starts over")
    return None


def save_posterior(folder: Path, key: str, posterior: Posterior) -> None:
    """Keep a finished posterior; the checkpoint has served its purpose."""
    write_file(folder / POSTERIOR, _pack(key, posterior, posterior.infos))
    (folder / CHECKPOINT).unlink(missing_ok=True)


def load_posterior(folder: Path, key: str, say: Say) -> Posterior | None:
    """The finished posterior of a folder, or None."""
    path = folder / POSTERIOR
    if not path.is_file():
        return None
    try:
        state, infos = _unpack(path, key)
        return Posterior(**state, infos=infos)
    except UNREADABLE as error:
        say(f"{path} is not used ({error})")
    return None


def find_posterior(base: Path, folder: Path, key: str, say: Say) -> tuple[Posterior, Path] | None:
    """A finished posterior of this calibration: in the run's own folder, or in another run under the base folder."""
    others = [other for other in run_folders(base) if read_manifest(other).get("calibration") == key]
    for place in [folder, *(other for other in others if other.name != folder.name)]:
        posterior = load_posterior(place, key, say)
        if posterior is not None:
            return posterior, place
    return None
