"""Figures of docs/benchmarks.md, as Markdown: `python benchmarks/table.py ratio|scale|split|luck|cluster|first`.

Time is CPU time of the process (of its children, too, for the cluster: wall time there), engines in turn, the least of
several rounds; ratios come from one run of this program.
"""

import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from reference import load, problem, reference_block
from subset import subset_block
from workload import blocks, room, synthetic

from fronde.app.calibrate import prior_z
from fronde.domain.params import defaults, to_values
from fronde.domain.state import LANES, Act
from fronde.engine import run as engine
from fronde.mechanisms.registry import NAMES, PARAMS


def least(calls: dict[str, Callable[[], object]], rounds: int = 7, clock=time.process_time) -> dict[str, float]:
    """Seconds of each call, in turn."""
    found = {name: math.inf for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            began = clock()
            call()
            found[name] = min(found[name], clock() - began)
    return found


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


def _run(inputs, runs: int) -> Callable[[], object]:
    z, numbers = prior_z(1, runs)
    values = to_values(PARAMS, z)
    return lambda: engine.simulate(inputs, values, numbers, threads=1)


def scale() -> None:
    """The whole kernel: actors, ties, steps, runs."""
    print("| what | from | to | ns an actor-step at each size |")
    print("|---|---|---|---|")
    _run(synthetic(20, steps=2), 16)()
    cases = {
        "actors (12 ties, 8 steps, 16 runs)": {
            n: (synthetic(n, steps=8), 16) for n in (300, 1000, 3000, 10000, 30000, 100000)
        },
        "ties (1000 actors, 16 steps, 32 runs)": {k: (synthetic(1000, k, 16), 32) for k in (1, 3, 12, 48)},
        "steps (300 actors, 12 ties, 32 runs)": {t: (synthetic(300, steps=t), 32) for t in (13, 52, 208, 832)},
        "runs (300 actors, 12 ties, 26 steps)": {r: (synthetic(300, steps=26), r) for r in (16, 64, 256, 1024, 4096)},
    }  # fmt: skip
    for what, sizes in cases.items():
        cells = []
        for size, (inputs, runs) in sizes.items():
            took = least({"x": _run(inputs, runs)}, rounds=3)["x"]
            cells.append(f"{size}: {1e9 * took / (inputs.actors.shape[0] * inputs.days.size * runs):.0f}")
        print(f"| {what} | {min(sizes)} | {max(sizes)} | {', '.join(cells)} |")


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
    """Variance of a difference between variants: common random numbers against independent runs."""
    inputs, runs = synthetic(300, steps=26), 2048
    base = np.tile(defaults(PARAMS), (runs, 1))
    numbers = np.arange(runs, dtype=np.uint64)

    def changed(name: str, by: float):
        values = base.copy()
        values[:, NAMES.index(name)] += by
        return values

    def left(found):
        return found.counts[:, Act.LEAVE].sum((0, 1)).astype(float)

    def spoke(found):
        return found.counts[:, [Act.SPEAK_POLICY, Act.SPEAK_LEADER]].sum((0, 1, 2)).astype(float)

    def heard(found):
        return found.series[-1, 8].astype(float)

    sanctioned = inputs._replace(sanctions=np.full(26, 2.0))
    cases = {
        "sanctions doubled: departures": (sanctioned, base, left),
        "fear of voice up by 0.2: voices": (inputs, changed("speak.by_fear", 0.2), spoke),
        "shading up by 0.1: discontent heard": (inputs, changed("information.shading", 0.1), heard),
    }
    plain = engine.simulate(inputs, base, numbers)
    print("| difference | mean | sd, own luck | sd, shared luck | times fewer runs |")
    print("|---|---|---|---|---|")
    for name, (other, values, figure) in cases.items():
        shared = figure(engine.simulate(other, values, numbers)) - figure(plain)
        own = figure(engine.simulate(other, values, numbers + np.uint64(runs))) - figure(plain)
        gain = own.var() / shared.var()
        print(f"| {name} | {shared.mean():.3g} | {own.std():.3g} | {shared.std():.3g} | {gain:.0f} |")


def cluster() -> None:
    """One worker against two: wall time of a large ensemble."""
    from fronde.app.cluster import connected

    inputs, runs = synthetic(300, steps=26), 12288
    took = {}
    call = _run(inputs, runs)
    for workers in (1, 2):
        with connected("local", workers=workers):
            _run(inputs, 512)()
            took[workers] = least({"x": call}, rounds=3, clock=time.perf_counter)["x"]
    print(f"one worker {took[1]:.2f} s, two {took[2]:.2f} s: efficiency {took[1] / (2 * took[2]):.2f}")


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


if __name__ == "__main__":
    for wanted in sys.argv[1:] or ["ratio", "scale", "split", "luck", "cluster", "first"]:
        print(f"\n## {wanted}\n")
        {"ratio": ratio, "scale": scale, "split": split, "luck": luck, "cluster": cluster, "first": first}[wanted]()
