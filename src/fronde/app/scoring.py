"""`fronde score`: freeze first, look afterwards. A case, or a folder of cases and panels.

Every forecast is made from the case as known on its as-of date, put into the ledger, and only then are outcomes read.
"""

from pathlib import Path
from typing import Any

from fronde.app import scorecard
from fronde.app.freezing import How, freeze_forecast, ledger_of
from fronde.app.opening import RequestError, open_case
from fronde.app.panels import score_panels
from fronde.app.results import document
from fronde.app.store import write_file
from fronde.app.work import Session
from fronde.evidence.pack import PackError, read_pack
from fronde.hazard.panel import UNITS, has_panel
from fronde.report.page import SCORECARD
from fronde.scenario.case import CASE_FILE, load_case
from fronde.scenario.problems import CaseError

DEEPEST = 3  # levels below the folder at which cases are looked for
MOST = 500  # cases in one folder


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
    """All cases and panels in a folder: first every forecast is frozen, then outcomes are read.

    Cases whose files are wrong stand under `refused` with all their problems; the others are scored.
    """
    cases, panels = cases_in(folder), panel_folders(folder)
    if not cases and not panels:
        raise RequestError(f"{folder} holds no case ({CASE_FILE}) and no panel_month*.csv or panel_year*.csv")
    names = [path.name for path in cases]
    if len(set(names)) < len(names):
        raise RequestError(f"{folder} holds two cases of one name; expected a name of its own for each folder")
    loaded, refused = [], []
    for number, path in enumerate(cases):
        session.progress("freezing forecasts", number, len(cases))
        try:
            loaded.append((load_case(path), [freeze_forecast(open_case(path), settings, session)]))
            read_pack(path / "evidence", settings.today)  # outcomes may be known later than what the forecast read
        except (CaseError, PackError) as error:
            refused.append({"case": path.name, "problems": [str(problem) for problem in error.problems]})
    session.progress("freezing forecasts", 1, 1)
    good = [(case, lines) for case, lines in loaded if case.name not in {row["case"] for row in refused}]
    found = scorecard.cards(good, settings.today)
    tables = [row for path in panels for row in score_panels(path, ledger_of(session))]
    return {**found, "refused": refused, "panels": tables, "folder": folder.name}
