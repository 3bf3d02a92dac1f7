"""One worker of a cluster against two, and one bare process against two: what dask adds to what the machine takes.

Two cores do not give twice the speed of one: they share memory and clock. Two bare processes that compute the same runs
and send nothing back show how much is to be had; the cluster is judged by the target and by that.
"""

import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

import numpy as np
from timing import simulating
from workload import synthetic

from fronde.app.cluster import Remote, connected
from fronde.engine.run import elsewhere

RUNS, WARM, ROUNDS = 8192, 512, 7
HEAD = "| round | one worker [s] | two | efficiency | one bare process [s] | two | efficiency | CPU, one of two |"


def alone(runs: int) -> None:
    """The ensemble in this process; keeps nothing."""
    simulating(synthetic(300, steps=26), runs)()


def table() -> str:
    """Wall times of every round, medians and least, as Markdown."""
    call, small = (simulating(synthetic(300, steps=26), runs) for runs in (RUNS, WARM))
    found = []
    with (
        connected("local", workers=1) as one,
        connected("local", workers=2) as two,
        ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as bare,
    ):
        for client in (one, two):
            with elsewhere(Remote(client)):
                small()
        list(bare.map(alone, [WARM, WARM]))
        for _ in range(ROUNDS):
            (first, cpu), (second, cpu2) = (_on(client, call) for client in (one, two))
            apart = (_wall(lambda n=n: list(bare.map(alone, [RUNS // n] * n))) for n in (1, 2))
            found.append((first, second, *apart, cpu / cpu2))
    return _lines(np.array(found))


def _wall(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _on(client, call: Callable[[], object]) -> tuple[float, float]:
    """Wall time on a cluster, and CPU time of client, scheduler (a thread of the client) and workers."""

    def used() -> float:
        return time.process_time() + sum(client.run(time.process_time).values())

    before = used()
    with elsewhere(Remote(client)):
        wall = _wall(call)
    return wall, used() - before


def _lines(found: np.ndarray) -> str:
    def row(name: object, values: np.ndarray, by_worker: float, by_process: float) -> str:
        one, two, bare, bare2, cpu = (f"{value:.2f}" for value in values)
        return f"| {name} | {one} | {two} | {by_worker:.2f} | {bare} | {bare2} | {by_process:.2f} | {cpu} |"

    shares = found[:, [0, 2]] / (2.0 * found[:, [1, 3]])
    rows = [row(k + 1, values, *shares[k]) for k, values in enumerate(found)]
    least, middle = found.min(axis=0), np.median(found, axis=0)
    rows.append(row("median", middle, *np.median(shares, axis=0)))
    least[4] = middle[4]
    rows.append(row("least", least, least[0] / (2.0 * least[1]), least[2] / (2.0 * least[3])))
    return "\n".join((HEAD, "|---" * 8 + "|", *rows))
