"""ArviZ reads results.nc of a run, and its standard tables and plots work on it."""

import numpy as np
import pytest

from fronde.mechanisms.registry import NAMES

arviz = pytest.importorskip("arviz", reason="ArviZ comes with the extra `analysis`")


@pytest.fixture(scope="module")
def read(finished_run):
    found = arviz.from_netcdf(str(finished_run.folder / "results.nc"))
    yield found
    for group in found.groups():
        found[group].close()


def test_groups_dimensions_and_names(read):
    assert {"posterior", "prior", "posterior_predictive", "observed_data"} <= set(read.groups())
    assert list(read.posterior["theta"].dims) == ["chain", "draw", "parameter"]
    assert [str(name) for name in read.posterior["parameter"].values] == list(NAMES)
    assert np.array_equal(read.prior["parameter"].values, read.posterior["parameter"].values)


@pytest.mark.filterwarnings("ignore")
def test_summary_and_standard_plots(read):
    import matplotlib

    matplotlib.use("Agg")
    few = {"parameter": list(NAMES[:3])}
    summary = arviz.summary(read.posterior.sel(few), kind="stats", hdi_prob=0.9)
    assert len(summary) == 3
    for plot in (arviz.plot_posterior, arviz.plot_forest, arviz.plot_trace):
        assert np.asarray(plot(read.posterior.sel(few))).size
    drawn = arviz.plot_dist_comparison(read, var_names=["theta"], coords=few)
    assert np.asarray(drawn).size
    matplotlib.pyplot.close("all")
