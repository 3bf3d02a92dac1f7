"""What moved since the forecast before: which one it is, and what is compared with what."""

import json
import shutil
from datetime import date, timedelta

import numpy as np
import pytest

from fronde.app import pull, service
from fronde.app.views import forecasts
from fronde.app.views.desk import Desk
from fronde.app.work import make_session


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("since") / "runs"
    service.forecast("valdria", session=make_session(folder, 1), particles=32, futures=1)
    return folder


def earlier(runs, target, days, started="2000-01-01T00:00:00+00:00", **other):
    """A copy of the run as if issued some days before, each cell's probability a tenth lower."""
    (first,) = (path for path in runs.iterdir() if (path / "summary.json").is_file())
    shutil.copytree(first, target / first.name)
    shutil.copytree(first, target / "before")

    def shifted(text):
        return (date.fromisoformat(text) - timedelta(days=days)).isoformat()

    path = target / "before" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest |= {"as_of": shifted(manifest["as_of"]), "started_at": started, **other}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    path = target / "before" / "summary.json"
    summary = json.loads(path.read_text(encoding="utf-8"))
    summary["as_of"] = shifted(summary["as_of"])
    for cell in summary["matrix"]["cells"]:
        cell |= {"by": shifted(cell["by"]), "p_any": cell["p_any"] - 0.1}
    summary["questions"][0] |= {"p": 0.5}
    summary["questions"][1] |= {"by": shifted(summary["questions"][1]["by"])}
    path.write_text(json.dumps(summary), encoding="utf-8")
    return Desk(target), first.name


def test_the_first_forecast_has_none_before(runs):
    name = next(path.name for path in runs.iterdir() if (path / "summary.json").is_file())
    assert forecasts.forecast(Desk(runs), name)["previous"] is None


def test_a_forecast_of_an_earlier_day_is_compared_as_many_days_ahead(runs, tmp_path):
    desk, name = earlier(runs, tmp_path, 14, code="older")
    found = forecasts.forecast(desk, name)
    before = found["previous"]
    assert before["run"] == "before"
    assert "as many days ahead" in before["says"]
    assert "the version of Fronde" in before["says"]
    assert len(before["cells"]) == len(found["cells"])
    for cell in found["cells"]:
        then = before["cells"][f"{cell['group']}.{cell['act']}.{cell['by']}"]
        assert then == pytest.approx(cell["p_any"] - 0.1, abs=2e-4)
    first, second = (row["id"] for row in found["questions"][:2])
    assert before["questions"][first] == 0.5
    assert second not in before["questions"]  # asked by another date then
    assert forecasts.forecast(desk, "before")["previous"] is None


def test_another_run_of_the_same_day_is_compared_by_the_same_dates(runs, tmp_path):
    desk, name = earlier(runs, tmp_path, 0, evidence_hash="other")
    says = forecasts.forecast(desk, name)["previous"]["says"]
    assert "of the same day" in says
    assert says.endswith("what differs: the evidence")


def test_cells_have_the_pull_of_their_own_origins(runs):
    name = next(path.name for path in runs.iterdir() if (path / "summary.json").is_file())
    found = forecasts.forecast(Desk(runs), name)["cell_pulls"]
    assert found["cells"]
    for cell in found["cells"].values():
        assert 0 < len(cell["without"]) <= pull.MOST
        assert set(cell["without"]) <= set(found["labels"])
        assert all(abs(p - cell["with"]) >= pull.LEAST * 0.99 for p in cell["without"].values())


def test_the_pull_on_a_cell_is_that_of_the_reweighted_particles():
    p = np.array([1.0, 0.0, 0.0, 0.0])
    kept = [({"id": "a"}, np.array([0.7, 0.1, 0.1, 0.1])), ({"id": "b"}, np.full(4, 0.25)), ({"id": "c"}, None)]
    assert pull.on_cells(kept, {("g", "leave", "2030-01-01"): p}) == [
        {"group": "g", "act": "leave", "by": "2030-01-01", "with": 0.25, "without": {"a": pytest.approx(0.7)}}
    ]
    assert pull.on_cells([({"id": "c"}, None)], {("g", "leave", "2030-01-01"): p}) == []
