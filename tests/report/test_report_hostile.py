"""Text of a case is never markup, and no summary, however broken, stops the report or invents a number."""

import copy
import math
import random
from collections import Counter

import pytest
import synthetic_report
from reading import read

from fronde.report.html import clean, el, join, raw, text
from fronde.report.page import render

HOSTILE = (
    "</script><script>alert(1)</script><img src=x onerror=alert(2)>\" ' onload='x' </style><!-- ]]> &lt;b&gt; "
    "${title} $style \u202egnihtyna\u202c \u2066a\u2069 \u200f \x00\x1b \ud800 javascript:alert(3)"
)
BENIGN = "plain words"
KEPT = (
    "by",
    "date",
    "dates",
    "as_of",
    "onset",
    "id",
    "group",
    "act",
    "verdict",
    "observed_until",
    "acts",
    "unit",
    "evidence_vintage",
    "vintage",
)  # what is read, not shown
JUNK = (
    None,
    True,
    "x",
    HOSTILE,
    "",
    -1,
    0,
    7,
    1e308,
    -1e308,
    5e-324,
    math.nan,
    math.inf,
    [],
    [None],
    [[]],
    {},
    [{}],
    {"q05": 1},
    "2031-99-99",
    10**400,
)


def with_text(value: object, words: str, key: str = "") -> object:
    """A copy of a summary with every shown text replaced."""
    if isinstance(value, dict):
        return {name: with_text(inner, words, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [with_text(inner, words, key) for inner in value]
    return words if isinstance(value, str) and key not in KEPT else value


def outline(page: str) -> Counter:
    """How often each element stands with which attribute names."""
    return Counter((node.tag, tuple(node.attributes)) for node in read(page).all())


@pytest.mark.parametrize("static", [False, True])
def test_hostile_text_adds_no_markup(summary, forecast, static):
    hostile = render(with_text(summary, HOSTILE), with_text(forecast, HOSTILE), static)
    benign = render(with_text(summary, BENIGN), with_text(forecast, BENIGN), static)
    assert outline(hostile) == outline(benign)
    assert "<script" not in hostile
    assert "alert(1)" in hostile  # shown as text, not swallowed
    assert not set(hostile) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200f\x00\x1b")
    hostile.encode("utf-8")  # lone surrogates could not be written


def test_hostile_names_of_groups_acts_and_series_add_no_markup(summary, forecast):
    def renamed(words: str) -> dict:
        found = copy.deepcopy(summary)
        found["groups"][0] = {**found["groups"][0], "id": words, "title": words}
        for row in found["matrix"]["cells"]:
            row["group"] = words if row["group"] == "magnates_old" else row["group"]
        for fans in (*found["fans"].values(), found["fortunes"]):
            fans[words] = fans.pop("magnates_old")
        found["fans"][words] = found["fans"].pop("leave")
        found["regime"][words] = {**found["regime"].pop("policy"), "title": ""}
        found["assumptions"]["by_mechanism"][words] = 3
        found["manifest"]["versions"][words] = words
        return found

    assert outline(render(renamed(HOSTILE), forecast)) == outline(render(renamed(BENIGN), forecast))


def test_elements_escape_children_and_attributes():
    assert el("td", "<b>&\"'") == "<td>&lt;b&gt;&amp;&quot;&#x27;</td>"
    assert el("td", "", title='"><script>') == '<td title="&quot;&gt;&lt;script&gt;"></td>'
    assert el("td", raw("<b>x</b>"), None, 3) == "<td><b>x</b>3</td>"
    assert join(("<", raw("<i></i>"))) == "&lt;<i></i>"
    assert text(text("<")) == "&lt;"
    assert el("input", checked=True, disabled=False, value=None) == "<input checked>"


def test_clean_marks_what_deceives_and_keeps_what_languages_need():
    assert clean("a\u202eb") == "a\ufffdb"
    assert clean("a\u200fb") == "ab"
    assert clean("می\u200cخواهم") == "می\u200cخواهم"  # Persian needs its non-joiner
    assert clean("x\ny\tz") == "x\ny\tz"


@pytest.mark.parametrize("key", [key for key in synthetic_report.summary() if key not in ("case", "title", "run")])
@pytest.mark.parametrize("value", [None, [], {}, "text", 3])
def test_report_lives_without_a_block(small, forecast, key, value):
    small[key] = value
    read(render(small, forecast))


@pytest.mark.parametrize(
    ("key", "anchor"),
    [
        ("matrix", "matrix"),
        ("fans", "fans"),
        ("fortunes", "fortunes"),
        ("leader", "leader"),
        ("regime", "regime"),
        ("posterior", "posterior"),
        ("patterns", "patterns"),
        ("variants", "variants"),
        ("diagnostics", "diagnostics"),
        ("sources_forecasts", "sources"),
        ("opinions", "theories"),
        ("manifest", "made"),
    ],
)
def test_a_missing_block_is_said_to_be_missing(small, forecast, key, anchor):
    del small[key]
    assert "Not computed in this run." in read(render(small, forecast)).by_id(anchor).text


def test_an_empty_summary_gives_a_page_that_says_so():
    root = read(render({}, {}))
    assert len(root.all("section")) == 15
    assert root.text.count("Not computed in this run.") >= 12
    assert "No question of this case was computed in this run." in root.text


def test_questions_fall_back_on_the_forecast(summary, forecast):
    del summary["questions"]
    assert "A serving minister resigns over policy" in read(render(summary, forecast)).by_id("questions").text


def places(value: object, path: tuple = ()) -> list[tuple]:
    """Every place inside a summary, as a path."""
    if isinstance(value, dict | list):
        keys = value if isinstance(value, dict) else range(len(value))
        return [path, *(inner for key in keys for inner in places(value[key], (*path, key)))]
    return [path]


def test_one_broken_value_never_stops_the_report(forecast):
    chance = random.Random(11)
    found = places(synthetic_report.small())[1:]
    shallow = [path for path in found if len(path) <= 3]
    for path in [*chance.sample(found, 40), *chance.sample(shallow, 40)]:
        broken = synthetic_report.small()
        holder = broken
        for key in path[:-1]:
            holder = holder[key]
        holder[path[-1]] = chance.choice(JUNK)
        shown = render(broken, forecast, static=True)
        assert not {"nan", "inf", "-inf"} & set(read(shown).text.lower().split())
        shown.encode("utf-8")
