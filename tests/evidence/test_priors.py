"""The table of numbers: complete, sourced, counted, and the only place for them."""

from fronde.evidence.codebook import Drift, HopKind, Letter, SourceKind, Stated, letter_mean
from fronde.evidence.event_classes import EVENT_CLASSES
from fronde.evidence.priors import NUMBERS, assumptions, prior


def test_every_number_is_named_once_with_unit_source_and_reason():
    names = [number.name for number in NUMBERS]
    assert len(set(names)) == len(names)
    assert all(number.unit and number.source and number.why for number in NUMBERS)
    assert 0 < len(assumptions()) < len(NUMBERS)


def test_every_word_of_the_codebook_has_its_numbers():
    for prefix, words in (
        ("pass_on", SourceKind), ("make_up", SourceKind), ("drift_factor", Drift), ("hop_factor", HopKind),
        ("stated_factor", Stated), ("visibility", EVENT_CLASSES),
    ):  # fmt: skip
        assert all(prior(f"{prefix}.{word}") > 0.0 for word in words)


def test_event_classes_are_all_of_the_codebook():
    assert len(EVENT_CLASSES) == 32
    assert all(0.0 < kind.visibility <= 1.0 and kind.definition and kind.example for kind in EVENT_CLASSES.values())
    assert (EVENT_CLASSES["flee"].visibility, EVENT_CLASSES["resign"].visibility) == (0.7, 0.9)
    assert (EVENT_CLASSES["resign_refused"].visibility, EVENT_CLASSES["criticise_policy"].visibility) == (
        0.15,
        0.95,
    )


def test_letters():
    means = [letter_mean(Letter(letter), 0.6) for letter in "ABCDEF"]
    assert means == [0.95, 0.85, 0.70, 0.50, 0.30, 0.6]
