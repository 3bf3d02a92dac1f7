"""`results.nc`: arrays of a run as netCDF-4 groups with the names of ArviZ, readable by `xarray.open_datatree`.

    posterior, prior                              theta (chain, draw, parameter), each parameter in its own unit
    posterior_predictive or prior_predictive      acts and regime of the first future of each draw
    observed_data                                 the public record and the imposed paths up to as_of

Runs are innermost, as in the engine; dimensions go by name. Times are ends of steps. The attribute is called `unit`
except on times, because readers turn numbers whose `units` are days into dates and durations.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import h5netcdf
import h5py
import numpy as np
from numpy.typing import NDArray

from fronde.app.calibrate import Posterior, Problem, prior_z
from fronde.app.forecast import public_record
from fronde.domain.params import Param, to_values
from fronde.domain.state import ACTS, GROUP_SERIES, LEADER_EVENTS, WORLD_FIELDS
from fronde.engine.run import Ensemble
from fronde.scenario.case import Case

DRAWS = ("chain", "draw")
PRIOR_DRAWS = 1024
SMALL = 4096  # numbers; larger arrays are compressed, in chunks
CHUNK = 2**18  # numbers in a chunk: whole runs, as many as fit, at least one


class Variable(NamedTuple):
    """An array with the names of its dimensions and what they mean."""

    dims: tuple[str, ...]
    values: Any  # an array, something sliced like one, or a list of labels
    attrs: dict[str, str]


Group = dict[str, Variable]


def write_groups(path: Path, groups: Mapping[str, Group], attrs: Mapping[str, str]) -> None:
    """Write the file; sizes of dimensions follow from the arrays."""
    with h5netcdf.File(path, "w") as file:
        file.attrs.update(attrs)
        for name, variables in groups.items():
            group = file.create_group(name)
            sizes: dict[str, int] = {}
            for variable in variables.values():
                sizes.update(zip(variable.dims, np.shape(variable.values), strict=True))
            group.dimensions = sizes
            for key, variable in variables.items():
                _write(group, key, variable)


def _write(group: Any, name: str, variable: Variable) -> None:
    if isinstance(variable.values, list):
        values = np.array(variable.values, dtype=object)
        written = group.create_variable(name, variable.dims, h5py.string_dtype(), data=values)
    elif variable.values.size <= SMALL:
        whole = variable.values[(slice(None),) * len(variable.dims)]
        written = group.create_variable(name, variable.dims, variable.values.dtype, data=whole)
    else:
        written = _write_chunks(group, name, variable.dims, variable.values)
    written.attrs.update(variable.attrs)


def _write_chunks(group: Any, name: str, dims: tuple[str, ...], values: NDArray[Any]) -> Any:
    """Compressed, a chunk of runs at a time: an array seen through a stride is never copied whole."""
    axis = dims.index("draw") if "draw" in dims else 0
    runs = values.shape[axis]
    width = min(runs, max(1, CHUNK * runs // values.size))
    chunks = tuple(width if k == axis else size for k, size in enumerate(values.shape))
    packing = {"compression": "gzip", "compression_opts": 4, "shuffle": True}
    written = group.create_variable(name, dims, values.dtype, chunks=chunks, **packing)
    for first in range(0, runs, width):
        place = (slice(None),) * axis + (slice(first, min(first + width, runs)),)
        written[place] = values[place]
    return written


def parameters(params: Sequence[Param], values: NDArray[np.float64]) -> Group:
    """values [draw, param] as `theta` (chain, draw, parameter), with unit, source and note beside each name."""
    about = {"parameter": "name", "unit": "unit", "source": "source", "note": "note"}
    labels = {
        key: Variable(("parameter",), [str(getattr(param, field)) for param in params], {"long_name": field})
        for key, field in about.items()
    }
    about_theta = {"long_name": "parameter values, each in its own unit", "coordinates": "unit source note"}
    theta = Variable((*DRAWS, "parameter"), values[None], about_theta)
    return {**labels, "theta": theta}


def time_of(case: Case, steps: slice) -> Variable:
    """Ends of these steps."""
    days = case.grid.times[1:][steps].astype(np.float64 if case.grid.hourly else np.int32)
    attrs = {"units": f"days since {case.grid.start.isoformat()}", "calendar": "proleptic_gregorian"}
    return Variable(("time",), days, {**attrs, "long_name": "end of the step"})


def _labels(case: Case) -> Group:
    return {
        "act": Variable(("act",), list(ACTS), {"long_name": "what an actor does"}),
        "group": Variable(("group",), list(case.elite.groups), {"long_name": "group of the elite"}),
    }


def predictive(case: Case, ensemble: Ensemble, first: slice) -> Group:
    """Acts and regime of the first of each draw's futures: which runs of the ensemble these are."""
    acts, each = ("time", "act", "group", *DRAWS), ("time", *DRAWS)
    found: Group = {"time": time_of(case, slice(None)), **_labels(case)}
    found["event"] = Variable(("event",), list(LEADER_EVENTS), {"long_name": "what the leader does or suffers"})
    found["acts"] = Variable(
        acts, ensemble.counts[..., None, first], {"unit": "people", "long_name": "acts in the step, reported or not"}
    )
    found["acts_reported"] = Variable(
        acts, ensemble.reported[..., None, first], {"unit": "people", "long_name": "acts that enter the public record"}
    )
    days = {"unit": "days since the eve of the onset", "long_name": "first such event after as_of; inf if never"}
    found["event_day"] = Variable(("event", *DRAWS), ensemble.events[:, None, first], days)
    for k, (name, unit) in enumerate(WORLD_FIELDS.items()):
        found[f"world.{name}"] = Variable(each, ensemble.series[:, k, None, first], {"long_name": name, "unit": unit})
    for k, (name, unit) in enumerate(GROUP_SERIES.items()):
        values = ensemble.groups[:, k, :, None, first]
        found[f"group.{name}"] = Variable(("time", "group", *DRAWS), values, {"long_name": name, "unit": unit})
    return found


def observed(problem: Problem) -> Group:
    """The public record by step and the paths that were imposed."""
    case = problem.case
    record = public_record(problem).astype(np.int32)
    steps = case.grid.n_observed
    return {
        "time": time_of(case, slice(0, steps)),
        **_labels(case),
        "acts_reported": Variable(
            ("time", "act", "group"), record[:steps], {"unit": "people", "long_name": "acts on the public record"}
        ),
        "market": Variable(("time",), case.paths.market[1:], {"unit": "1", "long_name": "ln of total fortunes"}),
        "battlefield": Variable(("time",), case.paths.battlefield[1:], {"unit": "1", "long_name": "sd"}),
    }


def posterior_groups(problem: Problem, posterior: Posterior) -> dict[str, Group]:
    """Parameters before and after the evidence."""
    before = to_values(problem.params, prior_z(problem.case.spec.seed, PRIOR_DRAWS)[0])
    return {
        "posterior": parameters(problem.params, to_values(problem.params, posterior.z)),
        "prior": parameters(problem.params, before),
    }


def attributes(manifest: Mapping[str, Any]) -> dict[str, str]:
    """What the file says about itself: nothing that changes from one computation of a run to the next."""
    kept = ("run", "case", "as_of", "scenario_hash", "evidence_hash", "code")
    return {"creator": "fronde", **{key: str(manifest[key]) for key in kept}, "seed": str(manifest["seed"])}
