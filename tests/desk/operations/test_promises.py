"""What becomes of a promise."""

from datetime import datetime, timedelta

import pytest

from amends.desk.models import Agent, Case, Event, Promise, Reply
from amends.desk.operations import outbox, promises
from amends.desk.operations.errors import CannotPromise
from amends.desk.operations.send import undo
from amends.vocabulary import FinalState, PromiseState

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NOTE = "Khun Somchai, your parcel will be a day late, because I packed it too late. Aino"


@pytest.fixture
def promise(case: Case, aino: Agent, now: datetime) -> Promise:
    """A parcel promised to Somchai within eight hours."""
    return Promise.objects.create(
        case=case, owner=aino, what="delivery", quote="today", made_at=now, due_at=now + 8 * HOUR
    )


@pytest.mark.parametrize(("after", "state"), [(8 * HOUR, "kept"), (9 * HOUR, "kept_late")])
def test_a_promise_is_kept_in_time_or_late(promise: Promise, aino: Agent, now: datetime, after: timedelta, state: str):
    promises.keep(promise, by=aino, evidence="Signed for by Somchai", now=now + after)
    assert (promise.state, promise.ended_at) == (state, now + after)
    assert Event.objects.get(kind=f"promise.{state}").facts["promise"] == promise.pk


@pytest.mark.parametrize("state", ["kept", "kept_late", "broken", "released"])
def test_what_has_ended_stays_ended(promise: Promise, aino: Agent, now: datetime, state: str):
    Promise.objects.update(state=state, ended_at=now)
    promise.refresh_from_db()
    for act in (
        lambda: promises.keep(promise, by=aino, evidence="", now=now),
        lambda: promises.release(promise, by=aino, customers_words="never mind", now=now),
        lambda: promises.tell(promise, by=aino, text=NOTE, now=now),
    ):
        with pytest.raises(FinalState):
            act()
    assert promises.look_after(now + 900 * HOUR) == 0


def test_only_the_customers_words_release_us(promise: Promise, aino: Agent, now: datetime):
    with pytest.raises(CannotPromise):
        promises.release(promise, by=aino, customers_words=" ", now=now)
    assert promises.release(promise, by=aino, customers_words="No need any more", now=now) is None
    assert (promise.state, promise.evidence) == (PromiseState.RELEASED, "No need any more")


def test_a_new_date_agreed_with_the_customer_is_a_new_promise(promise: Promise, aino: Agent, now: datetime):
    new = promises.release(promise, by=aino, customers_words="Friday is fine", new_due_at=now + 48 * HOUR, now=now)
    assert (new.replaces, new.state, new.due_at) == (promise, PromiseState.MADE, now + 48 * HOUR)


def test_a_promise_that_slips_warns_once(promise: Promise, now: datetime):
    assert promises.look_after(now + 5 * HOUR) == 0
    assert promises.look_after(now + 6 * HOUR) == 1
    assert promises.look_after(now + 6 * HOUR) == 0
    assert (Promise.objects.get().state, Promise.objects.get().warned_at) == ("slipping", now + 6 * HOUR)
    assert Event.objects.filter(kind="promise.slipping").count() == 1


def test_a_clock_that_jumps_warns_no_second_time(promise: Promise, now: datetime):
    for moment in (now + 7 * HOUR, now - 17 * HOUR, now + 31 * HOUR, now + 7 * HOUR):
        promises.look_after(moment)
    assert Event.objects.filter(kind="promise.slipping").count() == 1
    assert Promise.objects.get().state == "slipping"


def test_a_promise_nobody_kept_is_broken_a_day_after_its_time(promise: Promise, now: datetime):
    promises.look_after(now + 32 * HOUR)
    assert Promise.objects.get().state == "slipping"
    assert promises.look_after(now + 33 * HOUR) == 1
    assert Promise.objects.get().state == "broken"


def test_telling_ahead_counts_when_the_note_has_left_and_not_if_it_is_taken_back(promise, aino: Agent, now: datetime):
    note = promises.tell(promise, by=aino, text=NOTE, now=now)
    undo(note, by=aino, now=now)
    assert Promise.objects.get().state == "made"
    note = promises.tell(promise, by=aino, text=NOTE, now=now)
    outbox.sent(outbox.claim(note.pk, now=note.due_at), now=note.due_at)
    assert (Promise.objects.get().state, Reply.objects.filter(state="sent").count()) == ("told", 1)
    assert Event.objects.get(kind="promise.told").facts["ahead"] is True
