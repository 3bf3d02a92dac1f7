"""Chart specifications: the same input gives the same one, and every one draws."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from fronde.charts import fan, records, tables
from fronde.charts.chart import DARK, LIGHT, Chart

GOLDEN = Path(__file__).parent / "golden"
LEVELS = ("q05", "q25", "q50", "q75", "q95")
DATES = ["2030-01-05", "2030-01-12", "2030-01-19"]


def course(shift: float, observed: list | None = None) -> dict:
    found: dict = {"dates": DATES}
    for k, key in enumerate(LEVELS):
        found[key] = [shift + k * step for step in range(3)]
    return {**found, **({"observed": observed} if observed else {})}


def difference(title: str, scenario: str, mean: float) -> dict:
    spread = {"q05": mean - 2, "q25": mean - 1, "q50": mean, "q75": mean + 1, "q95": mean + 2}
    return {"quantity": title, "title": title, "scenario": scenario, "mean": mean, **spread}


CHARTS: dict[str, Callable[[], Chart]] = {
    "fan": lambda: fan.fan(
        "Left",
        [("Guard", {"baseline": course(0, [0, 1, None]), "levers": course(1)}), ("Houses", {"baseline": course(2)})],
        as_of="2030-01-12",
    ),
    "matrix": lambda: tables.matrix("P", [{"group": "Guard", "act": "Leave", "p": 0.2, "low": 0.1, "high": 0.3}]),
    "differences": lambda: tables.differences("D", [difference("people leave", "levers", 1.5)]),
    "still": lambda: tables.differences("D", [difference("people leave", "levers", 0.0) | dict.fromkeys(LEVELS, 0.0)]),
    "intervals": lambda: tables.intervals(
        "Q", [{"title": "Does it?", "by": DATES[0], "p": 0.4, "low": 0.1, "high": 0.7, "base": 0.3}]
    ),
    "contraction": lambda: tables.contraction("C", [{"name": "a.b", "unit": "1", "contraction": 0.4}]),
    "options": lambda: tables.options(
        "O", [{"title": "Crackdown", "dates": DATES, "p": [0.1] * 3, "base": [0.05] * 3}]
    ),
    "timeline": lambda: records.timeline(
        "T", [{"date": DATES[0], "group": "Guard", "title": "<b>", "id": "V01", "direction": "up", "weight": 0.4}]
    ),
    "reliability": lambda: records.reliability(
        "R", [{"forecast": 0.2, "observed": 0.25, "n": 12, "low": 0.1, "high": 0.45}]
    ),
}


@pytest.mark.parametrize("name", CHARTS)
def test_specification_is_the_one_on_record(name: str) -> None:
    """Delete a golden file and run once to record it again; a change of one shows in review."""
    found = json.dumps(CHARTS[name]().spec(), indent=1, ensure_ascii=False) + "\n"
    path = GOLDEN / f"{name}.vl.json"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
        pytest.fail(f"{path} was missing and has been written; look at it and commit it")
    assert found == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("value", "top"), [(0.9, 1.0), (1.0, 1.0), (1.2, 1.5), (17, 20), (31, 40), (0.031, 0.04), (95, 100)]
)
def test_a_scale_ends_on_a_round_number(value: float, top: float) -> None:
    assert fan.rounded_up(value) == pytest.approx(top)


@pytest.mark.parametrize("name", CHARTS)
def test_no_colour_name_is_left_and_table_fits_its_columns(name: str) -> None:
    chart = CHARTS[name]()
    for dark in (False, True):
        assert '"@' not in json.dumps(chart.spec(dark=dark))
    assert chart.rows
    assert {len(row) for row in chart.rows} == {len(chart.columns)}


@pytest.mark.parametrize("name", CHARTS)
def test_renders_to_svg(name: str) -> None:
    converter = pytest.importorskip("vl_convert", reason="static export needs the extra `export`")
    svg = converter.vegalite_to_svg(CHARTS[name]().spec())
    assert svg.startswith("<svg")
    assert "<b>" not in svg


def test_palettes_name_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()


def test_panels_of_a_fan_share_one_scale_and_hold_every_value() -> None:
    chart = CHARTS["fan"]()
    domains = {json.dumps(layer["encoding"]["y"]["scale"]["domain"])
               for panel in chart.panels for layer in panel["layer"] if "y" in layer["encoding"]}  # fmt: skip
    assert domains == {"[0.0, 10.0]"}
    assert len(chart.rows) == 9


def test_a_fifth_scenario_is_refused() -> None:
    by = {f"scenario {k}": course(k) for k in range(5)}
    with pytest.raises(ValueError, match="at most 4"):
        fan.fan("x", [("Guard", by)])
