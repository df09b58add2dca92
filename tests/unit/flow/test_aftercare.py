"""What becomes due because time passed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from amends.flow.aftercare import due
from amends.promises.ledger import Alarm, Entry
from amends.vocabulary import FINAL_PROMISE_STATES, Deed, PromiseState

MADE = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
lengths = st.integers(1, 60 * 24 * 90).map(lambda n: timedelta(minutes=n))


def promised(length: timedelta, state: PromiseState = PromiseState.MADE) -> Entry:
    return Entry(id="1", what=Deed.CALL, made_at=MADE, due_start=MADE + length, due_end=MADE + length, state=state)


@given(length=lengths, after=lengths, state=st.sampled_from(sorted(FINAL_PROMISE_STATES)))
def test_what_has_ended_asks_for_nothing(length, after, state):
    asked = due([promised(length, state)], now=MADE + after)
    assert asked.alerts == asked.given_up == ()


@given(length=lengths, ahead=st.integers(0, 24).map(lambda n: timedelta(hours=n)))
def test_a_clock_a_day_ahead_breaks_no_promise_that_is_not_due(length, ahead):
    entry = promised(length)
    assert due([entry], now=entry.due_end + ahead).given_up == ()


def test_what_is_given_up_is_not_warned_of_as_well():
    entry = promised(8 * HOUR, PromiseState.TOLD)
    asked = due([entry], now=entry.due_end + 25 * HOUR)
    assert (asked.alerts, asked.given_up) == ((), (entry,))


def test_an_alarm_raised_once_is_not_raised_again():
    entry = promised(8 * HOUR)
    (alert,) = due([entry], now=entry.due_end - 1.5 * HOUR).alerts
    assert alert.alarm is Alarm.SLIPPING
    assert due([replace(entry, alarms=frozenset({Alarm.SLIPPING}))], now=entry.due_end - 1.5 * HOUR).alerts == ()
