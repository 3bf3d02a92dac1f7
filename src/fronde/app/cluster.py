"""Ensembles on dask.distributed: the same runs, in pieces, on whatever workers there are.

`with connected("local"): ...` sends every ensemble of more than a block of runs to the workers; what comes back is, bit
for bit, what this process would have computed, because a run depends on its own row of the inputs alone. A worker that
dies costs the pieces it was at: the scheduler gives them to another. What has come back stays here, and a calibration
keeps its checkpoints where it always does, so a client that dies goes on like any other interrupted run.
"""

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from fronde.app.identity import code_hash, versions
from fronde.app.opening import RequestError
from fronde.domain.state import LANES
from fronde.engine.run import Ensemble, Progress, elsewhere, simulate
from fronde.engine.schedule import Inputs

LOCAL = "local"
LARGEST_PIECE = 1024  # runs; a piece of the flagship's forecast is some 30 MB on its way back
PIECES_PER_WORKER = 4  # a slow or late worker holds nobody up for long; each piece costs some ms of its own
PATIENCE = 15.0  # seconds until a scheduler is taken to be absent
RETRIES = 10  # deaths of workers that one piece survives
Say = Callable[[str], None]


def _distributed() -> Any:
    try:
        import distributed
    except ImportError:
        raise RequestError('running on a cluster needs the extra: pip install "fronde[cluster]"') from None
    return distributed


@contextmanager
def connected(address: str = LOCAL, workers: int | None = None, say: Say = lambda _: None) -> Iterator[Any]:
    """Ensembles inside the block run on a cluster; yields the dask client.

    address: `local` starts `workers` processes here (default: one a core); else that of a scheduler (tcp://host:8786)
    or the path of a scheduler file.
    Raises RequestError if the extra is missing, nobody answers, or the workers run other code than this process.
    """
    distributed = _distributed()
    from dask import config

    with config.set({"distributed.scheduler.allowed-failures": RETRIES}):
        cluster = _local(distributed, workers) if address == LOCAL else None
        client = None
        try:
            client = _client(distributed, address if cluster is None else cluster)
            _same_code(client, address)
            say(f"{len(client.scheduler_info(n_workers=-1)['workers'])} workers at {client.scheduler.address}")
            with elsewhere(Remote(client)):
                yield client
        finally:
            for opened in (client, cluster):
                if opened is not None:
                    opened.close()


def _local(distributed: Any, workers: int | None) -> Any:
    from fronde.engine.run import default_threads

    return distributed.LocalCluster(
        n_workers=workers or default_threads(),
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
    )


def _client(distributed: Any, target: Any) -> Any:
    where = {"scheduler_file": target} if isinstance(target, str) and Path(target).is_file() else {"address": target}
    try:  # results come straight from the workers, not through the scheduler, wherever workers can be reached
        return distributed.Client(**where, timeout=PATIENCE, set_as_default=False, direct_to_workers=True)
    except (OSError, ValueError, TypeError) as error:
        raise RequestError(
            f"no scheduler answers at {target} ({error or type(error).__name__}); start one with `dask scheduler`, or "
            f"leave the address out for workers on this machine"
        ) from None


def _same_code(client: Any, address: str) -> None:
    """Refuse workers that would compute something else."""
    if not client.scheduler_info(n_workers=-1)["workers"]:
        client.wait_for_workers(1, timeout=60)
    ours = _installed()
    for worker, theirs in client.run(_installed).items():
        wrong = [f"{name} {theirs[name]}, here {ours[name]}" for name in ours if theirs[name] != ours[name]]
        if wrong:
            raise RequestError(f"worker {worker} at {address} would compute other numbers: {'; '.join(wrong)}")


def _installed() -> dict[str, str]:
    found = versions()
    return {"fronde code": code_hash()[:12], "numpy": found["numpy"], "numba": found["numba"]}


class Remote:
    """A way to simulate: pieces to the workers, results into one ensemble as they come back."""

    def __init__(self, client: Any) -> None:
        """Nothing is sent yet."""
        self._client = client

    def __call__(
        self,
        inputs: Inputs,
        theta: np.ndarray,
        histories: np.ndarray,
        futures: np.ndarray,
        progress: Progress | None,
        outputs: Any,
    ) -> None:
        """Fill `outputs` (arrays with runs innermost)."""
        distributed = _distributed()
        runs, with_acts = theta.shape[0], outputs.acts.size > 0
        size = self._piece(runs)
        sent = pack(inputs)  # with every piece: data scattered to one worker would die with it
        places = {}
        for first in range(0, runs, size):
            rows = slice(first, min(first + size, runs))
            work = self._client.submit(
                play, sent, theta[rows], histories[rows], futures[rows], with_acts, pure=False, retries=RETRIES
            )
            places[work] = rows
        done = 0
        with self._client.as_current():
            for work, found in distributed.as_completed(list(places), with_results=True):
                if isinstance(found, BaseException):
                    raise found
                rows = places.pop(work)  # forgets the piece, so that the worker may, too
                for whole, part in zip(outputs, found, strict=True):
                    whole[..., rows] = part
                done += rows.stop - rows.start
                if progress is not None:
                    progress(done, runs)

    def _piece(self, runs: int) -> int:
        workers = max(1, len(self._client.scheduler_info(n_workers=-1)["workers"]))
        wanted = -(-runs // (workers * PIECES_PER_WORKER))
        return min(LARGEST_PIECE, -(-wanted // LANES) * LANES)


def pack(inputs: Inputs) -> bytes:
    """Inputs with a note of which arrays are read-only: the kernel is compiled for that and messages forget it."""
    frozen = [
        name for name, value in inputs._asdict().items() if isinstance(value, np.ndarray) and not value.flags.writeable
    ]
    return pickle.dumps((inputs, frozen), protocol=5)


@lru_cache(maxsize=2)
def unpack(packed: bytes) -> Inputs:
    """Inputs as they were before `pack`; a worker keeps the last ones, every piece of an ensemble asks for the same."""
    inputs, frozen = pickle.loads(packed)
    for name in frozen:
        getattr(inputs, name).setflags(write=False)
    return inputs


def play(
    packed: bytes, theta: np.ndarray, histories: np.ndarray, futures: np.ndarray, with_acts: bool
) -> tuple[np.ndarray, ...]:
    """One piece, on a worker."""
    found: Ensemble = simulate(
        unpack(packed), np.array(theta), np.array(histories), np.array(futures), threads=1, with_acts=with_acts
    )
    return tuple(getattr(found, name) for name in found.__dataclass_fields__)
