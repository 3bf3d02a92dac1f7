"""What the evidence taught: posterior against prior for each parameter."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from fronde.report.frame import Section, key, section
from fronde.report.html import Html, el, join
from fronde.report.read import number, quantiles, rows
from fronde.report.tables import Column, bar, bar_scale, missing, stacked, table
from fronde.report.words import NONE, between, capital, decimals_for, fixed, percent, plain

SHOWN = 25  # best informed parameters drawn; all of them stand in tables by mechanism
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
        "took away; below zero where the posterior came out wider. "
        f"{f'The {SHOWN} best informed of {len(found)} are drawn.' if len(found) > SHOWN else ''}"
    )
    columns = (
        Column("Parameter"),
        Column("Posterior and prior", "bar"),
        Column("Median", "number"),
        Column("90%", "number"),
        Column("Prior 90%", "number"),
        Column("Contraction", "number"),
    )
    body = [_row(row, drawn=True) for row in found[:SHOWN]]
    made = stacked(columns, body, "Best informed parameters, posterior against prior")
    return section(
        "posterior",
        title,
        "Posterior and prior",
        lead,
        key(("b50", "50% interval"), ("b90", "90% interval"), ("tick", "median"), ("prior", "prior 90%")),
        _uninformed(found),
        el("figure", made, _by_mechanism(found)),
    )


def _by_mechanism(found: list[Mapping[str, Any]]) -> Html:
    """Every parameter in a table of its mechanism, in the order of the alphabet."""
    columns = (
        Column("Parameter"),
        Column("Unit"),
        Column("Median", "number"),
        Column("90%", "number"),
        Column("Prior 90%", "number"),
        Column("Contraction", "number"),
        Column("Source"),
    )
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for row in sorted(found, key=lambda row: (str(row.get("mechanism") or "other"), str(row.get("name")))):
        groups.setdefault(str(row.get("mechanism") or "other").replace("_", " "), []).append(row)
    told = (
        el(
            "details",
            el("summary", f"{capital(name)} ({len(rows_)})"),
            table(columns, [_row(row, drawn=False) for row in rows_], f"Parameters of {name}"),
        )
        for name, rows_ in groups.items()
    )
    return el("details", el("summary", f"Show all {len(found)} parameters by mechanism"), *told, class_="twin nested")


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
    unit = str(row.get("unit") or "")
    unit = "" if unit == "1" else unit.replace("..", " to ")
    name = el("code", row.get("name"))
    shown = _alike(after, before)
    numbers = (
        shown(known.get("q50")),
        between(known.get("q05"), known.get("q95"), shown),
        between((before or {}).get("q05"), (before or {}).get("q95"), shown),
        percent_of(row.get("contraction")),
    )
    if not drawn:
        return (name, unit or NONE, *numbers, row.get("source"))
    return (join((name, " ", el("span", unit, class_="small"))), _bar(before, after), *numbers)


def _alike(after: dict[str, float] | None, before: dict[str, float] | None) -> Callable[[object], str]:
    """One way to write the numbers of a row: enough decimals to see its shorter interval."""
    widths = [found["q95"] - found["q05"] for found in (after, before) if found]
    places = decimals_for(min(widths, default=0.0))
    largest = max((abs(found[end]) for found in (after, before) if found for end in ("q05", "q95")), default=0.0)
    return plain if largest >= 1e6 or places > 5 else partial(fixed, decimals=places)


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
