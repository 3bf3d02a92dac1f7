"""Forecasts made to be frozen: from a case as known on a date, by its own posterior or by a released model.

What the ledger holds of the same case, evidence, code and settings is not made again, so scoring resumes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from fronde.app import released, scorecard
from fronde.app.beside import beside, count_quantiles
from fronde.app.calibrate import calibrate, prepare
from fronde.app.frozen import LEDGER, Frozen, find_frozen, freeze
from fronde.app.identity import code_hash
from fronde.app.opening import Opened
from fronde.app.pooling import lean
from fronde.app.work import QUICK, Session
from fronde.inference.pooling import Lesson
from fronde.inference.smc import Settings
from fronde.scenario.case import scenario_hash

MODEL = f"{scorecard.OURS}, frozen model"
LEANING = f"{scorecard.OURS}, leaning on other cases"


@dataclass(frozen=True)
class How:
    """How forecasts are made: by the case's own posterior, or by a released model; and the day of looking."""

    model: released.Model | None = None
    particles: int = QUICK
    known_by: date | None = None

    @property
    def today(self) -> date:
        """The day as of which outcomes are read."""
        return self.known_by or date.today()


def how(frozen: str | Path | None = None, particles: int = QUICK, known_by: date | None = None) -> How:
    """Settings of a scoring; `frozen` names a released model."""
    return How(released.read_model(frozen) if frozen else None, particles, known_by)


def ledger_of(session: Session) -> Path:
    """The ledger of a runs folder."""
    return session.runs / LEDGER


def freeze_forecast(opened: Opened, settings: How, session: Session) -> Frozen:
    """Forecast a case as opened and put the forecast into the ledger; nothing later than its as-of date is read."""
    from fronde.app import service

    spec = opened.case.spec
    if settings.model is not None:
        return freeze_light(opened, settings, session)
    run = service.forecast(opened.given, spec.moment, spec.horizon, settings.particles, session=session)
    said = beside(opened, spec.questions)
    return freeze(ledger_of(session), scorecard.frozen_content(run.forecast, spec, beside=said, **_basis(opened)))


def freeze_light(opened: Opened, settings: How, session: Session, taught: Sequence[Lesson] = ()) -> Frozen:
    """The same without a run folder; taught: lessons of other cases, on which the prior then leans."""
    model = settings.model

    def make() -> dict[str, Any]:
        if model is not None:
            return released.forecast(opened, model, session.threads)
        problem = prepare(opened.case, opened.pack, session.threads)
        if taught:
            problem = replace(problem, params=lean(problem.params, taught))
        posterior = calibrate(problem, Settings(particles=settings.particles), threads=session.threads)
        return released.outlook(problem, posterior, f"posterior of the case, {settings.particles} particles")

    name = MODEL if model else LEANING if taught else scorecard.OURS
    return _once(opened, name, settings, session, make)


def _basis(opened: Opened) -> dict[str, Any]:
    return {"scenario_hash": scenario_hash(opened.case), "evidence_hash": opened.pack.hash}


def _once(opened: Opened, name: str, settings: How, session: Session, make: Callable[[], dict[str, Any]]) -> Frozen:
    """The line of the ledger that rests on the same; made, with what others say beside it, if there is none."""
    model, spec, ledger = settings.model, opened.case.spec, ledger_of(session)
    size = {"particles": settings.particles} if model is None else {"model": model.digest}
    basis = {**_basis(opened), "code": code_hash(), "settings": size}
    old = find_frozen(ledger, {"case": opened.case.name, "as_of": spec.moment, "forecaster": name, **basis})
    if old is not None:
        return old
    found = make()
    counts = zip(found["counts"], count_quantiles(opened, found["counts"]), strict=True)
    found["counts"] = [{**row, "beside": others} if others else row for row, others in counts]
    said = beside(opened, spec.questions)
    content = scorecard.frozen_content(found, spec, name, model.name if model else "", beside=said, **basis)
    return freeze(ledger, content)
