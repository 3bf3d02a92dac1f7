"""The rolling origin: questions move with the date, others answer from the same record, outcomes are of that date."""

from datetime import date, timedelta

import numpy as np
import pytest

from fronde.app import freezing, outcomes
from fronde.app.backtest import asked_again, backtest
from fronde.app.beside import BASE, HAWKES, PERSISTENCE, SURVIVAL, beside, rate, record_of
from fronde.app.opening import open_case
from fronde.app.outcomes import Later
from fronde.app.rolled import origins, rolled
from fronde.evidence.pack import read_pack
from fronde.scenario.case import load_case, shipped
from fronde.scenario.model import instant

from .conftest import session

HOURS, DAYS = "uk-2022", "ukraine-2013"


@pytest.mark.parametrize("name", shipped())
def test_dates_lie_between_onset_and_record_and_hold_the_own_one(name):
    case = load_case(name)
    found = [instant(moment) for moment in origins(case)]
    assert found == sorted(set(found))
    assert instant(case.spec.moment) in found
    assert found[0] > instant(case.spec.onset) - timedelta(days=1)
    last = case.spec.record_until or case.spec.as_of
    assert found[-1] < instant(last) or case.spec.record_until is None


def test_a_question_moves_with_the_date_unless_its_rule_holds_it():
    spec = load_case(DAYS).spec
    moved = rolled(spec, "2014-02-10")
    for before, after in zip(spec.questions, moved, strict=True):
        assert before.by - after.by == timedelta(days=10)
        assert str(after.by) in after.text
        assert str(after.by) in after.rule
        assert str(before.by) not in after.text + after.rule
    assert rolled(spec, spec.moment) is spec.questions
    held = spec.questions[0].model_copy(update={"rule": "Yes if it happens at the parade"})
    assert rolled(spec.model_copy(update={"questions": (held,)}), "2014-02-10") == (held,)


def known_later(name):
    case = load_case(name)
    return Later(load_case(name, case.spec.record_until), read_pack(case.folder / "evidence", date(2026, 1, 1)))


def test_outcomes_count_from_the_date_asked_and_to_the_hour():
    found = known_later(HOURS)
    acts = outcomes.acts_after(found, instant("2022-07-05T18:00"))
    assert [when for _, _, when in acts] == sorted(when for _, _, when in acts)
    noon, evening = instant("2022-07-06T12:00"), instant("2022-07-06T18:00")
    between = outcomes.counted(found, noon, evening, "resign", "all")
    whole = outcomes.counted(found, noon, instant("2022-07-07T12:00"), "resign", "all")
    rest = outcomes.counted(found, evening, instant("2022-07-07T12:00"), "resign", "all")
    assert 0 < between < whole
    assert between + rest == whole
    assert outcomes.counted(found, noon, instant("2022-07-09"), "resign", "all") is None


def test_the_rows_of_resolutions_speak_only_of_the_own_date():
    """At the own date the record and the resolutions agree; a week before the end nobody more goes."""
    for name in (HOURS, DAYS):
        found, spec = known_later(name), load_case(name).spec
        for question in spec.questions:
            own = outcomes.outcome_of(question, found, instant(spec.moment))
            counted = outcomes.outcome_of(question, found, instant(spec.moment), own=False)
            assert own.came == counted.came
    found, spec = known_later("venezuela-2019"), load_case("venezuela-2019").spec
    came = {
        moment: outcomes.outcome_of(rolled(spec, moment)[1], found, instant(moment), own=False).came
        for moment in ("2019-01-24", "2019-03-10")
    }
    assert came["2019-03-10"] is False


def test_others_see_the_record_of_the_date_and_no_more():
    early, late = asked_again(DAYS, "2014-02-08"), asked_again(DAYS, "2014-02-26")
    counts = [record_of(opened, "resign")[0] for opened in (early, late)]
    assert counts[0].when.size < counts[1].when.size
    assert all(record.when.max(initial=0.0) <= record.end + 1e-9 for record in counts)
    calm, burst = (beside(opened, opened.case.spec.questions) for opened in (early, late))
    for name in (BASE, PERSISTENCE, HAWKES, SURVIVAL):
        assert 0.0 < calm["five_more_in_7_days"][name] < burst["five_more_in_7_days"][name] < 1.0


def test_a_rate_that_goes_on_by_hand():
    record = record_of(open_case(DAYS), "resign")[0]
    draws = rate(record, (7.0, 30.0), True, 1)
    wanted = (record.when.size + 0.5) * 7.0 / record.end
    assert draws[:, 0].mean() == pytest.approx(wanted, rel=0.06)
    assert (np.diff(draws.mean(axis=0)) > 0).all()


def test_a_card_of_two_dates_has_all_forecasters_on_the_same_statements(tmp_path):
    card = backtest(["venezuela-2019"], freezing.how(particles=24), session(tmp_path), 2)
    lines = {row["forecaster"]: row["n"] for row in card["forecasters"]}
    assert {"Fronde", BASE, PERSISTENCE, HAWKES, SURVIVAL, "coin"} <= set(lines)
    assert len(set(lines.values())) == 1
    assert {row["forecaster"] for row in card["standings"]} == {"Fronde", BASE, PERSISTENCE, HAWKES, SURVIVAL}
    assert len({row["n"] for row in card["standings"]}) == 1
    assert freezing.LEANING not in lines
