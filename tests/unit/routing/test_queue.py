"""Who stands where in the queue."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.routing.queue import TARGET_MINUTES, Waiting, Why, standing

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
