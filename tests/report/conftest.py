"""Shared inputs of the report's tests: a synthetic summary and the page made from it."""

import pytest
import synthetic_report

from fronde.report.page import render


@pytest.fixture
def summary() -> dict:
    return synthetic_report.summary()


@pytest.fixture
def small() -> dict:
    return synthetic_report.small()


@pytest.fixture
def forecast() -> dict:
    return synthetic_report.forecast()


@pytest.fixture(scope="session")
def page() -> str:
    return render(synthetic_report.summary(), synthetic_report.forecast())


@pytest.fixture(scope="session")
def static_page() -> str:
    return render(synthetic_report.summary(), synthetic_report.forecast(), static=True)
