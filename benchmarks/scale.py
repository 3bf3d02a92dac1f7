"""Cost of one actor and step as actors, ties, steps and runs grow: a table, and docs/images/scale.svg.

`python benchmarks/table.py scale`; the picture needs the extra `export`. A linear cost is a level line.
"""

from pathlib import Path

from timing import least, simulating
from workload import synthetic

from fronde.charts.chart import Chart, values

PICTURE = Path(__file__).parents[1] / "docs" / "images" / "scale.svg"
WHAT = {
    "actors": "12 ties, 8 steps, 16 runs",
    "ties": "1000 actors, 16 steps, 32 runs",
    "steps": "300 actors, 12 ties, 32 runs",
    "runs": "300 actors, 12 ties, 26 steps",
}
Row = tuple[str, int, float]


def measured(rounds: int = 3) -> list[Row]:
    """What grows, its size, and ns an actor-step."""
    cases = [
        *(("actors", n, (n, 12, 8), 16) for n in (300, 1000, 3000, 10_000, 30_000, 100_000)),
        *(("ties", k, (1000, k, 16), 32) for k in (1, 3, 12, 48)),
        *(("steps", t, (300, 12, t), 32) for t in (13, 52, 208, 832)),
        *(("runs", r, (300, 12, 26), r) for r in (16, 64, 256, 1024, 4096)),
    ]
    simulating(synthetic(20, steps=2), 16)()
    found = []
    for what, size, (actors, ties, steps), runs in cases:
        took = least({"x": simulating(synthetic(actors, ties, steps), runs)}, rounds)["x"]
        found.append((what, size, 1e9 * took / (actors * steps * runs)))
    return found


def table(rows: list[Row]) -> str:
    """The rows as Markdown."""
    lines = ["| what grows | ns at each size |", "|---|---|"]
    for what, rest in WHAT.items():
        cells = ", ".join(f"{size}: {took:.0f}" for name, size, took in rows if name == what)
        lines.append(f"| {what} ({rest}) | {cells} |")
    return "\n".join(lines)


def chart(rows: list[Row]) -> Chart:
    """One panel for each thing that grows, all on one scale."""
    top = 10.0 * (max(took for *_, took in rows) // 10.0 + 1.0)
    panels = []
    for what, rest in WHAT.items():
        points = [{"size": size, "ns": took} for name, size, took in rows if name == what]
        panels.append(
            {
                "title": {"text": what, "subtitle": rest},
                "data": values(points),
                "mark": {"type": "line", "point": {"color": "@base"}, "color": "@base"},
                "encoding": {
                    "x": {"field": "size", "type": "quantitative", "title": None, "scale": {"type": "log"},
                          "axis": {"values": [point["size"] for point in points], "format": "d", "labelOverlap": True}},
                    "y": {"field": "ns", "type": "quantitative", "title": "ns an actor-step",
                          "scale": {"domain": [0, top]}},
                },
            }
        )  # fmt: skip
    heads = ("what grows", "size", "ns an actor-step")
    return Chart("Cost at each size", "Time of one actor and step as the problem grows", tuple(panels), heads,
                 tuple(rows))  # fmt: skip


def draw(rows: list[Row], place: Path = PICTURE) -> None:
    """Write the picture."""
    import vl_convert

    place.write_text(vl_convert.vegalite_to_svg(chart(rows).spec(columns=2, width=300, height=140)), encoding="utf-8")
