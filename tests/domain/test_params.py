"""Parameters: to_values is the truncated quantile function, bounds hold, and mistakes are refused."""

import math
from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fronde.domain.params import LogNormal, Normal, Param, defaults, override, to_values
from fronde.mechanisms.registry import NAMES, PARAMS, Params, assumptions

STANDARD = NormalDist()
LOW = np.array([p.bounds[0] for p in PARAMS])
HIGH = np.array([p.bounds[1] for p in PARAMS])
ROUNDING = 4.0 * np.spacing(np.maximum(np.abs(LOW), np.abs(HIGH)))


def truncated_quantile(param: Param, z: float) -> float:
    """F^-1( F(low) + Phi(z) (F(high) - F(low)) ) with the standard library's normal."""
    low, high = param.bounds
    if isinstance(param.prior, LogNormal):
        law = NormalDist(math.log(param.prior.median), param.prior.sigma)
        bottom, top = (law.cdf(math.log(low)) if low > 0 else 0.0), law.cdf(math.log(high))
        return math.exp(law.inv_cdf(bottom + STANDARD.cdf(z) * (top - bottom)))
    law = NormalDist(param.prior.mean, param.prior.sd)
    bottom, top = law.cdf(low), law.cdf(high)
    return law.inv_cdf(bottom + STANDARD.cdf(z) * (top - bottom))


def width(param: Param) -> float:
    """Spread of the prior, in the parameter's unit, for a tolerance."""
    return param.prior.median * param.prior.sigma if isinstance(param.prior, LogNormal) else param.prior.sd


@pytest.mark.parametrize("param", PARAMS, ids=NAMES)
def test_values_are_the_truncated_quantiles_of_the_prior(param: Param) -> None:
    z = np.array([-4.0, -2.5, -1.0, -0.1, 0.0, 0.3, 1.7, 3.0, 4.0])
    exact = [truncated_quantile(param, v) for v in z]
    found = to_values((param,), z[:, None])[:, 0]
    np.testing.assert_allclose(found, exact, rtol=2e-6, atol=2e-6 * width(param))


@settings(deadline=None, derandomize=True)
@given(st.lists(st.floats(-60.0, 60.0), min_size=len(PARAMS), max_size=len(PARAMS)))
def test_values_stay_inside_their_bounds_up_to_rounding(z: list[float]) -> None:
    values = to_values(PARAMS, np.array([z]))
    assert np.all(values >= LOW - ROUNDING)
    assert np.all(values <= HIGH + ROUNDING)


def test_values_stay_inside_their_bounds_exactly() -> None:
    values = to_values(PARAMS, np.array([[-60.0], [60.0]]).repeat(len(PARAMS), axis=1))
    assert np.all(values >= LOW)
    assert np.all(values <= HIGH)


@settings(deadline=None, derandomize=True)
@given(st.integers(0, len(PARAMS) - 1), st.floats(-5.0, 5.0), st.floats(1e-3, 3.0))
def test_values_rise_with_their_coordinate(k: int, z: float, step: float) -> None:
    lower, upper = to_values((PARAMS[k],), np.array([[z], [z + step]]))[:, 0]
    assert upper > lower or upper == pytest.approx(HIGH[k])


def test_a_run_of_values_does_not_depend_on_its_neighbours() -> None:
    z = np.random.default_rng(0).normal(size=(9, len(PARAMS)))
    whole = to_values(PARAMS, z)
    np.testing.assert_array_equal(to_values(PARAMS, z[4:5]), whole[4:5])
    np.testing.assert_array_equal(to_values(PARAMS, np.asfortranarray(z)), whole)


@pytest.mark.parametrize("shape", [(3,), (2, len(PARAMS) - 1), (2, len(PARAMS), 1)])
def test_a_misshapen_array_of_coordinates_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="expected"):
        to_values(PARAMS, np.zeros(shape))


NORMAL = Param("toy.level", "1", 0.5, Normal(0.5, 0.2), (0.0, 1.0), "assumption", "a toy")
POSITIVE = Param("toy.days", "day", 10.0, LogNormal(10.0, 0.5), (1.0, 100.0), "assumption", "a toy")


@pytest.mark.parametrize(("param", "value"), [(NORMAL, 0.7), (POSITIVE, 33.0)])
def test_an_override_without_spread_fixes_the_value(param: Param, value: float) -> None:
    fixed = override(param, value, None, "known")
    assert (fixed.default, fixed.source, fixed.note) == (value, "case", "known")
    assert fixed.bounds == param.bounds
    found = to_values((fixed,), np.array([[-3.0], [0.0], [3.0]]))[:, 0]
    np.testing.assert_allclose(found, value, rtol=1e-14)


@pytest.mark.parametrize(("param", "value", "spread"), [(NORMAL, 0.9, 0.05), (POSITIVE, 20.0, 0.1)])
def test_an_override_with_spread_moves_the_prior(param: Param, value: float, spread: float) -> None:
    moved = override(param, value, spread, "survey")
    found = to_values((moved,), np.array([[-1.0], [0.0], [1.0]]))[:, 0]
    exact = [truncated_quantile(moved, z) for z in (-1.0, 0.0, 1.0)]
    np.testing.assert_allclose(found, exact, rtol=1e-6)
    assert found[0] < value < found[2]


@pytest.mark.parametrize(("param", "value"), [(NORMAL, 1.2), (NORMAL, -0.1), (POSITIVE, 0.5), (POSITIVE, math.nan)])
def test_an_override_outside_the_bounds_is_refused_and_names_parameter_and_bounds(param: Param, value: float) -> None:
    with pytest.raises(ValueError, match=rf"{param.name}.*{param.bounds[0]}\.\.{param.bounds[1]}"):
        override(param, value, None, "because")


def test_a_default_outside_the_bounds_is_refused() -> None:
    with pytest.raises(ValueError, match="outside bounds"):
        replace(NORMAL, default=2.0)


def test_a_missing_source_is_refused() -> None:
    with pytest.raises(ValueError, match="assumption"):
        replace(NORMAL, source="")


def test_a_lognormal_with_a_negative_bound_is_refused() -> None:
    with pytest.raises(ValueError, match="lower bound"):
        replace(POSITIVE, bounds=(-1.0, 100.0))


@pytest.mark.parametrize("param", PARAMS, ids=NAMES)
def test_every_parameter_declares_what_it_is(param: Param) -> None:
    low, high = param.bounds
    assert param.unit.strip()
    assert param.source.strip()
    assert len(param.note.split()) >= 2
    assert math.isfinite(low)
    assert math.isfinite(high)
    assert low < high
    assert width(param) > 0.0
    centre = param.prior.median if isinstance(param.prior, LogNormal) else param.prior.mean
    assert centre == param.default


@pytest.mark.parametrize("param", PARAMS, ids=NAMES)
def test_the_bounds_cut_off_less_than_half_of_every_prior(param: Param) -> None:
    low, high = param.bounds
    if isinstance(param.prior, LogNormal):
        law = NormalDist(math.log(param.prior.median), param.prior.sigma)
        low, high = (math.log(low) if low > 0.0 else -math.inf), math.log(high)
    else:
        law = NormalDist(param.prior.mean, param.prior.sd)
    bottom = 0.0 if low == -math.inf else law.cdf(low)
    assert law.cdf(high) - bottom > 0.5


def test_the_registry_holds_every_declaration_once_in_the_order_of_the_mechanisms() -> None:
    assert len(set(NAMES)) == len(NAMES) == len(PARAMS)
    assert Params._fields == tuple(param.field for param in PARAMS)
    places: dict[str, list[int]] = {}
    for k, param in enumerate(PARAMS):
        assert param.name == f"{param.mechanism}.{param.name.split('.', 1)[1]}"
        places.setdefault(param.mechanism, []).append(k)
    assert all(rows == list(range(rows[0], rows[-1] + 1)) for rows in places.values())


def test_defaults_come_in_order() -> None:
    assert defaults(PARAMS).tolist() == [param.default for param in PARAMS]


def test_assumptions_are_counted_by_mechanism() -> None:
    counted = assumptions()
    assert sum(counted.values()) == sum(param.source == "assumption" for param in PARAMS)
    assert assumptions((NORMAL, POSITIVE, replace(NORMAL, name="other.x"), replace(NORMAL, source="levada2022"))) == {
        "toy": 2, "other": 1,
    }  # fmt: skip
