"""What would change the picture: paired differences of variants; and the patterns the model ought to show."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from fronde.report.frame import Section, section
from fronde.report.html import Html, el, join
from fronde.report.read import number, rows
from fronde.report.scales import Scale
from fronde.report.tables import Column, axis, bar, bar_scale, missing, stacked
from fronde.report.words import NONE, between, capital, decimals_for, difference, fixed, minus, percent

EVENTS = ("attempt", "removed")  # quantities that are chances: shown in percentage points
NORMAL_90 = 1.645  # half width of a 90% interval in standard errors
Difference = tuple[str, Mapping[str, Any]]


def variants_data(summary: Mapping[str, Any]) -> dict[str, list[Difference]]:
    """Differences by quantity, so that all variants of one quantity share a scale."""
    found: dict[str, list[Difference]] = {}
    for variant in rows(summary, "variants"):
        name = str(variant.get("title") or variant.get("id") or "")
        for row in rows(variant, "differences"):
            found.setdefault(str(row.get("title") or row.get("quantity") or ""), []).append((name, row))
    return found


def variants(summary: Mapping[str, Any]) -> Section:
    """Each quantity with the paired difference of every variant."""
    found = variants_data(summary)
    title = "What would change it"
    if not found:
        return section("variants", title, "Variants", "", missing())
    lead = (
        "Difference to the baseline by the end of the horizon, run by run with the same chance. Bar: 50 and 90% "
        "interval of the difference over runs (for chances: of their mean); tick: mean; thin rule: no "
        "difference. Bold where the 90% interval leaves out zero."
    )
    asked = (
        el("li", el("b", row.get("title") or row.get("id")), ": ", row.get("asks")) for row in rows(summary, "variants")
    )
    parts = (_quantity(name, pairs) for name, pairs in found.items())
    return section(
        "variants", title, "Variants", lead, el("ul", *asked, class_="asks"), el("div", *parts, class_="pairs")
    )


def _chance(row: Mapping[str, Any]) -> bool:
    return row.get("unit") == "probability" or row.get("quantity") in EVENTS


def _spread(row: Mapping[str, Any]) -> tuple[float, float] | None:
    """90% interval: of the difference run by run; of a chance, whose runs are yes or no, that of the mean."""
    mean, error = number(row.get("mean")), number(row.get("se"))
    if _chance(row) and mean is not None and error is not None:
        return mean - NORMAL_90 * error, mean + NORMAL_90 * error
    low, high = number(row.get("q05")), number(row.get("q95"))
    return None if low is None or high is None else (low, high)


def _quantity(name: str, pairs: list[Difference]) -> Html:
    ends = [abs(end) for _, row in pairs for end in _spread(row) or ()]
    reach = max([*ends, *(abs(number(row.get("mean")) or 0.0) for _, row in pairs)], default=0.0) or 1.0
    share = all(_chance(row) for _, row in pairs)
    places = decimals_for(reach * 100 if share else reach)
    shown = partial(difference, decimals=places, share=share)
    level: Callable[[object], str] = percent if share else partial(fixed, decimals=places)
    columns = (
        Column("Variant"),
        Column(axis(shown(-reach), shown(reach), "0"), "bar"),
        Column("Points (90%)" if share else "Difference (90%)", "number"),
    )
    body = [_difference(variant, row, bar_scale(-reach, reach), shown) for variant, row in pairs]
    start = el("span", f" baseline {level(pairs[0][1].get('baseline'))}", class_="small")
    head = el("h3", capital(re.sub(r"(?<=\d)\.\.(?=\d)", " to ", name)), start)
    if all(row.get("mean") == 0 and _spread(row) == (0, 0) for _, row in pairs):
        return el("div", head, el("p", "The same in every pair of runs, whatever the variant.", class_="note"))
    return el("div", head, el("figure", stacked(columns, body, f"{name}: differences to the baseline")))


def _difference(
    variant: str, row: Mapping[str, Any], scale: Scale, shown: Callable[[object], str]
) -> tuple[object, ...]:
    outer, low, high = _spread(row), number(row.get("q25")), number(row.get("q75"))
    inner = None if low is None or high is None or (_chance(row) and number(row.get("se")) is not None) else (low, high)
    drawn = bar(scale, outer, inner, number(row.get("mean")), zero=0.0)
    clear = outer is not None and (outer[0] > 0 or outer[1] < 0)
    mean = shown(row.get("mean"))
    ends = NONE if outer is None else between(*outer, shown=shown)
    return variant, drawn, join((el("b", mean) if clear else mean, f" ({ends})"))


def patterns(summary: Mapping[str, Any]) -> Section:
    """The patterns of the case: which ones the model shows."""
    found = rows(summary, "patterns")
    title = "Does the model show what is known?"
    if not found:
        return section("patterns", title, "Patterns", "", missing())
    held = sum(row.get("holds") is True for row in found)
    lead = (
        f"{held} of {len(found)} patterns hold. A pattern is a regularity that was reported or is known of such cases; "
        "the share of the model's histories up to the as-of date that show it stands beside it. Misses are listed "
        "first, with what the model shows instead."
    )
    columns = (
        Column("Pattern"),
        Column("Holds"),
        Column("Measured as"),
        Column(axis("0%", "100%"), "bar"),
        Column("Histories", "number"),
    )
    order = sorted(found, key=lambda row: row.get("holds") is True)
    body = [_pattern(row) for row in order]
    return section("patterns", title, "Patterns", lead, el("figure", stacked(columns, body, "Patterns of the case")))


def _pattern(row: Mapping[str, Any]) -> tuple[object, ...]:
    share, holds = number(row.get("p")), row.get("holds")
    verdict = "✓ yes" if holds is True else "✗ no" if holds is False else "–"
    drawn = bar(bar_scale(0.0, 1.0), None if share is None else (0.0, share))
    number_ = f"{row['n']}. " if number(row.get("n")) is not None else ""
    return (
        f"{number_}{row.get('text') or ''}",
        el("span", verdict, class_="good" if holds is True else "poor"),
        minus(str(row.get("measured") or NONE)).replace(") %", ")%"),
        drawn,
        percent(share),
    )
