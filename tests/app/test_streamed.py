"""Large ensembles in bounded memory: the same figures as in one piece, a kill survived."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fronde.app import service, streamed
from fronde.forecast.probability import LEVELS

from .conftest import TINYLAND, Heard, session

RUNS, KEEP, PORTION = 100, 10, 32


@pytest.fixture(autouse=True)
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streamed, "PORTION", PORTION)


def run(folder: Path, keep: int | None, prior: bool = True, heard: Heard | None = None) -> service.Run:
    more = {"runs": RUNS, "prior": prior, "particles": 48, "keep": keep}
    return service.simulate(TINYLAND, session=session(folder, heard), **more)


@pytest.mark.parametrize("prior", [True, False])
def test_portions_give_the_document_of_the_whole(tmp_path: Path, prior: bool) -> None:
    whole, parts = (run(tmp_path, keep, prior).document("simulation.json") for keep in (None, KEEP))
    assert whole.pop("run") != parts.pop("run")
    assert whole == parts
    assert sum(row["mean_actual"] for row in parts["counts"]) > 0.0


def test_the_first_runs_are_those_of_the_whole(tmp_path: Path) -> None:
    with run(tmp_path, None).tree() as whole, run(tmp_path, KEEP).tree() as parts:
        first = whole["prior_predictive"].to_dataset().isel(draw=slice(KEEP))
        assert first.identical(parts["prior_predictive"].to_dataset())
        mean = whole["prior_predictive"]["world.policy"].mean(("chain", "draw"))
        np.testing.assert_allclose(parts["summary"]["mean.policy"], mean, rtol=1e-5, atol=1e-7)
        assert (parts["summary"]["acts"].sum("number") == RUNS).all()


def test_a_killed_run_goes_on_after_its_last_portion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest, calls = streamed.simulate, []

    def dying(*args, **more):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return honest(*args, **more)

    monkeypatch.setattr(streamed, "simulate", dying)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "killed", 0)
    (folder,) = (tmp_path / "killed").iterdir()
    assert (folder / streamed.TOTALS).is_file()
    assert not (folder / "results.nc").exists()
    monkeypatch.setattr(streamed, "simulate", honest)
    heard = Heard()
    again = run(tmp_path / "killed", 0, heard=heard)
    assert f"going on after {2 * PORTION} runs" in heard.text
    assert not (folder / streamed.TOTALS).exists()
    plain = run(tmp_path / "plain", 0)
    for name in ("simulation.json", "results.nc"):
        assert again.paths[name].read_bytes() == plain.paths[name].read_bytes()
    assert plain.paths["results.nc"].stat().st_size < run(tmp_path / "plain", None).paths["results.nc"].stat().st_size


@given(st.lists(st.integers(0, 6), min_size=1, max_size=60))
def test_quantiles_of_a_tally_are_numpys(numbers: list[int]) -> None:
    expected = np.quantile(numbers, LEVELS, method="inverted_cdf")
    assert list(streamed.quantiles(np.bincount(numbers)).values()) == [int(q) for q in expected]


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
