"""The shipped flagship pack: it reads, keeps its clock, and gives the figures the method is known by."""

from collections import Counter
from datetime import date, timedelta
from math import log
from pathlib import Path

import pytest

import fronde
from fronde.evidence.conditions import condition_claims
from fronde.evidence.counts import count_claims
from fronde.evidence.events import event_likelihoods
from fronde.evidence.forecasts import score_forecasts
from fronde.evidence.pack import read_pack

FOLDER = Path(fronde.__file__).parent / "cases" / "russia-2022" / "evidence"
AS_OF = date(2022, 4, 30)


@pytest.fixture(scope="module")
def pack():
    return read_pack(FOLDER, AS_OF)


def test_the_report_hangs_on_twelve_voices(pack):
    coded = [claim for claim in pack.claims if claim.report == "rep-flagship"]
    assert len(coded) == 65
    assert len({claim.origin for claim in coded}) == 12


def test_nothing_known_later_is_read(pack):
    known = [report.published_at for report in pack.reports]
    known += [row.known_at for rows in (pack.events, pack.polls, pack.resolutions) for row in rows]
    known += [forecast.issued_at for forecast in pack.forecasts]
    assert max(known) <= AS_OF
    assert not pack.resolutions


def test_earlier_dates_read_a_part_of_later_ones(pack):
    latest = larger = {row.id for row in pack.events}
    hashes = {pack.hash}
    for days in (14, 28, 42):
        earlier = read_pack(FOLDER, AS_OF - timedelta(days=days))
        smaller = {row.id for row in earlier.events}
        assert smaller <= larger
        assert earlier.vintage <= earlier.as_of
        larger = smaller
        hashes.add(earlier.hash)
    assert larger < latest
    assert len(hashes) == 4


def test_the_refused_resignation_has_three_voices_and_stays_open(pack):
    (found,) = (each for each in event_likelihoods(pack) if each.act == "resign_refused")
    assert len(found.origins) == 3
    assert 0.0 < found.log_lr < log(20.0)
    without_denial = next(
        each for each in event_likelihoods(pack, without={"CENTRAL-BANK"}) if each.event == found.event
    )
    assert 0.0 < without_denial.log_lr - found.log_lr < 0.3


def test_every_event_speaks_for_itself_within_its_caps(pack):
    found = event_likelihoods(pack)
    assert len(found) > 15
    for each in found:
        assert 0.0 < each.log_lr <= len(each.origins) * log(100.0) + 1e-9
        assert each.known_at <= AS_OF


def test_moods_and_numbers_stay_within_their_caps(pack):
    weights = Counter()
    for condition in condition_claims(pack):
        for origin in condition.origins:
            weights[origin] += abs(log(condition.likelihood_ratio)) if len(condition.origins) == 1 else 0.0
    assert weights
    assert max(weights.values()) <= log(100.0) + 1e-9
    numbers = count_claims(pack)
    assert {"at_least", "exact"} <= {str(each.qualifier) for each in numbers}
    assert all(1.0 < each.likelihood_ratio <= 100.0 for each in numbers)


def test_the_ministers_likely_is_scored_once_it_is_known():
    scores = score_forecasts(read_pack(FOLDER, date(2022, 5, 20)))
    spoken = [score for score in scores if score.issuer == "src-wallace" and score.strict == "no"]
    assert spoken
    for score in spoken:
        assert round(score.brier, 3) == 0.456
        assert [round(end, 4) for end in score.brier_range] == [0.3025, 0.64]
        assert round(score.log_score, 2) == 1.12
    before = score_forecasts(read_pack(FOLDER, AS_OF))
    assert {score.strict for score in before} == {None}
