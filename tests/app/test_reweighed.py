"""One claim more on a finished calibration: re-weighted and said so, exact when taken back, honest when not."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from fronde.app import former, ledger, service
from fronde.app.calibrate import Posterior
from fronde.app.particles import POSTERIOR
from fronde.app.store import RunError
from fronde.scenario.case import SHIPPED

from .conftest import Heard, session

PARTICLES, FUTURES = 64, 2
BYTES = ("forecast.json", "forecast.csv", "summary.json", "calibration.json", "posterior.npz", "results.nc")
CLAIM = {
    "id": "N1", "known_at": "2019-05-10", "report": "rep-4", "origin": "GAZETTE", "text": "Two owners packed",
    "claim_type": "condition", "event_class": "discontent_spread", "group": "council", "reliability": "C",
}  # fmt: skip
HOP = {"id": "N1-0", "claim": "N1", "position": "0", "source": "src-gazette"}


@pytest.fixture(scope="module")
def calibrated(tmp_path_factory):
    """A case of one's own with a finished forecast: (case, runs, run)."""
    base = tmp_path_factory.mktemp("reweighed")
    case = Path(shutil.copytree(SHIPPED / "valdria", base / "valdria"))
    return case, base / "runs", forecast(case, base / "runs")


@pytest.fixture
def mine(calibrated, tmp_path):
    """A copy of it to change."""
    case, runs, run = calibrated
    shutil.copytree(runs, tmp_path / "runs")
    return Path(shutil.copytree(case, tmp_path / "valdria")), tmp_path / "runs", run.id


def forecast(case, runs, heard=None, **more):
    return service.forecast(case, particles=PARTICLES, futures=FUTURES, session=session(runs, heard), **more)


def add(case):
    ledger.propose(case, {"claims": [CLAIM], "hops": [HOP]}, "ann")
    ledger.accept(case, "N1", "ben", "read it")


def test_a_small_change_is_reweighted_and_every_output_says_so(mine):
    case, runs, first = mine
    add(case)
    heard = Heard()
    run = forecast(case, runs, heard, reweigh=True)
    assert "re-weighted from" in heard.text, heard.text
    assert run.id != first
    for found in (run.forecast, run.summary, run.calibration, run.manifest):
        assert found["reweighed"]["from"] == first
        assert 0.05 <= found["reweighed"]["effective_share"] < 1.0
    before = json.loads((runs / first / "forecast.json").read_text())
    assert run.forecast["evidence"]["claims"] == before["evidence"]["claims"] + 1
    assert run.summary["manifest"]["command"].endswith(" --reweigh")
    assert "calibrating" not in run.manifest["timings"]
    assert "re-weighted from" in heard.text
    assert not (run.folder / POSTERIOR).exists()  # nothing later may take it for a calibration
    full = forecast(case, runs)
    assert full.id != run.id
    assert "reweighed" not in full.forecast
    assert "calibrating" in full.manifest["timings"]


def test_retraction_restores_the_former_numbers_exactly(mine):
    case, runs, first = mine
    before = {name: (runs / first / name).read_bytes() for name in BYTES}
    add(case)
    forecast(case, runs, reweigh=True)
    ledger.retract(case, "N1", "the paper took it back", "ann")
    again = forecast(case, runs, reweigh=True)
    assert again.id == first
    assert {name: (again.folder / name).read_bytes() for name in BYTES} == before


def test_the_run_can_be_made_again_from_its_manifest_while_its_calibration_is_there(mine):
    case, runs, first = mine
    add(case)
    run = forecast(case, runs, reweigh=True)
    _, files = service.recreate(run.folder, session(runs))
    assert files
    assert all(files.values())
    shutil.rmtree(runs / first)
    with pytest.raises(RunError, match="re-weighted from calibration"):
        service.recreate(run.folder, session(runs))


def test_kept_evidence_that_was_changed_is_not_believed(mine):
    case, runs, first = mine
    add(case)
    kept = runs / first / former.EVIDENCE / "claims.csv"
    kept.write_text(kept.read_text().replace(",affirm,", ",deny,", 1))
    heard = Heard()
    run = forecast(case, runs, heard, reweigh=True)
    assert "a full calibration is needed" in heard.text
    assert "reweighed" not in run.forecast


def test_what_weights_cannot_say_is_calibrated(mine):
    case, runs, _ = mine
    path = case / "evidence" / "events.csv"
    rows = path.read_text().splitlines()
    rows.append(rows[1].replace(rows[1].split(",")[0], "ev-new", 1))
    path.write_text("\n".join(rows) + "\n")
    heard = Heard()
    run = forecast(case, runs, heard, reweigh=True)
    assert "a full calibration is needed" in heard.text
    assert "reweighed" not in run.manifest


def test_even_weights_draw_the_same_particles():
    z = np.arange(12.0).reshape(6, 2)
    first = Posterior(z, np.arange(6, dtype=np.uint64), np.zeros(6), np.arange(6), ())
    assert np.array_equal(former.drawn(first, np.full(6, 1 / 6)).z, z)
    heavy = np.array([0.5, 0.1, 0.1, 0.1, 0.1, 0.1])
    assert former.drawn(first, heavy).ancestors.tolist().count(0) == 3
