"""Simulations and comparisons, and runs computed again from their manifest."""

import json

import numpy as np
import pytest

from fronde.app import service
from fronde.app.build import build
from fronde.app.calibrate import case_params, prior_z
from fronde.app.opening import RequestError, open_case
from fronde.app.simulation import thinned
from fronde.app.store import RunError
from fronde.domain.params import to_values
from fronde.domain.state import ACTS
from fronde.engine.run import Ensemble, simulate

from .conftest import PARTICLES, TINYLAND, Heard, session, small_forecast


def test_a_prior_ensemble_has_its_runs(tmp_path):
    run = service.simulate(TINYLAND, runs=24, session=session(tmp_path))
    found = run.document(service.SIMULATION)
    assert (found["source"], found["runs"], found["variant"]) == ("prior", 24, None)
    everyone = {(row["act"]): row for row in found["counts"] if row["group"] == "all"}
    apart = [row["mean"] for row in found["counts"] if row["act"] == "leave" and row["group"] != "all"]
    assert everyone["leave"]["mean"] == pytest.approx(sum(apart), rel=1e-4)


def test_a_variant_of_certainty_happens(tmp_path):
    run = service.simulate(TINYLAND, "crackdown", runs=16, session=session(tmp_path))
    leader = {row["event"]: row["p"] for row in run.document(service.SIMULATION)["leader"]}
    assert leader["crackdown"] == 1.0


def test_a_variant_more_in_the_case_moves_no_draw_of_the_others(tinyland):
    def simulated():
        opened = open_case(tinyland)
        z, numbers = prior_z(opened.case.spec.seed, 24)
        values = to_values(case_params(opened.case), z)
        inputs = (build(opened.case, variant=name, conditioned=False)[0] for name in (None, "lifted"))
        return [simulate(given, values, numbers, with_acts=True) for given in inputs]

    before = simulated()
    path = tinyland / "case.yaml"
    newcomer = "variants:\n  a_first: {title: New, asks: nothing, actions: [{kind: crackdown, at: 2021-05-10}]}"
    path.write_text(path.read_text().replace("variants:", newcomer, 1))
    assert "a_first" in open_case(tinyland).case.spec.variants
    for one, other in zip(before, simulated(), strict=True):
        assert one.acts.min() < len(ACTS), "somebody should act, or the test says nothing"
        for part in Ensemble.__dataclass_fields__:
            np.testing.assert_array_equal(getattr(one, part), getattr(other, part), err_msg=part)


def test_a_parameter_set_by_hand_has_its_value_and_its_effect(tmp_path):
    xarray = pytest.importorskip("xarray")
    means = []
    for value in (-12.0, -4.0):
        run = service.simulate(TINYLAND, runs=32, assigned={"leave.base": value}, session=session(tmp_path))
        with xarray.open_datatree(run.folder / "results.nc", engine="h5netcdf") as tree:
            assert set(tree.children) == {"prior", "prior_predictive", "summary"}
            assert np.unique(tree["prior"]["theta"].sel(parameter="leave.base")).tolist() == [pytest.approx(value)]
        rows = run.document(service.SIMULATION)["counts"]
        means.append(next(row["mean_actual"] for row in rows if row["group"] == "all" and row["act"] == "leave"))
    assert means[1] > means[0] + 1.0


def test_a_posterior_ensemble_uses_the_calibration(tmp_path):
    heard = Heard()
    small = {"particles": PARTICLES, "session": session(tmp_path, heard)}
    run = service.simulate(TINYLAND, runs=20, prior=False, **small)
    assert run.document(service.SIMULATION)["source"] == "posterior"
    assert run.document(service.SIMULATION)["runs"] == 20
    service.compare(TINYLAND, ["crackdown"], **small)
    assert "using the finished calibration" in heard.text


@pytest.mark.parametrize(("runs", "kept", "futures"), [(1, 1, 1), (10, 10, 1), (48, 48, 1), (49, 25, 2), (200, 40, 5)])
def test_particles_are_spread_evenly(own_run, runs, kept, futures):
    from fronde.app.particles import load_posterior

    posterior = load_posterior(own_run.folder, own_run.manifest["calibration"], pytest.fail)
    fewer, each = thinned(posterior, runs)
    assert (fewer.z.shape[0], each) == (kept, futures)
    assert kept * futures >= runs
    assert np.unique(fewer.replicates, axis=0).shape[0] == np.unique(fewer.z, axis=0).shape[0] or kept <= 48


def test_a_variant_that_changes_nothing_differs_by_nothing(tmp_path, tinyland):
    path = tinyland / "case.yaml"
    as_is = "  as_is: {title: As is, asks: nothing, actions: [{kind: sanctions, at: 2021-06-01, level: 1}]}\n"
    path.write_text(path.read_text().replace("questions:\n", as_is + "questions:\n"))
    run = service.compare(tinyland, ["as_is", "lifted"], particles=PARTICLES, session=session(tmp_path))
    same, lifted = run.document(service.COMPARISON)["variants"]
    assert (same["id"], lifted["id"]) == ("as_is", "lifted")
    assert {row["mean"] for row in same["differences"]} == {0.0}
    assert any(row["mean"] != 0.0 for row in lifted["differences"])


def test_an_unknown_variant_is_refused_with_the_nearest(tmp_path):
    with pytest.raises(RequestError, match="did you mean `crackdown`"):
        service.compare(TINYLAND, ["crackdwn"], session=session(tmp_path / "runs"))
    with pytest.raises(RequestError, match="not after the as-of date"):
        service.simulate(TINYLAND, "crackdown", as_of="2021-06-01", session=session(tmp_path / "runs"))
    assert not (tmp_path / "runs").exists()


@pytest.mark.parametrize("kind", ["forecast", "calibrate", "simulate", "compare"])
def test_a_run_comes_out_of_its_manifest_byte_for_byte(tmp_path, kind, own_run):
    runs = session(own_run.folder.parent)
    made = {
        "forecast": lambda: own_run,
        "calibrate": lambda: service.calibrate(TINYLAND, horizon="13w", particles=PARTICLES, session=runs),
        "simulate": lambda: service.simulate(TINYLAND, "lifted", 8, {"leave.base": -8.0}, session=runs),
        "compare": lambda: service.compare(TINYLAND, ["lifted"], particles=PARTICLES, session=runs),
    }[kind]()
    again, files = service.recreate(made.folder / "manifest.json", session(tmp_path / "again"))
    assert again.id == made.id
    assert files
    assert all(files.values()), files


def test_a_changed_result_is_noticed(tmp_path, own_run):
    manifest = json.loads((own_run.folder / "manifest.json").read_text())
    manifest["files"]["forecast.json"] = "0" * 64
    (own_run.folder / "manifest.json").write_text(json.dumps(manifest))
    _, files = service.recreate(own_run.folder, session(tmp_path / "again"))
    assert [name for name, same in files.items() if not same] == ["forecast.json"]


def test_a_changed_case_cannot_be_recreated(tmp_path, tinyland):
    run = small_forecast(tinyland, tmp_path / "runs")
    path = tinyland / "case.yaml"
    path.write_text(path.read_text().replace("size: 8", "size: 9"))
    with pytest.raises(RunError, match="cannot be re-created: the case changed"):
        service.recreate(run.folder / "manifest.json", session(tmp_path / "again"))
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("content", ["{}", "[]", "nonsense", '{"kind": "forecast", "settings": {}}'])
def test_what_is_no_manifest_is_refused(tmp_path, content):
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(RunError, match="is not the manifest"):
        service.recreate(tmp_path / "manifest.json", session(tmp_path / "again"))
