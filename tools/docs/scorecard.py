"""Write docs/scorecard.md from what `fronde score` printed, and the best simple models that lie beside the panels.

fronde score --panels FOLDER --json > rolling.json
fronde score russia-2022 --json > case.json
python tools/docs/scorecard.py rolling.json case.json --baselines FOLDER/baseline_scores_to_2015.csv
"""

import argparse
import csv
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "scorecard.md"
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


def case(card: dict) -> str:
    """The scorecard of cases."""
    about = card["cases"]
    days = len({(row["case"], row["by"]) for row in card["items"] if row["log"] is not None})
    lines = [f"\n## Cases\n\n{card['resolved']} statements resolved, {card['open']} open "
             f"({', '.join(row['case'] for row in about)}). What one day decides is one event: the resolved statements "
             f"hang on {days} day(s).\n"]  # fmt: skip
    done = [row for row in card["items"] if row["log"] is not None and row["forecaster"] != "coin"]
    rows = [
        [row["text"], row["who"] if row["forecaster"] == "sources" else row["forecaster"], f"{row['p']:.3f}",
         row["state"], f"{row['log']:.2f}", f"{row['brier']:.3f}"]
        for row in done[:15]
    ]  # fmt: skip
    lines.append("Misses first:\n\n" + table(["statement", "said by", "p", "came", "log", "Brier"], rows))
    rows = [[row["forecaster"], str(row["n"]), str(row["came"]), span(row, "log", 3), span(row, "brier", 3)]
            for row in card["forecasters"]]  # fmt: skip
    lines.append(table(["forecaster", "n", "came", "log score", "Brier"], rows))
    for found in card["reliability"]:
        parts = ", ".join(f"{name} {value:.3f}" for name, value in found["murphy"].items())
        bins = "; ".join(f"said {each['p']:.2f}, {each['came']} of {each['n']} came" for each in found["bins"])
        lines.append(f"- {found['forecaster']}: {bins}. Murphy: {parts}.")
    if held := card["coverage"]:
        lines.append(
            f"\nCounts: {held['n']}, of which {held['n_some']} could be more than 0; of these {held['in50_some']:.2f} "
            f"lay in their 50 % and {held['in90_some']:.2f} in their 90 % intervals. CRPS {held['crps']:.3f}, "
            f"base rate {held['crps_base']:.3f}."
        )
    rows = [
        [row["case"], event, f"{100 * rate['annual']:.1f} %", rate["outcome"],
         f"{rate['multiplier']:.2f}" if rate.get("multiplier") else "–"]
        for row in about for event, rate in row["base_rates"].items()
    ]  # fmt: skip
    lines.append("\nBase rates, and by how much the forecast's mean hazard departs from them:\n\n"
                 + table(["case", "event", "a year", "outcome modelled", "multiplier"], rows))  # fmt: skip
    return "\n".join(lines)


def main() -> None:
    """Write the page and the score table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rolling", type=Path)
    parser.add_argument("case", type=Path)
    parser.add_argument("--baselines", type=Path)
    given = parser.parse_args()
    panels = json.loads(given.rolling.read_text(encoding="utf-8"))["panels"]
    text = HEAD + "".join(panel(found, simple_models(given.baselines, found)) for found in panels)
    text += case(json.loads(given.case.read_text(encoding="utf-8")))
    PAGE.write_text(text, encoding="utf-8", newline="\n")
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
