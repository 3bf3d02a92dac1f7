"""Every case of history passes the check, is seen without its future, and conditions on certain departures."""

from datetime import date

import pytest

from fronde.app.build import CERTAIN, build
from fronde.app.opening import open_case
from fronde.app.scorecard import case_rates
from fronde.evidence.events import event_likelihoods
from fronde.evidence.pack import read_pack
from fronde.scenario.case import load_case
from fronde.scenario.check import check, found_problems

HISTORY = (
    "burkina-2014",
    "gdr-1989",
    "libya-2011",
    "philippines-1986",
    "uk-2022",
    "ukraine-2013",
    "usa-2021",
    "ussr-1991",
    "venezuela-2019",
    "yemen-2011",
)


@pytest.mark.parametrize("name", HISTORY)
def test_case_passes_the_check(name):
    assert found_problems(check(name)) == []


@pytest.mark.parametrize("name", HISTORY)
def test_departures_on_record_are_conditioned_on(name):
    opened = open_case(name)
    inputs, placed = build(opened.case, event_likelihoods(opened.pack), steps=opened.case.grid.n_observed)
    seen = {event.id for event in opened.pack.events if event.event_class == "resign"}
    assert {item.event for item in placed if item.act == "resign"} == seen
    assert len(seen) == int((inputs.reported_act == 3).sum()) > 0


@pytest.mark.parametrize("name", HISTORY)
def test_every_departure_rests_on_claims_and_stays_certain(name):
    case = load_case(name)
    pack = read_pack(case.folder / "evidence", date(2026, 1, 1))
    weighed = [item for item in event_likelihoods(pack) if item.act == "resign"]
    assert all(item.claims and item.h / item.f >= CERTAIN for item in weighed)
    noon = open_case(name).pack
    assert {link.event for link in noon.event_claims} <= {event.id for event in noon.events}
    assert {claim.id for claim in noon.claims} == {link.claim for link in noon.event_claims}


def test_nothing_after_the_hour_is_seen():
    noon = load_case("uk-2022")
    first = read_pack(noon.folder / "evidence", noon.spec.as_of, "12:00")
    later = read_pack(noon.folder / "evidence", noon.spec.as_of, "18:00")
    assert noon.spec.as_of_time == "12:00"
    assert len(first.events) < len(later.events)
    assert max(event.time for event in first.events if event.date_low == noon.spec.as_of) <= "12:00"


@pytest.mark.parametrize("name", HISTORY)
def test_every_case_has_base_rates_of_such_countries(name):
    spec = load_case(name).spec
    assert spec.country is not None
    assert spec.country.source
    rates = case_rates(spec)
    assert rates["removed"]["outcome"] == (
        "leader_exit" if spec.country.regime_type in ("presidential", "parliamentary") else "irregular_exit"
    )
    assert all(0.0 < rate["annual90"][0] < rate["annual90"][1] < 0.6 for rate in rates.values())
