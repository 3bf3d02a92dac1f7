"""Figures of docs/benchmarks.md, as Markdown: `python benchmarks/table.py ratio|phases|scale|split|luck|cluster|first`.

Time is CPU time of the process, engines in turn, the least of several rounds; ratios come from one run of this program.
The cluster shows wall time of every round, medians and least.
"""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import luck as pairing
import scale as scaling
import workers as spreading
from reference import load, problem, reference_block
from subset import subset_block
from timing import least
from workload import blocks, room, synthetic

from fronde.domain.state import LANES


def ratio() -> None:
    """The engine's phases against C, one and two threads."""
    print("| actors | threads | C [ns] | engine [ns] | of C | engine, actor-steps a second and core |")
    print("|---|---|---|---|---|---|")
    library = load()
    for n, steps in ((300, 104), (3000, 20), (30000, 8)):
        inputs = synthetic(n, steps=steps)
        about, jobs = problem(inputs), blocks(4)
        rooms = [room(n) for _ in jobs]

        def c(job, library=library, about=about, rooms=rooms, jobs=jobs):
            reference_block(library, about, *jobs[job], *rooms[job])

        def ours(job, inputs=inputs, rooms=rooms, jobs=jobs):
            subset_block(*jobs[job], inputs, *rooms[job])

        ours(0)
        for threads in (1, 2):
            with ThreadPoolExecutor(threads) as pool:
                took = least({"c": lambda p=pool, f=c: list(p.map(f, range(4))),
                              "ours": lambda p=pool, f=ours: list(p.map(f, range(4)))})  # fmt: skip
            one = {name: 1e9 * value / (n * steps * 4 * LANES) for name, value in took.items()}
            speed = 1e3 / one["ours"]
            share = one["c"] / one["ours"]
            print(f"| {n} | {threads} | {one['c']:.1f} | {one['ours']:.1f} | {share:.2f} | {speed:.1f} million |")


def phases() -> None:
    """Each phase of a step by itself, and the whole."""
    from phases import table

    print(table())


def scale() -> None:
    """The whole kernel: actors, ties, steps, runs; the picture too."""
    rows = scaling.measured()
    print(scaling.table(rows))
    scaling.draw(rows)


def split() -> None:
    """One loop of mechanisms from their files against the same formulas pasted into the loop."""
    from pasted import ROUNDS, N, bits_equal, calls

    seconds = least(calls(), rounds=25)
    took = {name: 1e9 * value / (ROUNDS * N * LANES) for name, value in seconds.items()}
    print("| form | ns an actor-step | of pasted |")
    print("|---|---|---|")
    for name, value in took.items():
        print(f"| {name} | {value:.2f} | {took['pasted'] / value:.2f} |")
    print(f"\nsame bits: {bits_equal()}")


def luck() -> None:
    """Variance of differences between variants of the flagship."""
    print(pairing.table())


def cluster() -> None:
    """One worker against two."""
    print(spreading.table())


FIRST = """
import numpy as np
from fronde.app.limits.toy import actor_table, default, elite, play
play(elite(actor_table(2), [7.0]), default(1))
"""


def first() -> None:
    """A process from start to first result, with an empty cache and with a full one."""
    with tempfile.TemporaryDirectory() as folder:
        for state in ("empty", "full"):
            began = sum(os.times()[2:4])
            subprocess.run([sys.executable, "-c", FIRST], env=os.environ | {"FRONDE_CACHE": folder}, check=True)
            print(f"cache {state}: {sum(os.times()[2:4]) - began:.1f} s of CPU to the first result")


TABLES = {
    "ratio": ratio, "phases": phases, "scale": scale, "split": split, "luck": luck, "cluster": cluster, "first": first,
}  # fmt: skip

if __name__ == "__main__":
    for wanted in sys.argv[1:] or list(TABLES):
        print(f"\n## {wanted}\n")
        TABLES[wanted]()
