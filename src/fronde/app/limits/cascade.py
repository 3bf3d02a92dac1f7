"""The second published form of the choice to act: thresholds (Granovetter 1978)."""

from collections.abc import Iterator

import numpy as np

from fronde.app.limits.row import Row
from fronde.opinions.thresholds import cascade_size


def thresholds() -> Iterator[Row]:
    """Thresholds 0..99: all hundred act. The one with threshold 1 raised to 2: the instigator stands alone."""
    crowd = np.arange(100)
    yield Row("thresholds 0 to 99: people acting in the end", 100.0, float(cascade_size(crowd)), 0.0)
    changed = np.where(crowd == 1, 2, crowd)
    yield Row(
        "the second threshold raised from 1 to 2: people acting in the end", 1.0, float(cascade_size(changed)), 0.0
    )
