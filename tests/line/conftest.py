"""One small calibrated case for all tests of the line from evidence to forecast."""

import pytest

from fronde.app.calibrate import calibrate, prepare
from fronde.inference.smc import Settings
from fronde.scenario.case import load_case

SMALL = Settings(particles=128, moves=4, final_moves=6)


@pytest.fixture(scope="session")
def case():
    return load_case("valdria")


@pytest.fixture(scope="session")
def problem(case):
    return prepare(case)


@pytest.fixture(scope="session")
def posterior(problem):
    return calibrate(problem, SMALL)
