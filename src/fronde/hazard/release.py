"""Fit the models that ship, on a user's own copy of the panels.

python -m fronde.hazard.release FOLDER        writes src/fronde/hazard/data/hazard.json anew
"""

import sys
from pathlib import Path

from fronde.hazard.features import features
from fronde.hazard.fit import HALF, LEVEL, C, fit, spread
from fronde.hazard.model import SHIPPED, Release, text_of
from fronde.hazard.panel import OUTCOMES, UNITS, read_panel

SOURCES = (
    "Outcomes and features: Powell and Thyne coups (2022-11), REIGN (Bell, Besaw, Frank 2021), Archigos 4.1 (Goemans "
    "et al. 2009), UCDP/PRIO 22.1 (CC BY 4.0), GDP and population (World Bank, CC BY 4.0, Gleditsch fill-in), V-Dem "
    "v12 and v15 (CC BY-SA 4.0). Only coefficients, means and standard deviations are here, no row of any of them."
)


def release(folder: Path, before: int = 2016) -> Release:
    """All models fitted on the years below `before`."""
    models = []
    hashes: dict[str, str] = {}
    for unit in UNITS:
        panel = read_panel(folder, unit)
        hashes.update(panel.hashes)
        fitted = [fit(panel, outcome, before) for outcome in OUTCOMES]
        if unit == "year":  # those that give cases their base rates
            fitted = [spread(panel, model.outcome, before, model) for model in fitted]
        models += fitted
        assert set(models[-1].columns) <= set(features(panel))
    made = {
        "made_by": "python -m fronde.hazard.release FOLDER",
        "sources": SOURCES,
        "licence": "CC BY-SA 4.0 (adapted from V-Dem, share alike)",
        "fitted": f"years below {before}; ridge C {C}, half-life {HALF:g} years, level of the last {LEVEL} years",
        "files": dict(sorted(hashes.items())),
    }
    return Release(made, tuple(models))


if __name__ == "__main__":
    target = Path(__file__).parent / "data" / SHIPPED
    target.write_text(text_of(release(Path(sys.argv[1]))), encoding="utf-8", newline="\n")
    print(target)
