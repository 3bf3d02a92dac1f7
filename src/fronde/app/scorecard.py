"""Frozen forecasts of a case against what came, beside base rates, a coin, and what sources had said.

`scorecard(case)` computes no forecast: it reads the ledger of frozen ones. `frozen_content` is what gets frozen.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from fronde.app import outcomes
from fronde.app.frozen import LEDGER, Frozen, read_frozen
from fronde.app.outcomes import Later, Outcome, days_between, rule_of
from fronde.app.rolled import rolled
from fronde.app.store import base_folder
from fronde.evidence.forecasts import issuer_records, score_forecasts
from fronde.evidence.pack import Pack
from fronde.evidence.rows import Forecast
from fronde.hazard import case as hazard
from fronde.scenario.case import Case, load_case
from fronde.scenario.model import CaseSpec, instant
from fronde.score.card import card, count_row
from fronde.score.measures import crps_date

OURS, BASE, COIN, HAZARD, SOURCES = "Fronde", "base rate of the case", "coin", "hazard of such countries", "sources"
ALIKE = {"escalation": ("declare", "mobilise"), "mobilisation": ("declare", "mobilise")}


def frozen_content(
    forecast: Mapping[str, Any], spec: CaseSpec, forecaster: str = OURS, model: str = "", **more: Any
) -> dict[str, Any]:
    """What is frozen of `forecast.json`: every probability, count and date, with the rules that will resolve them.

    more: hashes of what it rests on, and under `beside` what others say: {question: {forecaster: p}}.
    """
    asked = {question.id: question for question in spec.questions}
    beside = more.pop("beside", {})
    keep = ("group", "act", "by", "mean", "quantiles", "base_rate_mean", "base_rate_p_any", "base_rate_quantiles",
            "beside")  # fmt: skip
    rates = case_rates(spec)
    return {
        "kind": "forecast",
        "forecaster": forecaster,
        "model": model or "posterior of the case itself",
        "case": forecast["case"],
        "as_of": forecast["as_of"],
        "horizon_days": forecast["horizon_days"],
        "run": forecast["run"],
        "runs": forecast["runs"],
        **more,
        "questions": [
            {**row, "by": asked[row["id"]].by.isoformat(), "rule": rule_of(asked[row["id"]])}
            | ({"hazard": p} if (p := _hazard_of(asked[row["id"]].event, asked[row["id"]].by, spec, rates)) else {})
            | ({"beside": beside[row["id"]]} if row["id"] in beside else {})
            for row in forecast["questions"]
        ],
        "counts": [{key: row[key] for key in keep if key in row} for row in forecast["counts"]],
        "leader": forecast["series"]["leader"],
    }


def case_rates(spec: CaseSpec) -> dict[str, dict[str, Any]]:
    """Chance within a year of an attempt and of removal, by the hazard models that ship."""
    country = spec.country.columns() if spec.country else {}
    return hazard.base_rates(spec.as_of.year, spec.leader.regime, spec.leader.tenure_years, country)


def _hazard_of(event: tuple[str, ...], by: date, spec: CaseSpec, rates: Mapping[str, Any]) -> float | None:
    if len(event) != 1 or event[0] not in rates:
        return None
    return hazard.within(rates[event[0]]["annual"], days_between(instant(spec.moment), instant(by)))


def scorecard(
    case: str | Path, runs: str | Path | None = None, known_by: date | None = None, ledger: str | Path | None = None
) -> dict[str, Any]:
    """Scorecard of a case from the forecasts of it that are frozen in the runs folder; see `score.card` for its parts.

    known_by: outcomes as known on that day (today if left out).
    """
    found = load_case(case)
    lines = read_frozen(Path(ledger) if ledger else base_folder(runs) / LEDGER)
    return cards([(found, lines)], known_by or date.today())


def cards(cases: Sequence[tuple[Case, Sequence[Frozen]]], known_by: date) -> dict[str, Any]:
    """One scorecard over several cases, each with the ledger that holds its frozen forecasts."""
    items: list[dict[str, Any]] = []
    counts: list[dict[str, Any]] = []
    dates: list[dict[str, Any]] = []
    about: list[dict[str, Any]] = []
    issuers: list[dict[str, Any]] = []
    for case, lines in cases:
        mine = [line for line in lines if line.content.get("case") == case.name]
        for line in mine:
            found = outcomes.later(case, line, known_by)
            items += _questions(case, line, found)
            counts += _counts(case, line, found)
            dates += _dates(case, line, found)
        said, records = _sources(case, mine, known_by)
        items += said
        issuers += records
        about.append(_about(case, mine))
    return {**card(_once(items), counts, dates), "cases": about, "issuers": issuers, "known_by": known_by.isoformat()}


def _once(items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each forecaster once for each statement and date: several of our forecasts stand beside the same others."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in items:
        found.setdefault(tuple(str(row[key]) for key in ("case", "id", "as_of", "forecaster")), row)
    return list(found.values())


def _about(case: Case, lines: Sequence[Frozen]) -> dict[str, Any]:
    spec = case.spec
    own = next((line for line in lines if line.content["as_of"] == spec.moment), lines[-1] if lines else None)
    rates = {
        event: {**rate, "within_horizon": hazard.within(rate["annual"], spec.horizon)}
        | (_multiplier(own, event, rate["annual"]) if own else {})
        for event, rate in case_rates(spec).items()
    }
    return {
        "case": case.name,
        "title": spec.title,
        "as_of": spec.moment,
        "record_until": spec.record_until.isoformat() if spec.record_until else None,
        "base_rates": rates,
        "frozen": [
            {"sha256": line.sha256, "frozen_at": line.frozen_at}
            | {key: line.content[key] for key in ("forecaster", "model", "as_of", "run")}
            for line in lines
        ],
    }


def _multiplier(line: Frozen, event: str, annual: float) -> dict[str, Any]:
    """What all mechanisms together do to a base rate; nothing for older ledgers, which do not say of how many runs."""
    series, runs = line.content["leader"].get(event), line.content.get("runs")
    if not series or not runs:
        return {}
    return hazard.multiplier(series["p"][-1], annual, line.content["horizon_days"], runs)


def _item(line: Frozen, row: Mapping[str, Any], outcome: Outcome, forecaster: str, p: float) -> dict[str, Any]:
    return {
        "kind": "question",
        "case": line.content["case"],
        "id": row["id"],
        "text": row["text"],
        "rule": row["rule"],
        "forecaster": forecaster,
        "as_of": line.content["as_of"],
        "by": row["by"],
        "p": p,
        "interval90": row["interval90"] if forecaster == line.content["forecaster"] else None,
        "outcome": outcome.came,
        "state": outcome.state,
        "resolved_at": outcome.resolved_at.isoformat() if outcome.resolved_at else None,
        "basis": outcome.basis,
        "sha256": line.sha256,
    }


def _questions(case: Case, line: Frozen, found: Later) -> list[dict[str, Any]]:
    asked = {question.id: question for question in rolled(case.spec, line.content["as_of"])}
    as_of, own = instant(line.content["as_of"]), line.content["as_of"] == case.spec.moment
    rows = []
    for row in line.content["questions"]:
        question = asked.get(row["id"])
        same = question is not None and rule_of(question) == row["rule"] and question.by.isoformat() == row["by"]
        outcome = (
            outcomes.outcome_of(question, found, as_of, own)
            if question is not None and same
            else Outcome("void", basis="the question was changed after it was frozen")
        )
        said = {line.content["forecaster"]: row["p"], BASE: row.get("base_rate"), HAZARD: row.get("hazard"), COIN: 0.5}
        said |= row.get("beside", {})
        rows += [_item(line, row, outcome, name, p) for name, p in said.items() if p is not None]
    return rows


def _counts(case: Case, line: Frozen, found: Later) -> list[dict[str, Any]]:
    as_of = instant(line.content["as_of"])
    rows = []
    for row in line.content["counts"]:
        by = instant(row["by"])
        observed = outcomes.counted(found, as_of, by, row["act"], row["group"])
        if observed is not None:
            said = row.get("base_rate_quantiles")  # older ledgers froze none
            base = [said[level] for level in sorted(said, key=float)] if said else None
            where = {"case": case.name, "as_of": line.content["as_of"], "forecaster": line.content["forecaster"]}
            rows.append({**where, **count_row(row, observed, base, row.get("beside", {}))})
    return rows


def _dates(case: Case, line: Frozen, found: Later) -> list[dict[str, Any]]:
    """CRPS [days] of when each leader event comes; what did not come by the end is censored there."""
    as_of = instant(line.content["as_of"])
    rows = []
    for event, series in line.content["leader"].items():
        came, until = outcomes.day_of_event(found, case.spec, as_of, event)
        ends = [days_between(as_of, instant(day)) for day in series["dates"]]
        limit = days_between(as_of, instant(until)) if until else None
        kept = [k for k, end in enumerate(ends) if came is not None or (limit is not None and end <= limit)]
        if not kept:
            continue
        days, p = [ends[k] for k in kept], [series["p"][k] for k in kept]
        when = None if came is None else days_between(as_of, instant(came))
        rows.append(
            {
                "case": case.name,
                "as_of": line.content["as_of"],
                "forecaster": line.content["forecaster"],
                "event": event,
                "came": came.isoformat() if came else None,
                "until": series["dates"][kept[-1]],
                "p": p[-1],
                "crps": crps_date(days, p, when),
            }
        )
    return rows


def _sources(case: Case, lines: Sequence[Frozen], known_by: date) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What sources forecast, one utterance once, beside a coin and our own forecast of the nearest question."""
    pack: Pack = outcomes.later(case, lines[-1], known_by).pack if lines else outcomes.read_pack(
        case.folder / "evidence", known_by
    )  # fmt: skip
    scores = score_forecasts(pack)
    rows: dict[str, Forecast] = {row.id: row for row in pack.forecasts}
    found = []
    for score in scores:
        if score.range is None:
            continue
        state = str(score.strict) if score.strict else "open"
        source = pack.source.get(score.issuer)
        common = {
            "kind": "source",
            "case": case.name,
            "id": score.forecast,
            "text": score.statement,
            "rule": "",
            "as_of": score.issued_at.isoformat(),
            "by": score.resolve_at.isoformat() if score.resolve_at else None,
            "outcome": {"yes": True, "no": False}.get(state),
            "state": state,
            "who": source.name if source else score.issuer,
            "words": score.words,
            "interval90": None,
        }
        spread = {"low": score.range.low, "high": score.range.high, "brier_range": score.brier_range}
        found.append({**common, **spread, "forecaster": SOURCES, "p": score.range.middle})
        found.append({**common, "forecaster": COIN, "p": 0.5})
        found += [{**common, "forecaster": name, "p": p} for name, p in _beside(case, rows[score.forecast], lines)]
    records = [
        {"case": case.name, "issuer": row.issuer, "class": row.issuer_class, "n": row.scored,
         "brier": row.brier_mean, "brier_shrunk": row.brier_shrunk}
        for row in issuer_records(pack, scores)
    ]  # fmt: skip
    return found, records


def _beside(case: Case, said: Forecast, lines: Sequence[Frozen]) -> list[tuple[str, float]]:
    """Our forecast, and its base rate, of the question about the same events by the same day, if one was frozen."""
    events = ALIKE.get(said.event_class)
    near = {q.id for q in case.spec.questions if q.by == said.resolve_at and events and set(q.event) == set(events)}
    for line in lines:
        for row in line.content["questions"]:
            if row["id"] in near:
                return [(f"{line.content['forecaster']}, nearest question", row["p"]), (BASE, row["base_rate"])]
    return []
