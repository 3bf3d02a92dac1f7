"""A record of a tiny elite, and its probability worked out from free runs: the long way round to the likelihood.

Free runs know nothing of the record. The chance that exactly this record comes of a run is, act by act, the chance of
being reported of the acts on record, and of not being reported of all others; options that cannot escape notice must be
those on record, and nobody may have tried to overthrow the leader.
"""

from dataclasses import dataclass, field

import numpy as np

from fronde.app.limits.toy import Floats, numbers
from fronde.domain.state import LEADER_EVENTS, Act
from fronde.engine.run import Ensemble, simulate
from fronde.engine.schedule import Inputs
from fronde.mechanisms.registry import Params

CHUNK = 20_000  # runs in memory at a time
CLASS_OF = {  # class of detection of each act; None: never reported
    Act.SPEAK_POLICY: "speak", Act.SPEAK_LEADER: "speak", Act.FALL_SILENT: None, Act.RESIGN: "resign",
    Act.RESIGN_REFUSED: "refused", Act.LEAVE: "leave", Act.LEAVE_REFUSED: "refused", Act.RETURN: "leave",
    Act.REJOIN: "resign", Act.JOIN_PLOT: None, Act.DISMISSED: "dismissed", Act.PUNISHED: "dismissed",
}  # fmt: skip


@dataclass(frozen=True)
class Record:
    """acts {(step, actor): act}; options {step: option of the leader}."""

    acts: dict[tuple[int, int], Act]
    options: dict[int, int] = field(default_factory=dict)


def detection(inputs: Inputs, theta: Floats) -> Floats:
    """[N, act + 1] chance that an act is reported, by hand; the last column is no act."""
    p = Params(*theta)
    chance = np.zeros((inputs.actors.shape[0], len(Act) + 1))
    for act, name in CLASS_OF.items():
        if name is not None:
            visible = p.reporting_floor + (1.0 - p.reporting_floor) * inputs.actors[:, 10]
            chance[:, act] = getattr(p, f"reporting_{name}") * visible
    return chance


def conditioned(inputs: Inputs, record: Record, pending: bool) -> Inputs:
    """Inputs whose every step is conditioned on the record; `pending` as the application sets it."""
    shape = inputs.ratio.shape
    act = np.full(shape, -1, dtype=np.int64)
    index = act.copy()
    for k, (place, kind) in enumerate(record.acts.items()):
        act[place], index[place] = kind, k
    option = inputs.leader_option.copy()
    for step, kind in record.options.items():
        option[step] = kind
    return inputs._replace(
        n_conditioned=inputs.days.size, reported_act=act, reported_index=index, reported_ratio=np.full(shape, np.inf),
        leader_option=option, pending=awaited(act) if pending else np.zeros(shape),
    )  # fmt: skip


def awaited(act) -> Floats:
    """[T, N] 1.0 before the last act on record of an actor."""
    found = np.zeros(act.shape)
    for step, actor in np.argwhere(act >= 0):
        found[:step, actor] = 1.0
    return found


def chance_of_record(inputs: Inputs, record: Record, played: Ensemble, theta: Floats) -> Floats:
    """[R] chance of the record given all that happened in each free run (0 or positive)."""
    detect = detection(inputs, theta)
    chance = np.ones(played.acts.shape[2])
    for step, acts in enumerate(played.acts):
        for actor, act in enumerate(acts):
            wanted = record.acts.get((step, actor))
            chance *= 1.0 - detect[actor, act] if wanted is None else (act == wanted) * detect[actor, act]
        option = played.options[step]
        seen = np.append(inputs.seen, 0.0)[option] > 0.0
        chance *= option == record.options[step] if step in record.options else ~seen
    return chance * ~np.isfinite(played.events[LEADER_EVENTS.index("attempt")])


def nothing_before(record: Record, acts) -> Floats:
    """[R] 1.0 where no actor on record did anything unrecorded before the last of his acts on record."""
    blank = np.ones(acts.shape[2])
    for step, actor in record.acts:
        for before in range(step):
            if (before, actor) not in record.acts:
                blank *= acts[before, actor] == len(Act)
    return blank


def free_runs(inputs: Inputs, theta: Floats, runs: int):
    """Free runs in chunks: (ensemble with acts) of the same inputs without any record."""
    for first in range(0, runs, CHUNK):
        count = min(CHUNK, runs - first)
        yield simulate(inputs, np.tile(theta, (count, 1)), numbers(count, 10_000_000 + first), with_acts=True)


def weighted_runs(inputs: Inputs, theta: Floats, runs: int):
    """Conditioned runs in chunks."""
    for first in range(0, runs, CHUNK):
        count = min(CHUNK, runs - first)
        yield simulate(inputs, np.tile(theta, (count, 1)), numbers(count, first), with_acts=True)


def mean_and_error(values: Floats) -> tuple[float, float]:
    """Mean and its standard error."""
    return float(values.mean()), float(values.std() / np.sqrt(values.size))
