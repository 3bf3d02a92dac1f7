"""What others would have said of a case's questions about acts, from the same record on the same date.

    base rate of the case        the record so far goes on at a constant rate: negative binomial (forecast.counts)
    persistence                  as many as over the same time before
    self-exciting process        Hawkes, with a prior from the cases of history other than this one
    survival regression          discrete-time, likewise; it knows ranks, published ties and dated shocks
The last three are asked of acts that nobody does twice. Other cases teach whatever their date: a gift to the baselines
where a case is older than its teachers. See `app.history.baselines` for equations and sources.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fronde.app.history import baselines
from fronde.app.history.baselines import Traits
from fronde.app.history.moments import CASES, Stream, stream
from fronde.app.history.ours import traits
from fronde.app.opening import Opened
from fronde.evidence.events import event_likelihoods
from fronde.forecast.counts import FINAL_ACTS
from fronde.forecast.probability import LEVELS
from fronde.inference.pooling import Lesson
from fronde.scenario.case import Case, load_case
from fronde.scenario.model import Question, instant
from fronde.scenario.series import Grid

Floats = NDArray[np.float64]
BASE, PERSISTENCE = "base rate of the case", "persistence"
HAWKES, SURVIVAL = "self-exciting process", "survival regression"
DRAWS = 2048
MOST_PEOPLE = 2000  # the survival regression follows everybody in every draw
LEAST = 0.5 / DRAWS  # no chance is said to be nearer to 0 or 1


@cache
def lesson(kind: str, name: str) -> Lesson:
    """What a whole case of history says of a baseline's coefficients."""
    return baselines.lesson(kind, stream(name), traits(load_case(name)))


def lessons(kind: str, without: str) -> list[Lesson]:
    """What the cases of history teach, leaving one out."""
    return [lesson(kind, name) for name in CASES if name != without]


def record_of(opened: Opened, act: str, groups: Sequence[str] = ()) -> tuple[Stream, Traits | None]:
    """Acts of one kind in some groups (all, if none is named) on the case's clock, as known on its date."""
    case, grid = opened.case, opened.case.grid
    inside = np.array([case.elite.groups[g] in (groups or case.elite.groups) for g in case.elite.group])
    if act in ("resign", "dismissed"):
        inside &= np.asarray(case.elite.in_office) > 0
    place = {case.elite.ids[i]: k for k, i in enumerate(np.flatnonzero(inside))}
    found: list[tuple[float, int]] = []
    for item in event_likelihoods(opened.pack):
        if item.act == act and item.actor in place:
            part = (0.5 if item.part is None else item.part) if grid.hourly else 1.0
            when = grid.elapsed(item.date_low + (item.date_high - item.date_low) / 2, part)
            if 0.0 < when <= grid.times[grid.n_observed] + 1e-9:
                found.append((when, place[item.actor]))
    found.sort()
    if act in FINAL_ACTS:
        first: dict[int, float] = {}
        for when, actor in found:
            first.setdefault(actor, when)
        found = [(when, actor) for actor, when in first.items()]
    rows = np.flatnonzero(inside)
    people = None
    if case.elite.size <= MOST_PEOPLE:
        whole = traits(case)
        people = Traits(whole.rank[rows], whole.ties[np.ix_(rows, rows)])
    return _stream(case, grid, found, rows.size), people


def _stream(case: Case, grid: Grid, found: Sequence[tuple[float, int]], size: int) -> Stream:
    shocks = sorted({row.date for row in case.rows.series if row.name == "shock"})
    end = float(grid.times[grid.n_observed])
    starts = np.array([grid.elapsed(day, 1.0) for day in shocks])
    return Stream(
        case.name,
        float(case.spec.step),
        size,
        np.array([actor for _, actor in found], dtype=np.int64),
        np.array([when for when, _ in found], dtype=np.float64),
        end,
        np.inf,
        starts[starts <= end + 1e-9],
    )


def rate(record: Stream, spans: Sequence[float], final: bool, seed: int) -> Floats:
    """Counts over each span [draws, span] if the record so far goes on: gamma of shape k + 1/2, Poisson."""
    chance = np.random.default_rng(seed)
    done, able = record.when.size, record.size - (record.when.size if final else 0)
    daily = chance.gamma(done + 0.5, 1.0, DRAWS) / record.end
    return np.stack([np.minimum(chance.poisson(daily * span), max(able, 0)) for span in spans], axis=1).astype(float)


def counts(opened: Opened, act: str, groups: Sequence[str], spans: Sequence[float]) -> dict[str, Floats]:
    """By forecaster, draws of how many more acts there are within each span [day]: [draws, span]."""
    record, people = record_of(opened, act, groups)
    seed, final = int(opened.case.spec.seed) % 2**31, act in FINAL_ACTS
    said = {BASE: rate(record, spans, final, seed)}
    if record.size - record.when.size < 1 or not final:
        return said
    name = opened.case.name
    said[PERSISTENCE] = baselines.persistence(record, spans, DRAWS, seed)
    said[HAWKES] = baselines.hawkes(record, spans, lessons("hawkes", name), DRAWS, seed)
    if people is not None:
        said[SURVIVAL] = baselines.survival(record, people, spans, lessons("survival", name), DRAWS // 4, seed)[0]
    return said


def beside(opened: Opened, asked: Sequence[Question]) -> dict[str, dict[str, float]]:
    """By question about acts and forecaster, the chance that it comes true."""
    now = instant(opened.case.spec.moment)
    alike: dict[tuple[str, tuple[str, ...]], list[Question]] = defaultdict(list)
    for item in asked:
        if item.act:
            alike[item.act, item.groups].append(item)
    found: dict[str, dict[str, float]] = {}
    for (act, groups), items in alike.items():
        spans = sorted({(instant(item.by) - now).total_seconds() / 86400 for item in items})
        draws = counts(opened, act, groups, spans)
        for item in items:
            k = spans.index((instant(item.by) - now).total_seconds() / 86400)
            chances = {name: float((rows[:, k] >= (item.at_least or 1)).mean()) for name, rows in draws.items()}
            found[item.id] = {name: min(max(p, LEAST), 1.0 - LEAST) for name, p in chances.items()}
    return found


def count_quantiles(opened: Opened, cells: Sequence[Mapping[str, Any]]) -> list[dict[str, dict[str, float]]]:
    """For each cell of counts, quantiles of what others say: for final acts of all groups, asked about or on record."""
    now = instant(opened.case.spec.moment)
    asked = {item.act for item in opened.case.spec.questions} | {item.act for item in event_likelihoods(opened.pack)}
    acts = asked & set(FINAL_ACTS)
    wanted = [k for k, cell in enumerate(cells) if cell["group"] == "all" and cell["act"] in acts]
    found: list[dict[str, dict[str, float]]] = [{} for _ in cells]
    for act in {cells[k]["act"] for k in wanted}:
        rows = [k for k in wanted if cells[k]["act"] == act]
        spans = [(instant(cells[k]["by"]) - now).total_seconds() / 86400 for k in rows]
        for name, draws in counts(opened, act, (), spans).items():
            for k, column in zip(rows, draws.T, strict=True):
                q = np.quantile(column, LEVELS, method="inverted_cdf")
                found[k][name] = {f"{level:g}": float(value) for level, value in zip(LEVELS, q, strict=True)}
    return found
