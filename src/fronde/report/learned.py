"""What the evidence taught: posterior against prior for each parameter."""

from collections.abc import Mapping
from typing import Any

from fronde.report.frame import Section, key, section
from fronde.report.html import Html, el, join
from fronde.report.read import number, quantiles, rows
from fronde.report.tables import Column, bar, bar_scale, missing, stacked, twin
from fronde.report.words import between, percent, plain

SHOWN = 16  # best informed parameters drawn; the rest stand in the table twin
UNINFORMED = 0.1  # contraction below this: the evidence says next to nothing
REACH = 0.75  # bars show the prior's 90% interval and three quarters of its length on either side of its median


def posterior_data(summary: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Parameters, best informed first; those without quantiles last."""
    found = rows(summary, "posterior")
    return sorted(found, key=lambda row: (-(number(row.get("contraction")) or 0.0), str(row.get("name"))))


def uninformed(found: list[Mapping[str, Any]]) -> list[str]:
    """Names of the parameters that the evidence leaves as they were."""
    return sorted(
        str(row.get("name"))
        for row in found
        if (share := number(row.get("contraction"))) is not None and share < UNINFORMED
    )


def posterior(summary: Mapping[str, Any]) -> Section:
    """Interval plot of posterior against prior, contraction, the uninformed by name."""
    found = posterior_data(summary)
    title = "What the evidence taught the model"
    if not found:
        return section("posterior", title, "Posterior and prior", "", missing())
    lead = (
        "Blue: posterior, 50 and 90% interval, with its median; grey line: prior, 90% interval. Each row is scaled "
        "to its prior, so that lengths compare. Contraction: the share of the prior's variance that the evidence "
        "took away."
    )
    columns = (
        Column("Parameter"),
        Column("Posterior and prior", "bar"),
        Column("Median", "number"),
        Column("90%", "number"),
        Column("Prior 90%", "number"),
        Column("Contraction", "number"),
    )
    body = [_row(row, drawn=True) for row in found]
    made = stacked(columns, body[:SHOWN], "Best informed parameters, posterior against prior")
    plain_columns = (
        Column("Parameter"),
        Column("Mechanism"),
        Column("Unit"),
        Column("Median", "number"),
        Column("90%", "number"),
        Column("Prior 90%", "number"),
        Column("Contraction", "number"),
        Column("Source"),
    )
    every = twin(
        plain_columns,
        [_row(row, drawn=False) for row in found],
        "All parameters",
        words=f"Show all {len(found)} parameters as table",
    )
    return section(
        "posterior",
        title,
        "Posterior and prior",
        lead,
        key(("b50", "50% interval"), ("b90", "90% interval"), ("median", "median"), ("prior", "prior 90%")),
        _uninformed(found),
        el("figure", made, every),
    )


def _uninformed(found: list[Mapping[str, Any]]) -> Html:
    names = uninformed(found)
    if not names:
        return join(())
    said = el(
        "p",
        el("b", f"The evidence says next to nothing about {len(names)} of {len(found)} parameters"),
        f" (contraction below {UNINFORMED * 100:.0f}%); there the prior speaks.",
    )
    named = el("details", el("summary", "Name them"), el("p", el("code", ", ".join(names))), class_="early")
    return join((said, named))


def _row(row: Mapping[str, Any], drawn: bool) -> tuple[object, ...]:
    before, after = quantiles(row.get("prior")), quantiles(row.get("posterior"))
    known = after or {}
    first = (el("code", row.get("name")),)
    middle = (_bar(before, after),) if drawn else (row.get("mechanism"), row.get("unit"))
    numbers = (
        plain(known.get("q50")),
        between(known.get("q05"), known.get("q95")),
        between((before or {}).get("q05"), (before or {}).get("q95")),
        percent_of(row.get("contraction")),
    )
    return (*first, *middle, *numbers) if drawn else (*first, *middle, *numbers, row.get("source"))


def percent_of(share: object) -> str:
    """A share that may well be nothing."""
    found = number(share)
    return percent(None) if found is None else f"{found * 100:.0f}%".replace("-", "−")


def _bar(before: dict[str, float] | None, after: dict[str, float] | None) -> Html:
    if before is None or after is None:
        return join(())
    length = before["q95"] - before["q05"] or 1.0
    scale = bar_scale(before["q50"] - REACH * length, before["q50"] + REACH * length)
    return bar(
        scale,
        (after["q05"], after["q95"]),
        (after["q25"], after["q75"]),
        after["q50"],
        prior=(before["q05"], before["q95"]),
    )
