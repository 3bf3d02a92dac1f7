"""Two clocks, as a list of cheats: each brings something from after the as-of date, and each must change nothing.

A cheat is a row (or a change of one) that is valid in itself. It fails if the case on its as-of date has the name, the
likelihoods and the reliabilities that it had; it was worth a try if a month later it counts. That such rows change no
byte of a whole run is tested in `test_future`.
"""

import csv
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from fronde.app import ledger
from fronde.app.identity import identify
from fronde.app.opening import open_case
from fronde.evidence.conditions import condition_claims
from fronde.evidence.counts import count_claims
from fronde.evidence.events import event_likelihoods
from fronde.evidence.forecasts import score_forecasts
from fronde.evidence.reliability import learn_reliability
from fronde.inference.smc import Settings
from fronde.ledger.edits import By, correct
from fronde.scenario.case import SHIPPED

CASE, KNOWN, LATER = "valdria", "2019-06-05", "2019-06-10"  # as of 2019-05-11
KNOWN_DAY = date.fromisoformat(KNOWN)
Cheat = Callable[[Path], object]


def row(table: str, like: str = "", **cells: str) -> Cheat:
    """One more row: a copy of the first, or of the one with this id, with other cells."""

    def plant(case: Path) -> None:
        path = case / table
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            rows, columns = list(reader), list(reader.fieldnames or ())
        assert set(cells) <= set(columns), table
        model = next(found for found in rows if not like or found["id"] == like)
        with path.open("a", encoding="utf-8", newline="") as stream:
            csv.DictWriter(stream, columns, lineterminator="\n").writerow(model | cells)

    return plant


def all_of(*cheats: Cheat) -> Cheat:
    return lambda case: [cheat(case) for cheat in cheats]


def corrected_later(case: Path) -> None:
    by = By("ann", "the paper corrected its number", known_at=KNOWN_DAY)
    ledger._write(case, lambda sheets: correct(sheets, "V06", {"count_low": "9"}, by))


LATE_REPORT = row("evidence/reports.csv", id="rep-late", known_at=KNOWN, published_at=KNOWN)
LATE_CLAIM = all_of(
    LATE_REPORT,
    row("evidence/claims.csv", "V01", id="V-late", report="rep-late", known_at=KNOWN, drift="none"),
    row("evidence/hops.csv", id="V-late-0", claim="V-late", position="0", known_at=KNOWN),
)
LINK = row("evidence/event_claims.csv", id="link-late", claim="V-late", relation="denies", known_at=KNOWN)

CHEATS: dict[str, Cheat] = {
    "a claim of a later report": LATE_CLAIM,
    "a later claim backdated before its report": all_of(
        LATE_REPORT,
        row("evidence/claims.csv", "V01", id="V-late", report="rep-late", known_at="2019-04-02"),
        row("evidence/hops.csv", id="V-late-0", claim="V-late", position="0", known_at="2019-04-02"),
    ),
    "a later denial of what was reported before": all_of(LATE_CLAIM, LINK),
    "an act of that time, reported later": row(
        "evidence/events.csv", id="ev-late", known_at=KNOWN, date_low="2019-05-01", date_high="2019-05-02"
    ),
    "a poll of that time, published later": row(
        "evidence/polls.csv", id="poll-late", known_at=KNOWN, share="0.1", field_end="2019-05-10"
    ),
    "a later outcome that ruins a source's reliability": row(
        "evidence/resolutions.csv", id="r-late", forecast="", claim="V01", strict="no", lenient="no",
        resolved_at=KNOWN, known_at=KNOWN,
    ),
    "an outcome of that time, known later": row(
        "evidence/resolutions.csv", id="r-late", forecast="", claim="V01", strict="no", lenient="no",
        resolved_at="2019-05-01", known_at=KNOWN,
    ),
    "a claim taken back later": lambda case: ledger.retract(case, "V01", "taken back", "ann", known_at=KNOWN_DAY),
    "a code corrected later": corrected_later,
    "a price of that time, revised later": row(
        "series/market.csv", date="2019-05-04", value="1", known_at=KNOWN
    ),
    "losses of that time, revised later": row(
        "series/battlefield.csv", date="2019-05-04", value="-4", known_at=KNOWN
    ),
    "a fortune of that time, revised later": row(
        "series/fortune.csv", date="2019-05-04", value="0.01", known_at=KNOWN
    ),
    "an attribute learnt later": row(
        "elite/attributes.csv", attribute="position", value="-1", unit="", known_at=KNOWN
    ),
}  # fmt: skip


def seen(case: Path, as_of: str | None = None) -> SimpleNamespace:
    """Everything that evidence and series say on a date."""
    opened = open_case(case, as_of)
    pack = opened.pack
    return SimpleNamespace(
        name=identify(opened.case, pack, Settings(), "forecast"),
        reliability=learn_reliability(pack),
        acts=event_likelihoods(pack),
        moods=condition_claims(pack),
        counts=count_claims(pack),
        scores=score_forecasts(pack),
        vintage=pack.vintage,
    )


@pytest.fixture(scope="module")
def honest():
    return seen(SHIPPED / CASE), seen(SHIPPED / CASE, LATER)


@pytest.mark.parametrize("cheat", CHEATS)
def test_it_changes_nothing_before_it_could_be_known(cheat, honest, tmp_path):
    case = Path(shutil.copytree(SHIPPED / CASE, tmp_path / CASE))
    CHEATS[cheat](case)
    assert seen(case) == honest[0]
    assert seen(case, LATER).name != honest[1].name


@pytest.mark.parametrize("cheat", [name for name in CHEATS if "reliability" in name or "known later" in name])
def test_what_is_learnt_about_a_source_waits_for_the_outcome(cheat, honest, tmp_path):
    case = Path(shutil.copytree(SHIPPED / CASE, tmp_path / CASE))
    CHEATS[cheat](case)
    assert seen(case, LATER).reliability != honest[1].reliability
