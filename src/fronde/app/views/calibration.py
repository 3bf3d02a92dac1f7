"""Calibrate: what the evidence taught and whether the sampler can be trusted."""

from typing import Any

from fronde.app.views.desk import Desk
from fronde.charts import tables

POOR = {"good": "All checks of the sampler are good.", "fair": "The sampler is fair; more particles would help."}


def calibration(desk: Desk, run: str) -> dict[str, Any]:
    """`calibration.json` with its sentence and chart."""
    found = desk.run(run).calibration
    worst = max((row["verdict"] for row in found["diagnostics"]), key=("good", "fair", "poor").index, default="good")
    title = "How much the evidence narrowed each parameter"
    learned = tables.contraction(title, found["posterior"], description=f"{title}: the twenty it narrowed most")
    informed = sum(row["contraction"] >= 0.1 for row in found["posterior"])
    verdict = POOR.get(worst, "At least one check of the sampler is poor: read the diagnostics before the forecast.")
    narrowed = f"The evidence narrows {informed} of {len(found['posterior'])} parameters by a tenth or more."
    return {
        "run": run,
        "case": found["case"],
        "as_of": found["as_of"],
        "particles": found["particles"],
        "steps": found["steps"],
        "lede": f"{verdict} {narrowed}",
        "diagnostics": found["diagnostics"],
        "learned": learned.as_dict(),
        "evidence": found["evidence"],
        "assumptions": found["assumptions"],
    }
