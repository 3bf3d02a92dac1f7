"""The `country` block: what hazard models know a country by, at the onset, from the panels, with its sources."""

import math
from functools import cache
from pathlib import Path
from typing import Any

from fronde.hazard.panel import Panel, read_panel
from history.plans import Plan

SOURCE = (
    "REIGN (Bell, Besaw, Frank 2021), Powell and Thyne (2022-11), UCDP/PRIO 22.1 and World Bank (CC BY 4.0), V-Dem v15 "
    "(CC BY-SA 4.0): single figures of country {ccode} (COW), {year}-{month:02d}"
)
COLUMNS = (
    "months_since_attempt", "attempts_60m", "age", "military_career", "regime_months", "ln_gdppc_l1", "growth_l1",
    "ln_pop_l1", "polyarchy_l1", "civil_l1", "interstate_l1",
)  # fmt: skip


@cache
def _panel(data: Path) -> Panel:
    return read_panel(data, "month")


def block(plan: Plan, data: Path) -> str:
    """One line of case.yaml: `row` of the plan names a row of the panel, `only` its columns; the rest is its own."""
    given: dict[str, Any] = dict(plan.plan["country"])
    values: dict[str, Any] = {}
    if "row" in given:
        ccode, year, month = given.pop("row")
        panel, wanted = _panel(data), given.pop("only", COLUMNS)
        place = panel.key().index((ccode, year, month))
        values["regime_type"] = str(panel.texts["regime_type"][place])
        values |= {name: float(panel.numbers[name][place]) for name in wanted}
        values = {name: value for name, value in values.items() if isinstance(value, str) or math.isfinite(value)}
        given.setdefault("source", SOURCE.format(ccode=ccode, year=year, month=month))
    values |= given
    inside = ", ".join(f"{name}: {_shown(value)}" for name, value in values.items())
    return f"country: {{{inside}}}"


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return f"{value:g}"
