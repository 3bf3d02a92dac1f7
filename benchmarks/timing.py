"""How the programs of this folder take time."""

import math
import time
from collections.abc import Callable

from fronde.app.calibrate import prior_z
from fronde.domain.params import to_values
from fronde.engine import run as engine
from fronde.engine.schedule import Inputs
from fronde.mechanisms.registry import PARAMS


def least(calls: dict[str, Callable[[], object]], rounds: int = 7, clock=time.process_time) -> dict[str, float]:
    """Seconds of each call, in turn."""
    found = {name: math.inf for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            began = clock()
            call()
            found[name] = min(found[name], clock() - began)
    return found


def simulating(inputs: Inputs, runs: int) -> Callable[[], object]:
    """The whole kernel on so many draws of the prior, on one thread."""
    z, numbers = prior_z(1, runs)
    values = to_values(PARAMS, z)
    return lambda: engine.simulate(inputs, values, numbers, threads=1)
