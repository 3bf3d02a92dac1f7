"""Write docs/scorecard.md: base rates from `fronde score --panels`, cases from `fronde score --backtest`.

fronde score --panels FOLDER --json > rolling.json
fronde score --backtest --lean --particles 128 --json > backtest.json
python tools/docs/scorecard.py --backtest backtest.json --panels rolling.json \\
    --baselines FOLDER/baseline_scores_to_2015.csv

A part whose input is left out stays as it is. The backtest is kept, shortened, in docs/measured/scorecard.json, which
may be given as `--backtest` again for the same page; the diagram needs vl-convert.
"""

import argparse
import csv
import json
import math
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "scorecard.md"
KEPT = ROOT / "docs" / "measured" / "scorecard.json"
DRAWN = ROOT / "docs" / "images" / "reliability.svg"
HEADING = "## Cases\n"
OURS, LEANING = "Fronde", "Fronde, leaning on other cases"
ORDER = (OURS, LEANING, "base rate of the case", "persistence", "self-exciting process", "survival regression",
         "hazard of such countries")  # fmt: skip
SCORES = ROOT / "src" / "fronde" / "hazard" / "data" / "scores.csv"
SIMPLE = ("hist", "logit_small", "logit", "gbm")
COLUMNS = ("unit", "outcome", "rows", "forecaster", "n", "came", "log", "log90", "ap", "ap90", "top10", "top1090",
           "slope", "slope90", "auc", "brier", "expected")  # fmt: skip

HEAD = """# Scorecard

Written by `python tools/docs/scorecard.py`; the commands that make its input stand at its top. Less is better for log
score [nats] and Brier, more for the area under precision-recall (AUC-PR) and the recall of the top decile; a
calibration slope of 1 is perfect. Intervals are 90 %, by drawing whole countries. Brier hardly tells forecasts of such
rare things apart.

## Base rates: coup attempts and irregular exits

Rolling origin: each year is forecast by a model that saw only the years before it. "Best simple" is the best log score
of four quick models (coup history only, two logits, boosted trees) refitted every five years on the same rows. Rows of
published forecasts are those that the panel and the publication share; outcomes are the panel's.
"""

CASES = """
Rolling origin over every case and question: {cases} cases asked on {dates} dates, each question as many days ahead
as at first; {resolved} statements resolved, {open} open. Each forecast was frozen with its hash before any outcome was
read. Made by

```sh
fronde score --backtest --lean --particles 128 --json > backtest.json
python tools/docs/scorecard.py --backtest backtest.json
```

The numbers, with every probability, are in `measured/scorecard.json`. "Fronde" is the case's own posterior, as
`fronde forecast` gives it; "leaning" adds what the cases of history other than the one asked taught, as the
self-exciting process and the survival regression have it too. Statements of one case hang together, so intervals
resample whole cases. Sources' forecasts and the hazard of such countries answer few statements;
[What history says](history.md) compares counts on dates that shocks fix, case by case.

"""
RATES = """
### Base rates

Chance a year in such countries with its 90 % interval over resampled countries, and the factor by which the forecast's
hazard departs from it: bounded at 8 either way, one run weighed in, near 1 where the window is too short for runs to
tell. The flagship keeps its own rate of attempts (4.3 % a year), so its factor holds that choice too.

"""


def span(row: dict, key: str, digits: int) -> str:
    """A figure with its interval."""
    value, ends = row[key], row.get(f"{key}90")
    shown = "–" if value is None else f"{value:.{digits}f}"
    return f"{shown} ({ends[0]:.{digits}f} to {ends[1]:.{digits}f})" if ends else shown


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(cells) + " |" for cells in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines) + "\n"


def panel(found: dict, simple: dict[str, dict]) -> str:
    """One set of rows."""
    rows = [
        [line["forecaster"], span(line, "log", 5), span(line, "ap", 3), span(line, "top10", 2), span(line, "slope", 2),
         f"{line['auc']:.3f}", f"{line['brier']:.5f}", f"{line['came']} / {line['expected']:.0f}"]
        for line in found["lines"]
    ]  # fmt: skip
    near = [row for row in simple.values() if int(row["n"]) == found["lines"][0]["n"]]
    if near and found["rows"] in ("all", "autocracies"):
        best = min(near, key=lambda row: float(row["logloss"]))
        shown = {"logloss": 5, "ap": 3, "top10_recall": 2, "cal_slope": 2, "auc": 3, "brier": 5}
        cells = [f"{float(best[key]):.{digits}f}" for key, digits in shown.items()]
        rows.insert(1, [f"best simple ({best['model']})", *cells, best["pos"]])
    first, last = found["years"]
    what = f"{found['outcome'].replace('_', ' ')} by {found['unit']}, {found['rows']}, {first}-{last}"
    head = ["forecaster", "log score", "AUC-PR", "top decile", "slope", "AUC", "Brier", "came / expected"]
    return f"\n**{what}**, {found['lines'][0]['n']} rows\n\n{table(head, rows)}"


def simple_models(path: Path | None, found: dict) -> dict[str, dict]:
    """Rows of the quick models for the same unit, outcome and set of countries."""
    if path is None:
        return {}
    name = f"{found['unit']} rolling 1975-2015 {found['outcome']} {found['rows']}"
    with path.open(encoding="utf-8") as stream:
        return {row["model"]: row for row in csv.DictReader(stream) if row["test"] == name and row["model"] in SIMPLE}


def shortened(card: dict) -> dict:
    """What the page needs of a backtest, with every probability; statements in rows, forecasters in columns."""
    if "statements" in card:
        return card
    found: dict[tuple, dict] = {}
    for row in card["items"]:
        key = tuple(row[name] for name in ("case", "id", "as_of"))
        line = found.setdefault(key, {name: row[name] for name in ("case", "id", "as_of", "by", "state", "text")})
        line.setdefault("p", {})[row.get("who") or row["forecaster"]] = round(row["p"], 4)
        line.setdefault("sha256", row.get("sha256", "")[:12])
    kept = ("known_by", "resolved", "open", "forecasters", "against", "reliability", "standings", "coverage")
    about = [{key: row[key] for key in ("case", "as_of", "base_rates")} for row in card["cases"]]
    lines = [line for line in found.values() if line["state"] in ("yes", "no")]
    return json.loads(json.dumps({**{key: card[key] for key in kept}, "cases": about, "statements": lines}),
                      parse_float=lambda text: float(f"{float(text):.4g}"))  # fmt: skip


def misses(card: dict, most: int = 20) -> str:
    """The statements with the largest log score of ours, with what others had said."""

    def log(line: dict) -> float:
        p = line["p"][OURS]
        return -math.log(p if line["state"] == "yes" else 1.0 - p)

    lines = sorted((line for line in card["statements"] if OURS in line["p"]), key=lambda line: -log(line))[:most]
    shown = [name for name in ORDER if any(name in line["p"] for line in lines)]
    rows = [
        [line["case"], line["as_of"].replace("T", " "), line["text"], line["state"], f"{log(line):.2f}",
         *(f"{line['p'][name]:.2f}" if name in line["p"] else "" for name in shown)]
        for line in lines
    ]  # fmt: skip
    return table(["case", "asked on", "statement", "came", "log score", *shown], rows)


def case(card: dict) -> str:
    """The scorecard of cases."""
    dates = len({(line["case"], line["as_of"]) for line in card["statements"]})
    cases = len({line["case"] for line in card["statements"]})
    lines = [CASES.format(resolved=card["resolved"], open=card["open"], dates=dates, cases=cases),
             "### Misses first\n\nThe worst surprises of ours, and what others said:\n", misses(card)]  # fmt: skip
    rows = [[row["forecaster"], str(row["n"]), str(row["came"]), span(row, "log", 3), span(row, "brier", 3)]
            for row in card["forecasters"]]  # fmt: skip
    coin = next(row["log"] for row in card["forecasters"] if row["forecaster"] == "coin")
    better = [row["forecaster"] for row in card["forecasters"] if row["log"] < coin and row["log90"]]
    lines.append("### Statements\n\nAhead of a coin in mean log score, of those who answered all questions: "
                 f"{', '.join(better) or 'nobody'}.\n")  # fmt: skip
    lines.append(table(["forecaster", "n", "came", "log score", "Brier"], rows))
    rows = [[row["ours"], row["other"], str(row["n"]), span(row, "gain", 3)] for row in card["against"]
            if row["ours"] in (OURS, LEANING)]  # fmt: skip
    lines.append("On what both answered, theirs minus ours in nats; above 0 is in our favour:\n\n"
                 + table(["ours", "against", "n", "gain"], rows))  # fmt: skip
    rows = [[row["forecaster"], str(row["n"]), f"{row['crps']:.2f}", f"{row['in50']:.2f}", f"{row['in90']:.2f}"]
            for row in card["standings"]]  # fmt: skip
    lines.append("### Counts\n\nHow many more depart, all groups together; .50 and .90 inside are right:\n\n"
                 + table(["forecaster", "counts", "CRPS, acts", "inside 50 %", "inside 90 %"], rows))  # fmt: skip
    lines.append("### Reliability\n\n![What was said against the share that came, one diagram a forecaster, counts "
                 "beside the dots](images/reliability.svg)\n")  # fmt: skip
    for found in card["reliability"]:
        if found["forecaster"] in ORDER:
            parts = ", ".join(f"{name} {value:.3f}" for name, value in found["murphy"].items())
            bins = "; ".join(f"{each['p']:.2f}: {each['came']} of {each['n']}" for each in found["bins"])
            lines.append(f"- {found['forecaster']}, said and came: {bins}. Murphy: {parts}.")
    rows = [
        [row["case"], event, f"{100 * rate['annual']:.1f} % ({100 * rate['annual90'][0]:.1f} to "
         f"{100 * rate['annual90'][1]:.1f})", rate["outcome"].replace("_", " "), factor(rate)]
        for row in card["cases"] for event, rate in row["base_rates"].items()
    ]  # fmt: skip
    lines.append(RATES + table(["case", "event", "a year", "outcome modelled", "factor"], rows))
    return "\n".join(lines)


def factor(rate: dict) -> str:
    """The bounded multiplier, and whether runs could tell."""
    if rate.get("multiplier") is None:
        return "–"
    return f"{rate['multiplier']:.2f}{' (bound)' if rate['at_bound'] else '' if rate['resolved'] else ' (too short)'}"


def picture(card: dict) -> None:
    """docs/images/reliability.svg: one diagram a forecaster."""
    import vl_convert

    from fronde.charts.chart import Chart
    from fronde.charts.records import reliability

    panels, names = [], [name for name in ORDER if any(row["forecaster"] == name for row in card["reliability"])]
    for name in names:
        found = next(row for row in card["reliability"] if row["forecaster"] == name)
        made = reliability(name, [{**row, "forecast": row["p"]} for row in found["bins"]])
        panels.append({**made.panels[0], "title": name})
    spec = Chart("Reliability", "Reliability by forecaster", tuple(panels), (), ()).spec(
        columns=3, width=200, height=200
    )
    DRAWN.write_text(vl_convert.vegalite_to_svg(spec) + "\n", encoding="utf-8", newline="\n")


def main() -> None:
    """Write the page, the picture, the shortened backtest and the score table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--panels", type=Path)
    parser.add_argument("--backtest", type=Path)
    parser.add_argument("--baselines", type=Path)
    given = parser.parse_args()
    before, _, after = PAGE.read_text(encoding="utf-8").partition(HEADING)
    if given.backtest:
        card = shortened(json.loads(given.backtest.read_text(encoding="utf-8")))
        statements = ",\n".join(json.dumps(line) for line in card["statements"])
        whole = json.dumps({**card, "statements": 0}, indent=1).replace(
            '"statements": 0', f'"statements": [\n{statements}\n]'
        )
        KEPT.write_text(whole + "\n", encoding="utf-8", newline="\n")
        picture(card)
        after = case(card)
    if given.panels:
        found = json.loads(given.panels.read_text(encoding="utf-8"))["panels"]
        before = HEAD + "".join(panel(each, simple_models(given.baselines, each)) for each in found) + "\n"
        scores(found)
    PAGE.write_text(before + HEADING + after, encoding="utf-8", newline="\n")


def scores(panels: list[dict]) -> None:
    """The score table that ships beside the models."""
    with SCORES.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        for found in panels:
            for line in found["lines"]:
                plain = {k: " ".join(f"{x:.6g}" for x in v) if isinstance(v, list) else v for k, v in line.items()}
                plain = {k: f"{v:.6g}" if isinstance(v, float) else v for k, v in plain.items()}
                writer.writerow({**{key: found[key] for key in ("unit", "outcome", "rows")}, **plain})


if __name__ == "__main__":
    main()
