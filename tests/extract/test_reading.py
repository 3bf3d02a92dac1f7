"""What the rules make of single sentences: expected readings written down by hand."""

from datetime import date

import pytest

from fronde.extract.actors import Actor, Gazetteer
from fronde.extract.counts import counts
from fronde.extract.dates import dates
from fronde.extract.frames import matches
from fronde.extract.modality import probability
from fronde.extract.report import read_report
from fronde.extract.segment import segment

WEDNESDAY = date(2031, 5, 14)


def read(text, outlet="The Paper"):
    return read_report(text, outlet, WEDNESDAY)


def said(text):
    """(source, cue, content parts) of every attribution."""
    reading = read(text)
    return [
        (a.source.of(text) if a.source else "", a.cue.of(text), tuple(c.of(text) for c in a.content))
        for a in reading.attributions
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister has fled, two aides said.", ("two aides", "said", ("The minister has fled",))),
        ('"We wait," said Ana Horn, a banker in exile.', ("Ana Horn, a banker in exile", "said", ('"We wait,"',))),
        ("Aides say that he is alone.", ("Aides", "say", ("he is alone",))),
        ("According to a diplomat, the general quit.", ("a diplomat", "According to", ("the general quit",))),
        ("The general, a diplomat said, has quit.", ("a diplomat", "said", ("The general", "has quit"))),
        ("The owner reportedly left.", ("", "reportedly", ("The owner", "left"))),
        ("The owner is said to have left.", ("", "is said", ("The owner", "to have left"))),
        ("The owner plans to leave.", ("The owner", "plans", ("to leave",))),
        ("The ministers were told by the king to stay.", ("the king", "told", ("to stay",))),
        ("He has left, it has been claimed.", ("", "it has been claimed", ("He has left",))),
        ("The bank's claim that she stayed was wrong.", ("The bank's", "claim", ("she stayed",))),
    ],
)
def test_source_cue_and_content(text, expected):
    assert expected in said(text)


def test_a_quotation_is_never_cut():
    text = 'He said: "It is over. Nobody will stay. You will see." Then he left.'
    units = segment(text).units
    assert next(text[u.start : u.end] for u in units).endswith('see."')


def test_quoted_paragraphs_without_a_cue_stay_with_their_speaker():
    text = '"They want peace," the banker said.\n\n"They have children to think of."\n\n"They are tired."'
    (attribution,) = read(text).attributions
    assert [c.of(text) for c in attribution.content] == [
        '"They want peace,"', '"They have children to think of."', '"They are tired."'
    ]  # fmt: skip


def test_boilerplate_yields_nothing():
    text = (
        "The minister resigned on Monday.\n\nSign up to our newsletter: why ministers resign.\n\n(Reporting by A. Bell)"
    )
    reading = read(text)
    assert len(reading.boilerplate) == 2
    assert [c.event_class for c in reading.claims] == ["resign"]


def chain(text, outlet="The Paper"):
    return [h.voice.name for h in read(text, outlet).claims[0].chain]


def test_chains_run_from_the_outlet_inwards():
    assert chain("The minister resigned, an aide told The Harbour Post.") == [
        "The Paper",
        "The Harbour Post",
        "an aide",
    ]
    assert chain("The minister resigned.") == ["The Paper"]
    assert chain("The minister resigned, an aide told reporters.") == ["The Paper", "an aide"]


def test_a_nested_chain_keeps_both_voices():
    text = "The Harbour Post reported that an aide had said the minister resigned."
    assert chain(text) == ["The Paper", "The Harbour Post", "an aide"]


def test_pronouns_stand_for_the_last_fitting_source():
    text = "Ana Horn said nobody was safe.\n\nShe said the general had resigned."
    last = read(text).claims[-1]
    assert last.chain[-1].voice.name == "Ana Horn"


def test_an_outlet_that_was_told_is_carried_on_as_inferred():
    text = 'A banker told the Harbour Post he was afraid.\n\n"The minister resigned," the banker said.'
    hop = read(text).claims[-1].chain[1]
    assert (hop.voice.name, hop.stated) == ("the Harbour Post", False)


@pytest.mark.parametrize(
    ("text", "polarity", "modality"),
    [
        ("The minister resigned.", "affirm", "asserted"),
        ("The minister has not resigned.", "deny", "asserted"),
        ("A spokesman denied that the minister had resigned.", "deny", "asserted"),
        ("The minister reportedly resigned.", "affirm", "reported"),
        ("The minister may have resigned.", "affirm", "suggested"),
        ("The minister will resign.", "affirm", "future"),
        ("If the war goes on, the minister will resign.", "affirm", "conditional"),
        ("A spokesman did not deny that the minister had resigned.", "affirm", "asserted"),
    ],
)
def test_polarity_and_modality(text, polarity, modality):
    claim = next(c for c in read(text).claims if c.event_class == "resign")
    assert (claim.polarity, claim.modality) == (polarity, modality)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("will probably go", (0.55, 0.80)),
        ("is highly likely to go", (0.80, 0.95)),
        ("is unlikely to go", (0.20, 0.45)),
        ("could go", (0.20, 0.55)),
        ("I would not be surprised if he went", (0.30, 0.70)),
        ("will go", (0.85, 0.97)),
        ("went", None),
    ],
)
def test_probability_words_become_ranges(words, expected):
    assert probability(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("at least four ministers", ("at_least", 4, None)),
        ("more than a dozen officers", ("at_least", 13, None)),
        ("up to 30 tycoons", ("at_most", None, 30)),
        ("about twenty-five people", ("about", 25, 25)),
        ("four officials", ("exact", 4, 4)),
        ("1,204 people", ("exact", 1204, 1204)),
        ("several governors", ("several", 3, None)),
        ("most owners", ("most", None, None)),
        ("a growing number of owners", ("growing", None, None)),
    ],
)
def test_counts_keep_their_bounds(words, expected):
    (found, *_) = counts(words)
    assert (found.qualifier, found.low, found.high) == expected


@pytest.mark.parametrize("words", ["$4bn", "10 percent of them", "in three weeks", "on 9 May", "aged 54"])
def test_money_shares_and_times_are_no_counts(words):
    assert counts(words) == []


@pytest.mark.parametrize(
    ("words", "future", "low", "high"),
    [
        ("on Monday", False, date(2031, 5, 12), date(2031, 5, 12)),
        ("on Thursday", False, date(2031, 5, 8), date(2031, 5, 8)),
        ("on Thursday", True, date(2031, 5, 15), date(2031, 5, 15)),
        ("yesterday", False, date(2031, 5, 13), date(2031, 5, 13)),
        ("last week", False, date(2031, 5, 5), date(2031, 5, 11)),
        ("in the next few days", True, WEDNESDAY, date(2031, 5, 21)),
        ("in December", False, date(2030, 12, 1), date(2030, 12, 31)),
        ("since February", False, date(2031, 2, 1), WEDNESDAY),
        ("by the end of September", True, WEDNESDAY, date(2031, 9, 30)),
        ("on 9 May 2022", False, date(2022, 5, 9), date(2022, 5, 9)),
        ("on May 9", False, date(2031, 5, 9), date(2031, 5, 9)),
    ],
)
def test_dates_against_the_day_of_publication(words, future, low, high):
    (found, *_) = dates(words, WEDNESDAY, future)
    assert (found.low, found.high) == (low, high)


def test_relative_dates_need_a_day_of_publication():
    assert dates("on Monday", None) == []


def test_frames_ask_who_does_it():
    assert [m.event_class for m in matches("Thousands of villagers fled the flood.")] == []
    assert [m.event_class for m in matches("A minister fled abroad.")] == ["flee"]


def test_names_match_across_spellings_and_scripts():
    people = Gazetteer([
        Actor("a", ("Anatoly Chubais",)), Actor("b", ("Vladimir Potanin", "POTANIN, Vladimir Olegovich")),
        Actor("c", ("Alexei Kuzmichev",)), Actor("d", ("Igor Ivanov",)), Actor("e", ("Pavel Ivanov",)),
    ])  # fmt: skip
    assert people.find("Anatoliy Chubais") == "a"
    assert people.find("Чубайс") == "a"
    assert people.find("Потанин") == "b"
    assert people.find("Aleksey Kuzmichov") == "c"
    assert people.find("Ivanov") is None  # two fit
    assert people.find("Igor Ivanov") == "d"
    assert people.find("Ana Horn") is None


def test_the_text_that_cannot_be_read_is_named():
    reading = read("Министр ушёл в отставку. Об этом сообщил источник.")
    assert "Cyrillic" in reading.unread[0]
    assert reading.claims == ()


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("He fled in the past three weeks", date(2031, 4, 23), date(2031, 5, 14)),
        ("He may flee within 10 days", date(2031, 5, 14), date(2031, 5, 24)),
        ("He fled a week ago", date(2031, 5, 7), date(2031, 5, 7)),
        ("He fled over the last month", date(2031, 4, 13), date(2031, 5, 14)),
    ],
)
def test_spans_against_the_day_of_publication(words, low, high):
    found = dates(words, date(2031, 5, 14))[0]
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize(
    ("words", "value"),
    [("half a dozen ministers fled", 6), ("a couple of ministers fled", 2), ("no less than six", None)],
)
def test_numbers_in_words(words, value):
    assert [c.low for c in counts(words)] == ([] if value is None else [value])
