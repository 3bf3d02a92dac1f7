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


def test_the_coding_of_the_report(pack):
    """Counts of the hand coding; whoever changes a code changes them here, with the reason in the changelog."""
    coded = {claim.id: claim for claim in pack.claims if claim.report == "rep-flagship"}
    assert sorted(coded) == [f"G{k:02}" for k in range(1, 66)]
    kinds = Counter(str(claim.claim_type) for claim in coded.values())
    assert kinds == {"condition": 16, "event": 16, "stance": 12, "forecast": 11, "background": 7, "intention": 3}
    drifts = {claim.id: tag.value for claim in coded.values() for tag in claim.drift if tag.value != "none"}
    assert drifts == {
        "G02": "exaggerated", "G04": "lost_caveat", "G12": "exaggerated", "G13": "lost_time", "G15": "lost_hedge",
        "G17": "lost_bound", "G20": "lost_hedge", "G25": "target_shift", "G53": "identity_up", "G55": "identity_up",
        "G56": "identity_up", "G59": "lost_caveat", "G62": "lost_caveat", "G63": "lost_caveat",
    }  # fmt: skip
    copies = {claim.id: claim.dup_of for claim in coded.values() if claim.dup_of}
    assert copies == {
        "G03": "G09", "G05": "G01", "G06": "G01", "G11": "G01", "G37": "G12", "G50": "G46", "G53": "G47", "G55": "G48",
        "G63": "G59",
    }  # fmt: skip
    assert all(coded[copy].origin == coded[first].origin for copy, first in copies.items())


def test_the_chains_of_the_report(pack):
    hops = [hop for hop in pack.hops if pack.claim[hop.claim].report == "rep-flagship"]
    assert len(hops) == 152
    assert sum(hop.stated == "inferred" for hop in hops) == 9
    for claim in pack.claims:
        chain = pack.chain[claim.id]
        assert [hop.position for hop in chain] == list(range(len(chain)))
        if claim.report == "rep-flagship":
            assert chain[0].source == "src-tabloid"


def test_the_other_tables_of_the_pack():
    late = read_pack(FOLDER, date(2023, 5, 1))
    assert (len(late.events), len(late.polls), len(late.forecasts), len(late.origins)) == (69, 6, 11, 14)
    dated = {event.id[len("ev-r22-") :].rstrip("b") for event in late.events if event.id.startswith("ev-r22-")}
    assert dated == {f"{k:03}" for k in range(1, 66)}
    assert all(event.source.startswith("rep-") for event in late.events)
    for poll in late.polls:
        assert poll.source.startswith("https://"), poll.id


def test_every_word_is_our_own(pack):
    for claim in pack.claims:
        assert 1 <= len(claim.text.split()) <= 20, claim.id
        assert len((claim.quote_words or "").split()) <= 10, claim.id
    assert not any(claim.quote_words for claim in pack.claims if claim.report == "rep-flagship")
