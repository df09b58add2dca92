"""What becomes due because time passed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.flow.aftercare import Due, Step, Watched, steps, warn_from
from amends.vocabulary import FINAL_PROMISE_STATES, PromiseState

MADE = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
lengths = st.integers(1, 60 * 24 * 90).map(lambda n: timedelta(minutes=n))


def watched(length: timedelta, state: PromiseState = PromiseState.MADE) -> Watched:
    return Watched(key=1, state=state, made_at=MADE, due_at=MADE + length)


@pytest.mark.parametrize(
    ("length", "before"),
    [(2 * HOUR, HOUR), (8 * HOUR, 2 * HOUR), (48 * HOUR, 12 * HOUR), (30 * 24 * HOUR, 24 * HOUR)],
)
def test_a_promise_is_warned_of_a_quarter_of_its_time_ahead(length, before):
    promise = watched(length)
    assert warn_from(promise) == promise.due_at - before
    assert steps([promise], now=promise.due_at - before - timedelta(minutes=1)) == []
    assert steps([promise], now=promise.due_at - before) == [Step(key=1, due=Due.WARN)]


@given(length=lengths)
def test_every_warning_comes_before_the_due_time(length):
    assert warn_from(watched(length)) < watched(length).due_at


@given(length=lengths, after=lengths, state=st.sampled_from(sorted(FINAL_PROMISE_STATES)))
def test_what_has_ended_asks_for_nothing(length, after, state):
    assert steps([watched(length, state)], now=MADE + after) == []


@given(length=lengths, ahead=st.integers(0, 24).map(lambda n: timedelta(hours=n)))
def test_a_clock_a_day_ahead_breaks_no_promise_that_is_not_due(length, ahead):
    promise = watched(length)
    assert Step(key=1, due=Due.BREAK) not in steps([promise], now=promise.due_at + ahead)


def test_a_promise_told_ahead_is_not_warned_of_again_but_can_still_be_broken():
    promise = watched(8 * HOUR, PromiseState.TOLD)
    assert steps([promise], now=promise.due_at - HOUR) == []
    assert steps([promise], now=promise.due_at + 25 * HOUR) == [Step(key=1, due=Due.BREAK)]
