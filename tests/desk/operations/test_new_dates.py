"""A note ahead proposes another time; only the customer's yes makes it a promise."""

from datetime import datetime, timedelta

import pytest

from amends.desk.models import Agent, Case, Event, Promise, Reply
from amends.desk.operations import outbox, promises
from amends.desk.operations.errors import NoteSaysOtherwise, NothingProposed
from amends.desk.operations.new_dates import agree, proposal
from amends.desk.operations.send import undo

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
YES = "Yes, that suits me."
NOTE = "Khun Somchai, your parcel will be late, because I packed it too late. Aino"


@pytest.fixture
def promise(case: Case, aino: Agent, now: datetime) -> Promise:
    """A parcel promised to Somchai within eight hours."""
    return Promise.objects.create(
        case=case, owner=aino, what="delivery", quote="today", made_at=now, due_at=now + 8 * HOUR
    )


def told(promise: Promise, by: Agent, *, new: datetime | None, now: datetime, text: str = NOTE) -> Reply:
    """A note ahead that has left."""
    note = promises.tell(promise, by=by, text=text, reason="it is so", new_due_at=new, now=now)
    return outbox.sent(outbox.claim(note.pk, now=note.due_at), now=note.due_at)


def test_their_yes_releases_the_old_promise_and_makes_the_new_one(promise: Promise, aino: Agent, now: datetime):
    note = told(promise, aino, new=now + 3 * DAY, now=now)
    new = agree(Promise.objects.get(), customers_words=YES, now=now + HOUR)
    promise.refresh_from_db()
    assert (promise.state, promise.evidence) == ("released", YES)
    assert (new.replaces, new.state, new.due_at, new.message) == (promise, "made", now + 3 * DAY, note.message)
    assert Event.objects.get(kind="promise.released").actor is None


def test_until_they_say_yes_the_old_time_stands(promise: Promise, aino: Agent, now: datetime):
    told(promise, aino, new=now + 3 * DAY, now=now)
    assert Promise.objects.get().due_at == now + 8 * HOUR
    promises.look_after(now + 33 * HOUR)
    assert Promise.objects.get().state == "broken"


def test_a_note_that_did_not_leave_proposes_nothing(promise: Promise, aino: Agent, now: datetime):
    note = promises.tell(promise, by=aino, text=NOTE, new_due_at=now + DAY, now=now)
    for _ in ("queued", "taken back"):
        assert proposal(Promise.objects.get()) is None
        with pytest.raises(NothingProposed):
            agree(Promise.objects.get(), customers_words=YES, now=now)
        undo(note, by=aino, now=now)
    assert Promise.objects.get().state == "made"


def test_a_yes_that_comes_after_the_new_time_agrees_to_nothing(promise: Promise, aino: Agent, now: datetime):
    told(promise, aino, new=now + 10 * HOUR, now=now)
    with pytest.raises(NothingProposed):
        agree(Promise.objects.get(), customers_words=YES, now=now + 10 * HOUR)


def test_saying_yes_twice_makes_one_promise(promise: Promise, aino: Agent, now: datetime):
    told(promise, aino, new=now + 3 * DAY, now=now)
    agree(promise, customers_words=YES, now=now + HOUR)
    with pytest.raises(NothingProposed):
        agree(promise, customers_words=YES, now=now + HOUR)
    assert Promise.objects.count() == 2


def test_the_new_time_fills_the_empty_place_of_the_note(promise: Promise, aino: Agent, language: str, now: datetime):
    Case.objects.update(language=language)
    promises.look_after(now + 6.5 * HOUR)
    drafted = Promise.objects.get()
    note = told(drafted, aino, new=now + 3 * DAY, now=now + 6.6 * HOUR, text=drafted.note_draft)
    assert "[" not in note.text
    new = agree(Promise.objects.get(), customers_words=YES, now=now + 7 * HOUR)
    assert new.quote in note.text
    assert new.quote != drafted.quote


def test_a_note_that_names_another_day_than_the_one_chosen_does_not_leave(promise: Promise, aino: Agent, now: datetime):
    Case.objects.update(language="en")
    text = "I am sorry. I will send your parcel by 27 November 2026."
    with pytest.raises(NoteSaysOtherwise):
        promises.tell(promise, by=aino, text=text, reason="so", new_due_at=now + 30 * DAY, now=now)
    assert Reply.objects.count() == 0


def test_a_time_written_into_the_note_by_hand_is_proposed_too(promise: Promise, aino: Agent, now: datetime):
    Case.objects.update(language="en")
    day = (now + 10 * DAY).strftime("%-d %B %Y")
    note = told(promise, aino, new=None, now=now, text=f"I am sorry. I will send your parcel by {day}. Aino")
    assert note.new_due_at is not None
    assert note.new_due_at.date() == (now + 10 * DAY).date()
