"""What becomes of a promise."""

from datetime import UTC, datetime, timedelta

import pytest

from amends.desk.models import Agent, Case, Event, Promise, Reply
from amends.desk.operations import case_life, outbox, promises
from amends.desk.operations.drafting import review_text
from amends.desk.operations.notices import spoken
from amends.desk.operations.send import undo
from amends.promises.ledger import NeedsTheirWord
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
    with pytest.raises(NeedsTheirWord):
        promises.release(promise, by=aino, customers_words=" ", now=now)
    assert promises.release(promise, by=aino, customers_words="No need any more", now=now) is None
    assert (promise.state, promise.evidence) == (PromiseState.RELEASED, "No need any more")


def test_a_new_date_agreed_with_the_customer_is_a_new_promise(promise: Promise, aino: Agent, now: datetime):
    new = promises.release(promise, by=aino, customers_words="Friday is fine", new_due_at=now + 48 * HOUR, now=now)
    assert (new.replaces, new.state, new.due_at) == (promise, PromiseState.MADE, now + 48 * HOUR)


def kinds(promise: Promise) -> list[str]:
    """What happened to a promise, in order."""
    return [event.kind for event in Event.objects.filter(facts__promise=promise.pk)]


def test_a_promise_that_slips_warns_once(promise: Promise, now: datetime):
    assert promises.look_after(now + 3 * HOUR) == 0
    assert promises.look_after(now + 4.5 * HOUR) == 1
    assert promises.look_after(now + 4.5 * HOUR) == 0
    promise.refresh_from_db()
    assert (promise.state, promise.warned_at, kinds(promise)) == ("slipping", now + 4.5 * HOUR, ["promise.slipping"])


def test_the_note_to_the_customer_is_drafted_in_their_language_before_the_time(promise, language: str, now: datetime):
    promise.case.language = language
    promise.case.save()
    promises.look_after(now + 6.5 * HOUR)
    promise.refresh_from_db()
    seen = review_text(promise.note_draft, case=promise.case, now=now, interface="en")
    assert seen.language == language
    assert "Somchai" in promise.note_draft
    assert [finding.rule for finding in seen.verdict.errors] == ["var.unresolved"]


def test_a_language_without_a_note_warns_all_the_same(promise: Promise, now: datetime):
    promise.case.language = "sw"
    promise.case.save()
    promises.look_after(now + 4.5 * HOUR)
    assert kinds(promise) == ["promise.slipping"]


def test_a_clock_that_jumps_raises_no_alarm_twice(promise: Promise, now: datetime):
    for hours in (4.5, 5.5, -17, 31, 5.5, 4.5, 31):
        promises.look_after(now + hours * HOUR)
    assert kinds(promise) == ["promise.slipping", "promise.last_word", "promise.overdue"]
    assert Promise.objects.get().state == "slipping"


def test_a_promise_nobody_kept_is_broken_a_day_after_its_time(promise: Promise, now: datetime):
    promises.look_after(now + 32 * HOUR)
    assert Promise.objects.get().state == "slipping"
    assert promises.look_after(now + 33 * HOUR) == 1
    assert Promise.objects.get().state == "broken"


def test_an_owner_who_is_away_leaves_no_promise_alone(promise: Promise, aino: Agent, person, now: datetime):
    Agent.objects.filter(pk=aino.pk).update(away_until=now + 99 * HOUR)
    promises.look_after(now + 3 * HOUR)
    assert Event.objects.get(kind="promise.owner_away").facts["to_lead"] is True
    ville = person("agent", "ville")
    Case.objects.update(owner=aino)
    case_life.assign(Case.objects.get(), to=ville, by=ville, now=now + 5 * HOUR)
    assert Promise.objects.get().owner == ville


def test_telling_ahead_counts_when_the_note_has_left_and_not_if_it_is_taken_back(promise, aino: Agent, now: datetime):
    note = promises.tell(promise, by=aino, text=NOTE, now=now)
    undo(note, by=aino, now=now)
    assert Promise.objects.get().state == "made"
    note = promises.tell(promise, by=aino, text=NOTE, now=now)
    outbox.sent(outbox.claim(note.pk, now=note.due_at), now=note.due_at)
    assert (Promise.objects.get().state, Reply.objects.filter(state="sent").count()) == ("told", 1)
    assert Event.objects.get(kind="promise.told").facts["ahead"] is True


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Friday, November 27, 5:00 PM"),
        ("id", "Jumat, 27 November 17.00"),
        ("th", "วันศุกร์ 27 พฤศจิกายน 17:00"),
        ("fi", "perjantaina 27. marraskuuta 17.00"),
    ],
)
def test_a_due_time_is_said_in_full_by_the_customers_clock(language: str, said: str):
    due = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
    assert " ".join(spoken(due, language=language, timezone="Asia/Bangkok").split()) == said
