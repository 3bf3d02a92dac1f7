"""A case as seen on a date: the one way from a folder to what the model may use."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from fronde.domain.params import Param
from fronde.mechanisms.registry import PARAMS
from fronde.scenario.elite import Elite, make_elite
from fronde.scenario.model import Action, CaseSpec, day_part
from fronde.scenario.problems import CaseError, Problem, suggestion
from fronde.scenario.read import CASE_FILE, read_spec
from fronde.scenario.rows import ActorRow, AttributeRow, SeriesRow, TieRow
from fronde.scenario.series import Grid, Paths, fortunes_at, known, make_grid, make_paths
from fronde.scenario.tables import Tables, read_tables

MODEL = {param.name: param for param in PARAMS}  # what a case may override
SHIPPED = Path(__file__).resolve().parent.parent / "cases"
NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")


@dataclass(frozen=True)
class Visible:
    """Rows of a case that were known on its date."""

    actors: tuple[ActorRow, ...]
    attributes: tuple[AttributeRow, ...]
    ties: tuple[TieRow, ...]
    series: tuple[SeriesRow, ...]


@dataclass(frozen=True, eq=False)
class Case:
    """A checked case on its `spec.as_of`. files: SHA-256 of each file as read (later rows included)."""

    name: str
    folder: Path
    spec: CaseSpec
    elite: Elite
    grid: Grid
    paths: Paths
    rows: Visible
    files: Mapping[str, str]

    def actions(self, variant: str | None) -> tuple[Action, ...]:
        """Interventions of a variant, none for None; refuses those that `as_of` has overtaken."""
        if variant is None:
            return ()
        if variant not in self.spec.variants:
            remedy = suggestion(variant, self.spec.variants, f"one of {', '.join(self.spec.variants) or 'none'}")
            raise CaseError([Problem(CASE_FILE, 0, 0, f"unknown variant `{variant}`", "a variant of the case", remedy)])
        actions = self.spec.variants[variant].actions
        late = [action for action in actions if action.at <= self.spec.as_of]
        if late:
            raise CaseError(
                [
                    Problem(
                        CASE_FILE,
                        0,
                        0,
                        f"variant `{variant}` acts on {late[0].at}",
                        f"days after as_of {self.spec.as_of}",
                        "use an earlier --as-of",
                    )
                ]
            )
        return actions


def shipped() -> list[str]:
    """Names of the cases inside the package."""
    if not SHIPPED.is_dir():
        return []
    return sorted(folder.name for folder in SHIPPED.iterdir() if (folder / CASE_FILE).is_file())


def find_case(name_or_path: str | Path) -> Path:
    """The folder of a case: a path to it (or to its case.yaml), or the name of a shipped case."""
    given = str(name_or_path)
    path = Path(given)
    try:
        if path.name == CASE_FILE and path.is_file():
            return path.parent.resolve()
        if (path / CASE_FILE).is_file():
            return path.resolve()
        if NAME.fullmatch(given) and (SHIPPED / given / CASE_FILE).is_file():
            return SHIPPED / given
        exists = path.is_dir()
    except (OSError, ValueError):
        exists = False
    if exists:
        raise CaseError(
            [Problem(given, 0, 0, f"a folder without {CASE_FILE}", "a case folder", "make one with `fronde new`")]
        )
    names = shipped()
    raise CaseError(
        [
            Problem(
                given,
                0,
                0,
                "no such case",
                "a folder with case.yaml or the name of a shipped case",
                suggestion(given, names, f"shipped: {', '.join(names) or 'none'}"),
            )
        ]
    )


def subject_problems(series: list[SeriesRow]) -> list[Problem]:
    """The market, the battlefield and the shocks are one series each."""
    problems = []
    for name in ("market", "battlefield", "shock"):
        first: dict[str, SeriesRow] = {}
        for row in series:
            if row.name == name:
                first.setdefault(row.subject, row)
        for row in list(first.values())[1:]:
            problems.append(
                Problem(
                    row.file,
                    row.line,
                    0,
                    f"`{name}` of a second subject `{row.subject}`",
                    "one subject",
                    f"give the other series another name than `{name}`",
                )
            )
    return problems


def read_case(
    folder: Path, today: date, parameters: Mapping[str, Param] | None = None
) -> tuple[CaseSpec | None, Tables, list[Problem]]:
    """Everything in a folder except its evidence, read and checked; never raises on content."""
    spec, problems, content = read_spec(folder, MODEL if parameters is None else parameters)
    groups = tuple(spec.groups) if spec else None
    tables = read_tables(folder, groups, today)
    if content:
        tables.files[CASE_FILE] = sha256(content).hexdigest()
    return spec, tables, [*problems, *tables.problems, *subject_problems(tables.series)]


def see(tables: Tables, as_of: date) -> Visible:
    """What of the tables was known on a date. Entities carry no date: an actor is seen once its group is."""
    attributes = known(tables.attributes, as_of)
    members = {row.actor_id for row in attributes if row.attribute == "group"}
    attributes = [row for row in attributes if row.actor_id in members]
    ties = [row for row in known(tables.ties, as_of) if row.from_id in members and row.to_id in members]
    actors = [actor for actor in tables.actors if actor.id in members]
    return Visible(tuple(actors), tuple(attributes), tuple(ties), tuple(known(tables.series, as_of)))


def _at(spec: CaseSpec, as_of: date | None, horizon: int | None, time: str | None = None) -> CaseSpec:
    """The spec on another date (at a time of day, in cases that run in hours) or with another horizon [days]."""
    hour = spec.as_of_time if as_of is None else time
    changed = spec.model_copy(
        update={"as_of": as_of or spec.as_of, "horizon": horizon or spec.horizon, "as_of_time": hour}
    )
    first = spec.onset if spec.step < 1 else spec.onset + timedelta(days=1)
    if changed.as_of < first:
        raise CaseError(
            [
                Problem(
                    CASE_FILE,
                    0,
                    0,
                    f"as_of {changed.as_of}",
                    f"a day after the onset {spec.onset}",
                    "choose a later --as-of",
                )
            ]
        )
    if spec.step >= 1 and changed.horizon % spec.step:
        raise CaseError(
            [
                Problem(
                    CASE_FILE,
                    0,
                    0,
                    f"a horizon of {changed.horizon} days",
                    f"a multiple of the step of {spec.step} days",
                    "choose another --horizon",
                )
            ]
        )
    return changed


def load_case(
    name_or_path: str | Path,
    as_of: date | None = None,
    *,
    horizon: int | None = None,
    time: str | None = None,
    parameters: Mapping[str, Param] | None = None,
    today: date | None = None,
) -> Case:
    """Read a case as it could be seen on `as_of` (its own date if None); horizon in days.

    time: hour of as_of as HH:MM, for cases whose step is shorter than a day (default: the end of that day).

    Raises CaseError with every problem found. Reads nothing of the evidence: that room gets `folder`.
    """
    folder = find_case(name_or_path)
    spec, tables, problems = read_case(folder, today or date.today(), parameters)
    if spec is None or problems:
        raise CaseError(problems)
    spec = _at(spec, as_of, horizon, time)
    rows = see(tables, spec.as_of)
    began = 0.0 if spec.onset_time is None else day_part(spec.onset_time)
    grid = make_grid(spec.onset, spec.as_of, spec.horizon, spec.step, began, day_part(spec.as_of_time))
    elite = make_elite(spec, rows.actors, rows.attributes, rows.ties, fortunes_at(rows.series, grid.start))
    return Case(
        folder.name,
        folder,
        spec,
        elite,
        grid,
        make_paths(rows.series, grid, elite.ids),
        rows,
        dict(sorted(tables.files.items())),
    )


def scenario_hash(case: Case) -> str:
    """SHA-256 [hex] of all that the model may use at as_of; layout and comments do not enter."""

    def plain(value: object) -> object:
        return value.isoformat() if isinstance(value, date) else value

    def listed(rows: tuple[object, ...]) -> list[str]:
        skipped = ("line", "file")
        return sorted(
            json.dumps({k: plain(v) for k, v in vars(row).items() if k not in skipped}, sort_keys=True) for row in rows
        )

    content = {
        "spec": {  # hours enter only where a case has them, so that cases in days keep their hash
            key: value
            for key, value in case.spec.model_dump(mode="json").items()
            if value is not None or key not in ("onset_time", "as_of_time")
        },
        "groups": list(case.spec.groups),  # their order matters
        "actors": listed(case.rows.actors),
        "attributes": listed(case.rows.attributes),
        "ties": listed(case.rows.ties),
        "series": listed(case.rows.series),
    }
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
