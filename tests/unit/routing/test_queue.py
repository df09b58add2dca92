"""Who stands where in the queue."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.routing.queue import TARGET_MINUTES, Reach, Waiting, Why, standing, target_minutes

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
minutes = st.integers(0, 20_000).map(lambda n: timedelta(minutes=n))
heats = st.one_of(st.none(), st.integers(0, 4))


def score(heat: int | None, waited: timedelta, due_in: timedelta | None = None) -> float:
    due_at = NOW + due_in if due_in is not None else None
    return standing(Waiting(intensity=heat, waiting_since=NOW - waited, promise_due_at=due_at), now=NOW).score


@given(waited=minutes, longer=minutes, heat=heats)
def test_waiting_longer_never_lowers_a_case(waited, longer, heat):
    assert score(heat, waited + longer) >= score(heat, waited)


@given(waited=minutes, heat=st.integers(0, 3))
def test_being_angrier_always_raises_it(waited, heat):
    assert score(heat + 1, waited) > score(heat, waited)


@given(waited=minutes, heat=heats, due=minutes, nearer=minutes)
def test_a_promise_that_comes_nearer_never_lowers_it(waited, heat, due, nearer):
    assert score(heat, waited, due - nearer) >= score(heat, waited, due)


def test_what_nobody_has_read_yet_does_not_lie_below_the_merely_uneasy():
    assert score(None, HOUR) > score(1, HOUR)
    assert Why.NOT_READ in [r.why for r in standing(Waiting(intensity=None, waiting_since=NOW), now=NOW).reasons]


def test_a_furious_customer_is_to_be_answered_in_twenty_minutes():
    seen = standing(Waiting(intensity=4, waiting_since=NOW - HOUR), now=NOW)
    assert seen.target_minutes == 20
    assert (seen.reasons[1].why, seen.reasons[1].minutes) == (Why.OVER_TARGET, 60)


def test_targets_never_grow_with_anger():
    assert [TARGET_MINUTES[heat] for heat in sorted(TARGET_MINUTES)] == sorted(TARGET_MINUTES.values(), reverse=True)


def test_a_promise_due_counts_even_when_it_is_their_turn():
    seen = standing(Waiting(intensity=1, waiting_since=None, promise_due_at=NOW + HOUR), now=NOW)
    assert seen.score > 0
    assert [r.why for r in seen.reasons] == [Why.PROMISE_DUE]


@pytest.mark.parametrize(("until", "sleeps"), [(NOW + HOUR, True), (NOW - HOUR, False)])
def test_a_case_sleeps_only_until_its_time(until, sleeps):
    seen = standing(Waiting(intensity=4, waiting_since=NOW - HOUR, snoozed_until=until), now=NOW)
    assert (seen.score == 0) is sleeps


REACHES = st.sampled_from(Reach)


@given(heat=heats, waited=minutes, reach=REACHES, wider=REACHES, worth=st.floats(0, 1), more=st.floats(0, 1))
def test_the_more_hear_it_and_the_more_is_at_stake_the_sooner(heat, waited, reach, wider, worth, more):
    def with_(reach, worth):
        case = Waiting(intensity=heat, waiting_since=NOW - waited, reach=reach, value_at_risk=worth)
        return standing(case, now=NOW).score

    assert with_(max(reach, wider), max(worth, more)) >= with_(reach, worth)


@given(heat=st.integers(0, 3), reach=st.sampled_from([Reach.PRIVATE, Reach.SHARED]))
def test_the_target_never_grows_with_anger_nor_with_reach(heat, reach):
    here = target_minutes(heat, reach=reach)
    assert target_minutes(heat + 1, reach=reach) <= here
    assert target_minutes(heat, reach=Reach(reach + 1)) <= here


@given(usual=st.floats(-3, 4), more=st.floats(0, 3), broken=st.integers(0, 3))
def test_who_is_unlike_themselves_or_was_let_down_before_comes_sooner(usual, more, broken):
    def with_(above, broken):
        return standing(Waiting(intensity=2, waiting_since=NOW, above_usual=above, broken=broken), now=NOW).score

    assert with_(usual + more, broken + 1) >= with_(usual, broken)


def test_what_weighs_is_said():
    case = Waiting(intensity=3, waiting_since=NOW, reach=Reach.PUBLIC, value_at_risk=0.9, above_usual=2.0, broken=1)
    whys = [reason.why for reason in standing(case, now=NOW).reasons]
    assert whys[2:] == [Why.PROMISE_BROKEN, Why.REACH, Why.VALUE, Why.UNUSUAL]


def test_a_market_has_its_own_targets():
    patient = {heat: 3 * minutes for heat, minutes in TARGET_MINUTES.items()}
    assert target_minutes(4, targets=patient) == 60
