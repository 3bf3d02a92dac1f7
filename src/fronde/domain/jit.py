"""The one door to numba: strict arithmetic, a cache that cannot go stale, and a plain-Python twin.

`mechanism` is for scalar functions of one actor; they are forced inline, so splitting the model into small files
costs nothing at run time. `kernel` is for loops over actors and lanes: compiled once, cached, without the GIL.

numba's disk cache does not notice an edit in an imported file and would return old numbers, so kernels are cached in
a folder named by a hash of every source file that can take part in one.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
from numba.core import config

PACKAGE = Path(__file__).resolve().parent.parent
KERNEL_ROOMS = ("domain", "mechanisms", "engine", "opinions")
numba_config: Any = config  # its settings are attributes made at run time
INTERPRETED = bool(numba_config.DISABLE_JIT)


def source_hash() -> str:
    """Hash [hex] of all source files whose code can end up inside a kernel."""
    digest = hashlib.sha256(numba.__version__.encode())
    for room in KERNEL_ROOMS:
        for path in sorted((PACKAGE / room).rglob("*.py")):
            digest.update(path.relative_to(PACKAGE).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def cache_root() -> Path:
    """Folder for everything Fronde may rebuild at will: FRONDE_CACHE, or the user's cache folder."""
    named = os.environ.get("FRONDE_CACHE")
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "fronde"


_CACHE_DIR = str(cache_root() / "kernels" / source_hash())


def mechanism(function: Callable[..., Any]) -> Any:
    """Compile a scalar function of one actor for use inside a kernel (always inlined)."""
    return numba.njit(function, error_model="numpy", forceinline=True)


def kernel(function: Callable[..., Any]) -> Any:
    """Compile a loop over arrays: strict floating point, no GIL, cached under the source hash."""
    before = numba_config.CACHE_DIR
    numba_config.CACHE_DIR = _CACHE_DIR
    try:
        return numba.njit(function, error_model="numpy", nogil=True, cache=True)
    finally:
        numba_config.CACHE_DIR = before


def phase(function: Callable[..., Any]) -> Any:
    """Compile one phase of a step: inlined nowhere, so that each loop nest is optimised by itself."""
    return numba.njit(function, error_model="numpy", nogil=True)
