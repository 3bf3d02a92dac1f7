"""Large ensembles in bounded memory: the same figures as in one piece, a kill survived."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fronde.app import service, streamed, totals
from fronde.app.build import build
from fronde.app.calibrate import case_params, prior_z
from fronde.app.opening import open_case
from fronde.domain.params import to_values
from fronde.domain.state import ACTS, GROUP_SERIES, WORLD_FIELDS
from fronde.engine.run import simulate
from fronde.forecast.counts import future
from fronde.forecast.probability import LEVELS

from .conftest import TINYLAND, Heard, session

RUNS, KEEP, PORTION = 100, 10, 32


@pytest.fixture(autouse=True)
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(totals, "BLOCK", PORTION)
    monkeypatch.setattr(streamed, "BLOCK", PORTION)


def run(
    folder: Path, keep: int | None, prior: bool = True, heard: Heard | None = None, at_once: int = PORTION
) -> service.Run:
    more = {"runs": RUNS, "prior": prior, "particles": 48, "keep": keep, "at_once": at_once}
    return service.simulate(TINYLAND, session=session(folder, heard), **more)


@pytest.mark.parametrize("prior", [True, False])
def test_portions_give_the_files_of_the_whole(tmp_path: Path, prior: bool) -> None:
    whole = run(tmp_path / "whole", None, prior, at_once=RUNS)
    parts = run(tmp_path / "parts", None, prior)
    for name in ("simulation.json", "results.nc"):
        assert whole.paths[name].read_bytes() == parts.paths[name].read_bytes()
    some, every = (found.document("simulation.json") for found in (run(tmp_path, KEEP, prior), whole))
    assert some.pop("run") != every.pop("run")
    assert some == every


def test_what_lies_on_disk_is_what_the_engine_gives(tmp_path: Path) -> None:
    """Trajectories and table of a run in portions against one ensemble in memory."""
    found = run(tmp_path, None)
    opened = open_case(TINYLAND)
    z, numbers = prior_z(opened.case.spec.seed, RUNS)
    theta = to_values(case_params(opened.case), z)
    ensemble = simulate(build(opened.case, conditioned=False)[0], theta, numbers, threads=1)
    with found.tree() as tree:
        predictive = tree["prior_predictive"]
        assert np.array_equal(tree["prior"]["theta"][0], theta)
        assert np.array_equal(predictive["acts"][..., 0, :], ensemble.counts)
        assert np.array_equal(predictive["event_day"][:, 0], ensemble.events)
        assert np.array_equal(predictive["world.policy"][:, 0], ensemble.series[:, list(WORLD_FIELDS).index("policy")])
        assert np.array_equal(
            predictive["group.fortune"][..., 0, :], ensemble.groups[:, list(GROUP_SERIES).index("fortune")]
        )
        last = ensemble.series[-1, list(WORLD_FIELDS).index("poll")].astype(float)
        np.testing.assert_allclose(tree["summary"]["mean.poll"][-1], last.mean(), rtol=1e-12)
        np.testing.assert_allclose(tree["summary"]["sd.poll"][-1], last.std(), rtol=1e-6)
    rows = {(row["act"], row["group"]): row for row in found.document("simulation.json")["counts"]}
    actual = future(ensemble.counts, opened.case.grid)[-1][ACTS.index("speak_policy")].sum(axis=0)
    assert actual.sum() > 0
    assert rows["speak_policy", "all"]["mean_actual"] == pytest.approx(actual.mean(), rel=1e-5)


def test_the_first_runs_are_those_of_the_whole(tmp_path: Path) -> None:
    with run(tmp_path, None).tree() as whole, run(tmp_path, KEEP).tree() as parts:
        first = whole["prior_predictive"].to_dataset().isel(draw=slice(KEEP))
        assert first.identical(parts["prior_predictive"].to_dataset())
        assert whole["summary"].to_dataset().identical(parts["summary"].to_dataset())
        assert (parts["summary"]["acts"].sum("number") == RUNS).all()


def killed(folder: Path, keep: int | None, prior: bool, monkeypatch: pytest.MonkeyPatch, portions: int) -> Path:
    """A run folder left by a run that died in a later portion, with half of its draws on disk."""
    honest, appended = streamed.Growing.append, []

    def dying(growing: streamed.Growing, group: dict) -> None:
        honest(growing, group)
        appended.append(1)
        if len(appended) == 2 * portions + 1:  # two groups to a portion
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(streamed.Growing, "append", dying)
        with pytest.raises(KeyboardInterrupt):
            run(folder, keep, prior)
    (found,) = (path for path in folder.iterdir() if (path / streamed.DRAWS).is_dir())
    return found


@pytest.mark.parametrize("prior", [True, False])
def test_a_killed_run_goes_on_behind_its_last_portion(
    tmp_path: Path, prior: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = killed(tmp_path / "killed", None, prior, monkeypatch, portions=2)
    assert not (folder / "results.nc").exists()
    heard = Heard()
    again = run(tmp_path / "killed", None, prior, heard)
    assert f"going on after {2 * PORTION} runs" in heard.text
    first = min(done for stage, done, _ in heard.stages if stage == "simulating")
    assert first > 2 * PORTION
    assert not (folder / streamed.TOTALS).exists()
    assert not (folder / streamed.DRAWS).exists()
    plain = run(tmp_path / "plain", None, prior)
    for name in ("simulation.json", "results.nc"):
        assert again.paths[name].read_bytes() == plain.paths[name].read_bytes()


def test_draws_that_went_missing_are_simulated_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = killed(tmp_path / "killed", None, True, monkeypatch, portions=2)
    lost = folder / streamed.DRAWS / "prior" / "theta.bin"
    lost.write_bytes(lost.read_bytes()[:100])
    heard = Heard()
    again = run(tmp_path / "killed", None, heard=heard)
    assert "theta.bin holds 100 bytes" in heard.text
    assert "going on" not in heard.text
    plain = run(tmp_path / "plain", None)
    assert again.paths["results.nc"].read_bytes() == plain.paths["results.nc"].read_bytes()


def test_sums_alone_survive_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest, calls = totals.save, []

    def dying(*args) -> None:
        honest(*args)
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(totals, "save", dying)
        with pytest.raises(KeyboardInterrupt):
            run(tmp_path / "killed", 0)
    heard = Heard()
    again = run(tmp_path / "killed", 0, heard=heard)
    assert f"going on after {2 * PORTION} runs" in heard.text
    plain = run(tmp_path / "plain", 0)
    for name in ("simulation.json", "results.nc"):
        assert again.paths[name].read_bytes() == plain.paths[name].read_bytes()
    assert plain.paths["results.nc"].stat().st_size < run(tmp_path / "plain", None).paths["results.nc"].stat().st_size


@given(st.lists(st.integers(0, 6), min_size=1, max_size=60))
def test_quantiles_of_a_tally_are_numpys(numbers: list[int]) -> None:
    expected = np.quantile(numbers, LEVELS, method="inverted_cdf")
    assert list(totals.quantiles(np.bincount(numbers)).values()) == [int(q) for q in expected]


def test_zarr_reads_back_equal(tmp_path: Path) -> None:
    zarr = pytest.importorskip("zarr")
    xarray = pytest.importorskip("xarray")
    found = run(tmp_path, KEEP)
    place = found.to_zarr(tmp_path / "results.zarr")
    assert zarr.open_group(place, mode="r").attrs["creator"] == "fronde"
    with found.tree() as before, xarray.open_datatree(place, engine="zarr") as after:
        assert before.equals(after)
        assert before["prior"]["theta"].attrs == after["prior"]["theta"].attrs
    with pytest.raises(service.RunError, match="there already"):
        found.to_zarr(place)
