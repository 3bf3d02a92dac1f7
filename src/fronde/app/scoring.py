"""`fronde score`: freeze first, look afterwards. A case, a folder of cases and panels, or a rolling origin over cases.

Every forecast is made from the case as known on its as-of date, put into the ledger, and only then are outcomes read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from fronde.app import released, scorecard
from fronde.app.frozen import LEDGER, Frozen, freeze
from fronde.app.opening import Opened, RequestError, open_case
from fronde.app.panels import score_panels
from fronde.app.results import document
from fronde.app.store import write_file
from fronde.app.work import QUICK, Session
from fronde.hazard.panel import UNITS, has_panel
from fronde.report.page import SCORECARD
from fronde.scenario.case import CASE_FILE, Case, load_case, shipped

DEEPEST = 3  # levels below the folder at which cases are looked for
MOST = 500  # cases in one folder
ORIGINS = 3
SMALL = 256  # particles of a backtest


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

    spec, model = opened.case.spec, settings.model
    where = {"scenario_hash": _scenario(opened), "evidence_hash": opened.pack.hash}
    if model is not None:
        found: Mapping[str, Any] = released.forecast(opened, model, session.threads)
        content = scorecard.frozen_content(found, spec, f"{scorecard.OURS}, frozen model", model.name, **where)
    else:
        run = service.forecast(opened.given, spec.moment, spec.horizon, settings.particles, session=session)
        content = scorecard.frozen_content(run.forecast, spec, **where)
    return freeze(ledger_of(session), content)


def _scenario(opened: Opened) -> str:
    from fronde.scenario.case import scenario_hash

    return scenario_hash(opened.case)


def score_case(case: str | Path, settings: How, session: Session) -> dict[str, Any]:
    """Freeze a forecast of one case at its own date, then the scorecard of all frozen forecasts of that kind."""
    from fronde.app import service

    opened = open_case(case)
    line = freeze_forecast(opened, settings, session)
    found = scorecard.cards([(load_case(case), [line])], settings.today)
    folder = session.runs / str(line.content["run"])
    if folder.is_dir():  # the report of the run shows it from now on
        write_file(folder / SCORECARD, document(found))
        service.report(folder)
    return found


def cases_in(folder: Path) -> list[Path]:
    """Case folders in a folder, by path; those inside a case are none."""
    patterns = ["/".join(["*"] * level + [CASE_FILE]) for level in range(1, DEEPEST + 1)]
    found = sorted({path.parent for pattern in patterns for path in folder.glob(pattern)})
    if len(found) > MOST:
        raise RequestError(f"{folder} holds {len(found)} cases; expected at most {MOST}")
    return found


def panel_folders(folder: Path) -> list[Path]:
    """The folder, and those directly in it, that hold country-month or country-year rows."""
    places = [folder, *sorted(path for path in folder.iterdir() if path.is_dir())]
    return [path for path in places if any(has_panel(path, unit) for unit in UNITS)]


def score_folder(folder: Path, settings: How, session: Session) -> dict[str, Any]:
    """All cases and panels in a folder: first every forecast is frozen, then outcomes are read."""
    cases, panels = cases_in(folder), panel_folders(folder)
    if not cases and not panels:
        raise RequestError(f"{folder} holds no case ({CASE_FILE}) and no panel_month*.csv or panel_year*.csv")
    names = [path.name for path in cases]
    if len(set(names)) < len(names):
        raise RequestError(f"{folder} holds two cases of one name; expected a name of its own for each folder")
    lines = []
    for number, path in enumerate(cases):
        session.progress("freezing forecasts", number, len(cases))
        lines.append(freeze_forecast(open_case(path), settings, session))
    session.progress("freezing forecasts", 1, 1)
    loaded = [(load_case(path), [line]) for path, line in zip(cases, lines, strict=True)]
    found = scorecard.cards(loaded, settings.today)
    tables = [row for path in panels for row in score_panels(path, ledger_of(session))]
    return {**found, "panels": tables, "folder": folder.name}


def origins(case: Case, count: int = ORIGINS) -> list[date]:
    """As-of dates of a rolling origin, the case's own among them: evenly from the onset to the last useful one."""
    spec = case.spec
    last = spec.as_of if spec.record_until is None else max(spec.as_of, spec.record_until - timedelta(days=spec.step))
    first = spec.onset + timedelta(days=max(2 * spec.step, 1))
    span = max(0, (last - first).days)
    days = {first + timedelta(days=round(span * k / max(1, count - 1))) for k in range(count)} if span else set()
    return sorted({*days, spec.as_of})


def backtest(names: Sequence[str | Path], settings: How, session: Session, count: int = ORIGINS) -> dict[str, Any]:
    """Rolling origin over cases (all that ship, if none is named) and all their questions."""
    chosen = list(names) or [Path(name) for name in shipped()]
    quiet = replace(session, say=lambda _: None)
    lines: list[tuple[Case, list[Frozen]]] = []
    dates = [(name, day) for name in chosen for day in origins(load_case(str(name)), count)]
    for number, (name, day) in enumerate(dates):
        session.progress("freezing forecasts", number, len(dates))
        line = freeze_forecast(open_case(str(name), day), settings, quiet)
        if not lines or lines[-1][0].folder != load_case(str(name)).folder:
            lines.append((load_case(str(name)), []))
        lines[-1][1].append(line)
    session.progress("freezing forecasts", len(dates), len(dates))
    return scorecard.cards(lines, settings.today)
