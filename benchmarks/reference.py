"""The C reference from Python: compile `reference.c` for this machine, call it on the engine's inputs."""

import ctypes
import hashlib
import os
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from fronde.domain.draws import Decision
from fronde.domain.state import ACTOR_FIELDS, LANES, OWN, SHOWN_FIELDS, WORLD_FIELDS
from fronde.engine import regime
from fronde.engine.layout import LASTING, N_STATE, shared_strand
from fronde.engine.schedule import START, Inputs
from fronde.mechanisms.registry import Params

SOURCE = Path(__file__).with_name("reference.c")
STRICT = ("-O3", "-march=native", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math")


class Problem(ctypes.Structure):
    """`Problem` of reference.c."""

    _fields_ = (
        ("seed", ctypes.c_uint64),
        *((name, ctypes.c_int64) for name in ("actors", "groups", "steps")),
        *((name, ctypes.c_double) for name in ("dt", "total_visibility")),
        *((name, ctypes.c_void_p) for name in ("attributes", "in_office", "entities", "member", "indptr", "indices",
                                               "weights")),
    )  # fmt: skip


def _header() -> str:
    lines = [f"#define LANES {LANES}", f"#define STRANDS {OWN}", f"#define TOP {int(regime.TOP)}ull"]
    lines += [
        f"#define N_STATE {N_STATE}",
        f"#define N_SHOWN {len(SHOWN_FIELDS)}",
        f"#define N_WORLD {len(WORLD_FIELDS)}",
        f"#define N_ATTRIBUTES {len(ACTOR_FIELDS)}",
    ]
    lines += [f"#define PAIR_{name} {Decision[name] >> 1}" for name in ("ACT", "LEADER", "FRAILTY")]
    lines += [f"#define SHARED_STRAND {int(shared_strand(START))}"]
    for letter, fields in (
        ("S", LASTING),
        ("V", SHOWN_FIELDS),
        ("W", WORLD_FIELDS),
        ("P", Params._fields),
        ("A", ACTOR_FIELDS),
    ):
        lines += [f"#define {letter}_{name} {k}" for k, name in enumerate(fields)]
    return "\n".join(lines) + "\n"


def compiler() -> str:
    """CC of the environment, or cc."""
    return os.environ.get("CC", "cc")


def load(flags: tuple[str, ...] = STRICT) -> ctypes.CDLL:
    """Compile (once for each source, layout, compiler and flags) and load."""
    header = _header()
    key = hashlib.sha256("\0".join((SOURCE.read_text(), header, compiler(), *flags)).encode()).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"fronde-reference-{os.getuid()}-{key}"
    folder.mkdir(mode=0o700, exist_ok=True)
    library = folder / "reference.so"
    if not library.exists():
        (folder / "fields.h").write_text(header)
        made = folder / f"{os.getpid()}.so"
        command = [
            compiler(),
            *flags,
            "-std=gnu11",
            "-shared",
            "-fPIC",
            f"-I{folder}",
            str(SOURCE),
            "-o",
            str(made),
            "-lm",
        ]
        subprocess.run(command, check=True)
        made.replace(library)
    return ctypes.CDLL(str(library))


def problem(inputs: Inputs) -> Problem:
    """Inputs as the reference reads them; keep `inputs` alive meanwhile."""

    def place(array):
        if not array.flags.c_contiguous:
            raise ValueError("the reference reads contiguous arrays")
        return array.ctypes.data

    return Problem(
        seed=int(inputs.seed), actors=inputs.actors.shape[0], groups=inputs.n_groups, steps=inputs.days.size,
        dt=float(inputs.days[0]), total_visibility=max(1e-12, float(np.cumsum(inputs.actors[:, 10])[-1])),
        attributes=place(inputs.actors), in_office=place(inputs.in_office), entities=place(inputs.entities),
        member=place(inputs.groups), indptr=place(inputs.indptr), indices=place(inputs.indices),
        weights=place(inputs.weights),
    )  # fmt: skip


def reference_block(library: ctypes.CDLL, about: Problem, theta, replicates, state, world, counts) -> None:
    """As `subset.subset_block`; ctypes lets go of the GIL meanwhile."""
    arrays = (theta, replicates, state, world, counts)
    library.reference_block(ctypes.byref(about), *(ctypes.c_void_p(a.ctypes.data) for a in arrays))
