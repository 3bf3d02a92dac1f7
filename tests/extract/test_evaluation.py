"""The hand-coded reports are well formed, and the rules stay as good on the tuning set as they were."""

import importlib.util
from pathlib import Path

import pytest

from fronde.evidence.codebook import Modality, Polarity, Qualifier
from fronde.evidence.event_classes import EVENT_CLASSES

from .coded_reports import read_coded

CODED = Path(__file__).parent / "coded"
TOOL = Path(__file__).parents[2] / "tools" / "extract_eval.py"


@pytest.mark.parametrize("name", ["tuning", "kept"])
def test_every_code_is_in_the_codebook(name):
    reports = read_coded(CODED / f"{name}.txt")
    assert len(reports) >= 10
    for report in reports:
        assert {c.event_class for c in report.claims} <= set(EVENT_CLASSES)
        assert {c.polarity for c in report.claims} <= set(map(str, Polarity))
        assert {c.modality for c in report.claims} <= set(map(str, Modality))
        assert {c.count[0] for c in report.claims if c.count} <= set(map(str, Qualifier))


@pytest.fixture(scope="module")
def scores():
    spec = importlib.util.spec_from_file_location("extract_eval", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.evaluate("tuning")[0]


@pytest.mark.parametrize(
    ("figure", "floor"),
    [
        ("cue F1 (IoU 0.5)", 0.85),
        ("source F1 (IoU 0.5)", 0.85),
        ("content F1 (IoU 0.5)", 0.80),
        ("claims found, right class", 0.80),
        ("class macro-F1", 0.75),
    ],
)
def test_the_tuning_set_stays_understood(scores, figure, floor):
    assert scores[figure] >= floor


def test_boilerplate_yields_no_claim(scores):
    assert scores["boilerplate false alarms"] == 0
    assert scores["text wrongly dropped"] == 0
