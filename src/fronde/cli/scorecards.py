"""A scorecard as plain tables: misses first, then who did how well, reliability with counts, and coverage."""

from collections.abc import Mapping
from typing import Any

import click

from fronde.cli import tables

MISSES = 12


def _figure(value: Any, digits: int = 3) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def _with(value: Any, interval: Any, digits: int = 3) -> str:
    shown = _figure(value, digits)
    return f"{shown} ({interval[0]:.{digits}f} to {interval[1]:.{digits}f})" if interval else shown


def show_card(card: Mapping[str, Any]) -> None:
    """All parts of a scorecard that there are."""
    if "items" in card:
        _statements(card)
    for table in card.get("panels", ()):
        _panel(table)


def _statements(card: Mapping[str, Any]) -> None:
    click.echo(
        f"{card['resolved']} statements resolved, {card['open']} open, outcomes as known on {card['known_by']}\n"
    )
    done = [row for row in card["items"] if row["log"] is not None and row["forecaster"] != "coin"]
    if done:
        shown = [
            (_figure(row["log"]), _figure(row["brier"]), f"{row['p']:.3f}", row["state"],
             row["who"] if row["forecaster"] == "sources" else row["forecaster"], row["case"], row["text"])
            for row in done[:MISSES]
        ]  # fmt: skip
        click.echo("misses first")
        click.echo(tables.table(("log", "Brier", "p", "came", "said by", "case", "statement"), shown, left=7) + "\n")
        lines = [
            (row["forecaster"], str(row["n"]), str(row["came"]), _with(row["log"], row["log90"]),
             _with(row["brier"], row["brier90"]))
            for row in card["forecasters"]
        ]  # fmt: skip
        click.echo(tables.table(("forecaster", "n", "came", "log score", "Brier"), lines, left=1) + "\n")
    for row in card["against"]:
        click.echo(f"{row['ours']} against {row['other']}: {_with(row['gain'], row['gain90'])} nats on {row['n']}")
    for found in card["reliability"]:
        parts = ", ".join(f"{name} {value:.3f}" for name, value in found["murphy"].items())
        click.echo(f"\n{found['forecaster']}: {parts}")
        bins = [(_figure(b["p"], 2), _figure(b["observed"], 2), f"{b['came']} of {b['n']}") for b in found["bins"]]
        click.echo(tables.table(("said", "came", "count"), bins, left=0))
    if held := card["coverage"]:
        click.echo(
            f"\ncounts: {held['n']} ({held['n_some']} that could be more than 0); 50% intervals held "
            f"{_figure(held['in50_some'], 2)}, 90% {_figure(held['in90_some'], 2)}; CRPS {_figure(held['crps'])}, "
            f"base rate {_figure(held['crps_base'])}"
        )
    for row in card["dates"]:
        click.echo(
            f"date of `{row['event']}`: came {row['came'] or 'not'}, p {row['p']:.3f}, CRPS {row['crps']:.1f} days"
        )
    for case in card["cases"]:
        _base_rates(case)


def _base_rates(case: Mapping[str, Any]) -> None:
    for event, rate in case["base_rates"].items():
        times = rate.get("multiplier")
        moved = "" if times is None else f"; the forecast is {times:.2f} times that hazard"
        click.echo(
            f"{case['case']}: base rate of `{event}` {100 * rate['annual']:.1f}% a year "
            f"({rate['outcome']} in such country-years){moved}"
        )


def _panel(table: Mapping[str, Any]) -> None:
    first, last = table["years"]
    click.echo(f"\n{table['outcome']} by {table['unit']}, {table['rows']}, {first}-{last}")
    lines = [
        (row["forecaster"], str(row["n"]), str(row["came"]), _with(row["log"], row["log90"], 5),
         _with(row["ap"], row["ap90"]), _with(row["top10"], row["top1090"], 2), _with(row["slope"], row["slope90"], 2))
        for row in table["lines"]
    ]  # fmt: skip
    head = ("forecaster", "n", "came", "log score", "AUC-PR", "top-decile recall", "slope")
    click.echo(tables.table(head, lines, left=1))
