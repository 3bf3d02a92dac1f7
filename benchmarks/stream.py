"""The engine's draws as one stream of 32-bit words on standard output, for batteries that read streams.

`python benchmarks/stream.py | dieharder -g 200 -d 0` (Debian: `apt-get install dieharder`; -a for all its tests).
In order of step, replicate and entity; ends when nobody reads any more.
"""

import itertools
import os
import sys

import numpy as np

from fronde.domain.draws import Decision, entity_key, uniforms

SEED, REPLICATES, ENTITIES = 20220224, 1024, 256


def main() -> None:
    """Write until the reader closes."""
    numbers = np.arange(REPLICATES, dtype=np.uint64)
    keys = np.array([entity_key(f"actor-{k}") for k in range(ENTITIES)], dtype=np.uint64)
    try:
        for step in itertools.count():
            drawn = uniforms(SEED, Decision.ACT, step, numbers, keys)
            sys.stdout.buffer.write((drawn * 2.0**32).astype(np.uint32).tobytes())
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
