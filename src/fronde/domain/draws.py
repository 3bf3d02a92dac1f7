"""The only source of chance: a draw is a pure function of (seed, decision, replicate, step, entity).

Philox4x32-10 (salmon2011) keyed by the seed, counted by the other four. Nothing is consumed in sequence, so adding an
actor, a thread, a recorded output or a variant moves no other draw, and variants share their luck.
One block holds two uniforms: decisions 2k and 2k+1 share a block, which saves work and changes nothing else.
"""

import hashlib
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from fronde.domain.jit import kernel, mechanism
from fronde.domain.maths import float_of, normal_quantile

Floats = NDArray[np.float64]
Keys = NDArray[np.uint64]


class Decision(IntEnum):
    """What a draw decides. Append only: a number once used keeps its meaning."""

    ACT = 0  # which act an actor takes in a step
    MOOD = 1  # innovation of an actor's mood
    FORTUNE = 2  # idiosyncratic return on a fortune
    DESIGNATION = 3  # whether new sanctions reach an actor
    LEADER = 4  # which option the leader takes
    LEADER_DAY = 5  # on which day of the step
    MARKET = 6
    BATTLEFIELD = 7
    PLOT_ATTEMPT = 8
    PLOT_OUTCOME = 9
    INCLUSION = 10  # whether an uncertain report is taken as true in this replicate
    REPORTED = 11  # synthetic data: whether an act gets into the papers
    PRIOR = 12  # parameter draws (step = round, entity = parameter)
    MOVE = 14  # proposals of the sampler
    ACCEPT = 15
    RESAMPLE = 16
    PUBLIC = 18
    POLL = 19
    INVENTED = 20  # synthetic data: false reports
    FRAILTY = 22  # innovation of the common frailty
    ATTRIBUTE = 1000  # and above: attributes of synthetic actors, one per attribute
    TIE = 2000


_MASK = np.uint64(0xFFFFFFFF)
_M0 = np.uint64(0xD2511F53)
_M1 = np.uint64(0xCD9E8D57)
_W0 = np.uint64(0x9E3779B9)
_W1 = np.uint64(0xBB67AE85)
_S32 = np.uint64(32)
_S20 = np.uint64(20)
_S16 = np.uint64(16)
_S12 = np.uint64(12)
_ONE_BITS = np.uint64(0x3FF0000000000000)
_HALF_ULP = 2.0**-53


@mechanism
def philox(c0, c1, c2, c3, k0, k1):
    """One Philox4x32-10 block: four counter and two key words in, four words out (32 bits in uint64)."""
    for _ in range(10):
        p0 = _M0 * c0
        p1 = _M1 * c2
        c0, c1, c2, c3 = (p1 >> _S32) ^ c1 ^ k0, p1 & _MASK, (p0 >> _S32) ^ c3 ^ k1, p0 & _MASK
        k0 = (k0 + _W0) & _MASK
        k1 = (k1 + _W1) & _MASK
    return c0, c1, c2, c3


@mechanism
def _unit(high, low):
    """Two words to a number in (0, 1), 52 bits, never 0 or 1."""
    return (float_of(((high << _S20) | (low >> _S12)) | _ONE_BITS) - 1.0) + _HALF_ULP


@mechanism
def uniform_pair(seed, pair, replicate, step, entity):
    """The uniforms of decisions 2*pair and 2*pair + 1; all arguments uint64, entity below 2**48, pair below 2**16."""
    words = philox(
        entity & _MASK,
        ((entity >> _S32) << _S16) | pair,
        replicate & _MASK,
        step & _MASK,
        seed & _MASK,
        seed >> _S32,
    )
    return _unit(words[0], words[1]), _unit(words[2], words[3])


@mechanism
def normal_pair(seed, pair, replicate, step, entity):
    """As uniform_pair, turned into standard normals."""
    u, v = uniform_pair(seed, pair, replicate, step, entity)
    return normal_quantile(u), normal_quantile(v)


def uniform(seed: int, decision: int, replicate: int, step: int, entity: int) -> float:
    """One uniform in (0, 1): the readable door, for everything outside kernels."""
    pair = uniform_pair(
        np.uint64(seed), np.uint64(decision >> 1), np.uint64(replicate), np.uint64(step), np.uint64(entity)
    )
    return float(pair[decision & 1])


def entity_key(identifier: str) -> int:
    """48-bit key of an identifier: stable when others come and go; 100 000 actors collide with odds of 2e-5."""
    return int.from_bytes(hashlib.sha256(identifier.encode()).digest()[:6], "big")


@kernel
def _fill(seed, decision, step, replicates, entities, normal, out):
    for r in range(replicates.size):
        for k in range(entities.size):
            u, v = uniform_pair(seed, decision >> np.uint64(1), replicates[r], step, entities[k])
            chosen = u if decision & np.uint64(1) == np.uint64(0) else v
            out[r, k] = normal_quantile(chosen) if normal else chosen


def uniforms(seed: int, decision: int, step: int, replicates: Keys, entities: Keys) -> Floats:
    """Uniforms [replicate, entity] of one decision and step."""
    out = np.empty((replicates.size, entities.size))
    _fill(np.uint64(seed), np.uint64(decision), np.uint64(step), replicates, entities, False, out)
    return out


def normals(seed: int, decision: int, step: int, replicates: Keys, entities: Keys) -> Floats:
    """Standard normals [replicate, entity] of one decision and step."""
    out = np.empty((replicates.size, entities.size))
    _fill(np.uint64(seed), np.uint64(decision), np.uint64(step), replicates, entities, True, out)
    return out
