"""The leader's information and the pressure on him in their limits."""

from collections.abc import Iterator

import numpy as np

from fronde.app.limits.row import Row
from fronde.app.limits.toy import actor_table, default, elite, everyone, play, quiet
from fronde.domain.state import GROUP_SERIES, WORLD_FIELDS

PRIVATE = list(GROUP_SERIES).index("private")
HEARD, TRUE, PRESSURE = (list(WORLD_FIELDS).index(name) for name in ("heard", "true_discontent", "pressure"))
OPEN = {"information_isolation_base": 0.0, "information_by_threat": 0.0}  # isolation 0 from start to end
SHUT = {"information_isolation_base": 1.0, "information_by_threat": 0.0}
CLOSEST = 300.0  # preference for closeness; the gap of 0.2 in closeness counts e^60

# Bueno de Mesquita's emission standards for cars: capability, position [years], salience [per cent] of ten members.
CARS = np.array([
    (0.08, 4, 80), (0.08, 7, 40), (0.03, 4, 20), (0.16, 4, 80), (0.16, 10, 60), (0.16, 10, 60), (0.16, 10, 90),
    (0.05, 7, 10), (0.05, 4, 100), (0.08, 7, 70),
])  # fmt: skip
CARS_MEAN = 7.389956  # published weighted mean position, to six decimals


def hearing() -> Iterator[Row]:
    """An open leader whom nobody deceives hears the weighted mean; a shut-in one hears the closest alone."""
    n = 24
    unequal = np.arange(1.0, n + 1.0)
    table = actor_table(
        n, weight=unequal / unequal.sum(), closeness=np.append(np.linspace(0.0, 0.7, n - 1), 0.9),
        rank=0.4, salience=0.7, position=np.linspace(-1.0, 1.0, n), roots_abroad=0.5, visibility=0.8,
    )  # fmt: skip
    inputs = elite(table, [7.0] * 10, groups=np.arange(n) == n - 1, pairs=everyone(n))
    busy = default(200, information_shading=0.0, leave_base=-5.0, speak_policy_base=-5.0, **OPEN)
    series = play(inputs, busy).series.astype(np.float64)
    far = float(np.abs(series[:, HEARD] - series[:, TRUE]).max())
    yield Row("isolation 0 and no shading: heard against the true weighted mean, largest difference", 0.0, far, 0.0)
    alone = play(inputs, quiet(200, information_shading=0.0, information_by_closeness=CLOSEST, **SHUT))
    told = alone.groups[:, PRIVATE, 1].astype(np.float64)
    far = float(np.abs(alone.series[:, HEARD] - told).max())
    yield Row("isolation without end: heard against the closest alone, largest difference", 0.0, far, 1e-6)


def pressing() -> Iterator[Row]:
    """Pressure is the weighted mean position of the bargaining literature when the leader is open to all."""
    capability, years, salience = CARS.T
    scaled = (years - 7.0) / 3.0  # 4..10 years to -1..1
    table = actor_table(len(CARS), weight=capability / capability.sum(), position=scaled, salience=salience / 100.0)
    found = play(elite(table, [7.0]), quiet(1, **OPEN)).series[0, PRESSURE, 0]
    yield Row("car emissions: published weighted mean position", CARS_MEAN, 7.0 + 3.0 * float(found), 1e-6)
