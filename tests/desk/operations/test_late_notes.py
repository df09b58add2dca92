"""Nobody is told after the time: forecasts warn earlier, and what did not leave ahead is withdrawn."""

from datetime import datetime, timedelta

import pytest

from amends.desk.channels.email.deliver import deliver_reply
from amends.desk.models import Agent, Case, Draft, Event, Order, Promise, Reply, Todo
from amends.desk.operations import promises
from amends.desk.operations.forecasts import WITH, forecasts
from amends.desk.operations.late_notes import withdraw_late
from amends.promises.forecast import Because
from amends.promises.ledger import TooLateToTell

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOTE = "Khun Somchai, your parcel will be a day late, because I packed it too late. Aino"


@pytest.fixture
def promise(case: Case, aino: Agent, now: datetime) -> Promise:
    """A parcel promised to Somchai by Friday evening."""
    return Promise.objects.create(
        case=case, owner=aino, what="delivery", quote="soon", made_at=now, due_at=now + 56 * HOUR
    )


def the_forecast(promise: Promise, now: datetime):
    """What the desk's record says of it."""
    return forecasts(Promise.objects.filter(pk=promise.pk).select_related(*WITH), now=now)[promise.pk]


def test_a_parcel_that_is_late_already_makes_its_promise_likelier_late(promise: Promise, case: Case, now: datetime):
    before = the_forecast(promise, now + 30 * HOUR).late
    case.order = Order.objects.create(
        customer=case.customer, number="1", amount=9, currency="THB", placed_at=now, state=Order.State.LATE
    )
    case.save()
    forecast = the_forecast(promise, now + 30 * HOUR)
    assert Because.ORDER_LATE in forecast.because
    assert forecast.late > max(before, 0.5)


def test_somebody_with_much_to_do_first_is_likelier_late(promise: Promise, case: Case, aino: Agent, now: datetime):
    before = the_forecast(promise, now + DAY).late
    for hours in range(1, 15):
        Promise.objects.create(case=case, owner=aino, quote="x", made_at=now, due_at=now + DAY + hours * HOUR)
    after = the_forecast(promise, now + DAY)
    assert after.late > before
    assert Because.LOAD in after.because


def test_who_was_late_before_is_warned_of(promise: Promise, case: Case, aino: Agent, now: datetime):
    before = the_forecast(promise, now + DAY).late
    for _ in range(12):
        Promise.objects.create(
            case=case, owner=aino, quote="x", made_at=now - 9 * DAY, due_at=now - 8 * DAY, ended_at=now - DAY,
            state="kept_late",
        )  # fmt: skip
    assert the_forecast(promise, now + DAY).late > before


def test_a_note_that_did_not_leave_in_time_is_withdrawn_and_a_person_is_told(
    promise: Promise, aino: Agent, now: datetime
):
    note = promises.tell(promise, by=aino, text=NOTE, now=promise.due_at - timedelta(seconds=5))
    assert deliver_reply(note.pk, now=promise.due_at + HOUR) is None
    assert Reply.objects.get().state == "cancelled"
    assert Draft.objects.get().text == NOTE
    assert (Todo.objects.get().kind, Promise.objects.get().told_at) == ("unsent", None)
    assert withdraw_late(promise.due_at + HOUR) == 0


def test_a_note_held_back_past_its_time_is_withdrawn_by_the_watch(promise: Promise, aino: Agent, now: datetime):
    promises.tell(promise, by=aino, text=NOTE, now=promise.due_at - HOUR)
    assert withdraw_late(promise.due_at) == 0
    assert [withdraw_late(promise.due_at + HOUR) for _ in range(2)] == [1, 0]
    assert Event.objects.filter(kind="promise.note_withdrawn").count() == 1


def test_a_drafted_note_is_forgotten_when_the_time_is_over(promise: Promise, now: datetime):
    promises.look_after(promise.due_at - HOUR)
    assert Promise.objects.get().note_draft
    assert withdraw_late(promise.due_at + HOUR) == 1
    assert Promise.objects.get().note_draft == ""


def test_nobody_can_tell_ahead_of_a_time_that_is_over(promise: Promise, aino: Agent):
    with pytest.raises(TooLateToTell):
        promises.tell(promise, by=aino, text=NOTE, now=promise.due_at + HOUR)
    assert Reply.objects.count() == 0
