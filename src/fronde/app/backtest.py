"""The rolling origin over cases: each asked again on several dates, each forecast frozen before outcomes are read."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fronde.app import scorecard
from fronde.app.freezing import How, freeze_light
from fronde.app.frozen import Frozen
from fronde.app.history import suite
from fronde.app.opening import Opened, cut, open_case
from fronde.app.rolled import ORIGINS, origins, rolled
from fronde.app.work import Session
from fronde.inference.pooling import Lesson
from fronde.scenario.case import load_case, shipped

SMALL = 256  # particles of each forecast
FICTION = ("valdria",)  # nothing came of what nobody lived


def asked_again(name: str | Path, moment: str) -> Opened:
    """A case as known on another date, its questions asked as far ahead as at first."""
    at = open_case(name, moment)
    asked = rolled(load_case(name).spec, moment)
    case, left_out = cut(replace(at.case, spec=at.case.spec.model_copy(update={"questions": asked})))
    return replace(at, case=case, left_out=left_out)


def backtest(
    names: Sequence[str | Path], settings: How, session: Session, count: int = ORIGINS, leaning: bool = False
) -> dict[str, Any]:
    """Rolling origin over cases (all that ship and are no fiction, if none is named) and all their questions.

    leaning: forecast a second time, leaning on what the cases of history other than the one asked have taught. What the
    ledger holds is not computed again.
    """
    chosen = [str(name) for name in names] or [name for name in shipped() if name not in FICTION]
    taught = _lessons(settings, session) if leaning else {}
    dates = [(name, moment) for name in chosen for moment in origins(load_case(name), count)]
    lines: dict[str, list[Frozen]] = {name: [] for name in chosen}
    for number, (name, moment) in enumerate(dates):
        session.progress("freezing forecasts", number, len(dates))
        opened = asked_again(name, moment)
        lines[name].append(freeze_light(opened, settings, session))
        if others := [lesson for other, lesson in taught.items() if other != opened.case.name]:
            lines[name].append(freeze_light(opened, settings, session, others))
    session.progress("freezing forecasts", len(dates), len(dates))
    return scorecard.cards([(load_case(name), found) for name, found in lines.items()], settings.today)


def _lessons(settings: How, session: Session) -> dict[str, Lesson]:
    """What each case of history taught on its own, kept in the runs folder."""
    size = suite.Size(settings.particles)
    kept, done = suite.Kept(session.runs / "lessons", size), iter(range(len(size.cases) + 1))
    found = suite.lessons(size, kept, lambda _: session.progress("learning from history", next(done), len(size.cases)))
    session.progress("learning from history", 1, 1)
    return {name: suite.as_lesson(plain) for name, plain in found["fronde"].items()}
