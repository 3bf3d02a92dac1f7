"""Evidence: claims with chain, drift and weight, a timeline, and the inbox of what waits for a decision."""

from collections.abc import Mapping
from dataclasses import MISSING
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from fronde.app import ledger
from fronde.app.opening import RequestError
from fronde.app.views import Missing
from fronde.app.views.desk import Desk
from fronde.charts.records import timeline as timeline_chart
from fronde.evidence import codebook
from fronde.evidence.cells import as_day, as_number, as_whole, columns_of, many_of, one_of, read_cell
from fronde.evidence.event_classes import EVENT_CLASSES
from fronde.evidence.events import event_likelihoods
from fronde.evidence.pack import Pack, read_pack
from fronde.evidence.rows import Claim
from fronde.ledger.edits import FIXED
from fronde.scenario.case import SHIPPED, load_case
from fronde.scenario.problems import CaseError, Problem

CELLS = ("id", "status", "text", "group", "event_class", "claim_type", "reliability", "drift", "origin", "voice",
         "outlet", "published_at", "known_at", "modality", "polarity", "dup_of")  # fmt: skip
CODED = tuple(found for found in vars(codebook).values() if isinstance(found, type) and issubclass(found, StrEnum))
HEAVY = 3.0  # ln of a likelihood ratio of 20, drawn at full size


def evidence(desk: Desk, case: str) -> dict[str, Any]:
    """Claims of all states, weights of the accepted ones, timeline, counts by state."""
    folder = desk.case(case)
    spec = load_case(folder).spec
    claims = [{key: row.get(key, "") for key in CELLS} for row in ledger.list_claims(folder)]
    pack = read_pack(folder / "evidence", date.today())
    weights = weights_of(pack)
    for row in claims:
        row["weight"] = weights.get(row["id"])
    titles = {name: group.title for name, group in spec.groups.items()}
    waiting = sum(row["status"] == "proposed" for row in claims)
    origins = len({row["origin"] for row in claims if row["status"] == "accepted"})
    accepted = sum(row["status"] == "accepted" for row in claims)
    return {
        "case": case,
        "title": spec.title,
        "as_of": spec.moment,
        "groups": titles,
        "lede": (
            f"{accepted} accepted claims go back to {origins} independent origins; "
            + (
                f"{waiting} {'waits' if waiting == 1 else 'wait'} for a decision."
                if waiting
                else "none waits for a decision."
            )
        ),
        "claims": claims,
        "timeline": timeline_chart(
            "Evidence through time",
            [_sign(row, titles) for row in claims if row["status"] == "accepted"],
            "Each accepted claim on the day it was published, by group; up speaks for an event, size is its weight",
        ).as_dict(),
    }


def _sign(row: dict[str, Any], titles: dict[str, str]) -> dict[str, Any]:
    """One sign of the timeline; a claim that weighs on no dated act is small and round."""
    weight = row["weight"]
    towards = "neutral" if weight is None else "up" if weight > 0 else "down"
    return {
        "date": row["published_at"] or row["known_at"],
        "group": titles.get(row["group"], "the elite as a whole"),
        "title": row["text"],
        "id": row["id"],
        "direction": towards,
        "weight": 0.1 if weight is None else min(1.0, abs(weight) / HEAVY),
    }


def weights_of(pack: Pack) -> dict[str, float]:
    """ln likelihood ratio of the dated act a claim speaks of, all reports of it together; claims on none are absent."""
    return {claim: row.log_lr for row in event_likelihoods(pack) for claim in row.claims}


def claim(desk: Desk, case: str, name: str) -> dict[str, Any]:
    """One claim with everything it hangs on, its weight, and what its origin does without it."""
    folder = desk.case(case)
    known = {row["id"] for row in ledger.list_claims(folder)}
    if name not in known:
        raise Missing(f"no claim {name!r} in the evidence of {case}")
    found = ledger.show(folder, name)
    pack = read_pack(folder / "evidence", date.today())
    groups = {key: group.title for key, group in load_case(folder).spec.groups.items()}
    rests = [row for row in event_likelihoods(pack) if name in row.claims]
    return {
        **found,
        "fields": fields(groups),
        "writable": not folder.resolve().is_relative_to(SHIPPED.resolve()),
        "acts": [
            {
                "event": row.event,
                "event_class": row.event_class,
                "actor": row.actor,
                "date_low": row.date_low.isoformat(),
                "date_high": row.date_high.isoformat(),
                "log_lr": row.log_lr,
                "origins": list(row.origins),
            }
            for row in rests
        ],
    }


class NotThat(RequestError):
    """A correction that cannot be made; `problems`: `column: what is wrong`, one for each cell."""

    def __init__(self, problems: list[str]) -> None:
        """Keep the problems for the fields of a form."""
        self.problems = tuple(problems)
        super().__init__("; ".join(problems))


def fields(groups: Mapping[str, str]) -> list[dict[str, Any]]:
    """What of a claim can be corrected: column, kind of cell, whether it may be empty, words to choose from."""
    found = []
    for spec in columns_of(Claim):
        if spec.name in (*FIXED, "coder", "coded_at"):
            continue
        kind, choices = _kind(spec.metadata["parse"])
        if spec.name == "event_class":
            kind, choices = "choice", list(EVENT_CLASSES)
        elif spec.name == "group":
            kind, choices = "choice", list(groups)
        found.append({"name": spec.name, "kind": kind, "required": spec.default is MISSING, "choices": choices,
                      "refers": spec.metadata["refers"]})  # fmt: skip
    return found


def _kind(parse: Any) -> tuple[str, list[str]]:
    """The kind of a cell by the function that reads it, and the words it may hold."""
    for made, kind in ((one_of, "choice"), (many_of, "many")):
        words = next((part for part in getattr(parse, "args", ()) if part in CODED), None)
        if words is not None and parse.func is getattr(made(words), "func", None):
            return kind, [str(word) for word in words]
    return {as_day: "date", as_number: "number", as_whole: "number"}.get(parse, "text"), []


def _correct(folder: Path, name: str, changes: dict[str, str], coder: str, why: str) -> None:
    """Correct cells of a claim; NotThat names every cell that cannot be so."""
    specs = {spec.name: spec for spec in columns_of(Claim)}
    wrong = []
    for column, cell in changes.items():
        try:
            if column in specs:
                read_cell(specs[column], cell)
        except ValueError as error:
            wrong.append(f"{column}: {error}")
    if wrong:
        raise NotThat(wrong)
    try:
        ledger.correct(folder, name, changes, coder, why)
    except CaseError as error:
        raise NotThat([_named(problem, list(specs)) for problem in error.problems]) from error


def _named(problem: Problem, columns: list[str]) -> str:
    """A problem of the table of claims under the name of its column, others with their place."""
    words = f"{problem.found}; expected {problem.expected}; {problem.remedy}"
    if "claims" in problem.file and 0 < problem.column <= len(columns):
        return f"{columns[problem.column - 1]}: {words}"
    mentioned = next((name for name in columns if f"`{name}`" in problem.found), None)
    return f"{mentioned}: {words}" if mentioned else f"{problem.file}:{problem.line}: {words}"


def review(
    desk: Desk, case: str, name: str, decision: str, coder: str, why: str, changes: dict[str, str]
) -> dict[str, Any]:
    """Accept, correct, reject or retract a claim; the claim as it stands afterwards."""
    folder = desk.case(case)
    if name not in {row["id"] for row in ledger.list_claims(folder)}:
        raise Missing(f"no claim {name!r} in the evidence of {case}")
    if changes:
        _correct(folder, name, changes, coder, why)
    if decision == "accept":
        ledger.accept(folder, name, coder, why)
    elif decision == "reject":
        ledger.reject(folder, name, why, coder)
    elif decision == "retract":
        ledger.retract(folder, name, why, coder)
    return claim(desk, case, name)
