"""A reply meant for later: it answers nobody until it leaves, and comes back when the customer writes first."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from amends.desk.channels.email.deliver import deliver_reply
from amends.desk.models import Agent, Case, Draft, Event, Message, Promise, Reply, Todo
from amends.desk.operations import customer_page, drafting, triage
from amends.desk.operations.receive import receive
from amends.desk.operations.send import send, undo
from amends.desk.operations.todos import ask_for

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
TOMORROW = timedelta(hours=24)
WORDS = "Dear Somchai, I am sorry that we sent the wrong lamp. You will have the right one tomorrow."


@pytest.fixture
def case(case: Case, now: datetime) -> Case:
    """Somchai waits since an hour."""
    Message.objects.create(
        conversation=case.conversations.get(), direction="in", sender="somchai@example.org", at=now - HOUR,
        text="Wrong lamp!", new_text="Wrong lamp!", dedupe_key="first", internet_message_id="<first@example.org>",
    )  # fmt: skip
    Case.objects.update(waiting_since=now - HOUR, language="en")
    case.refresh_from_db()
    return case


@pytest.fixture
def later(case: Case, aino: Agent, now: datetime) -> Callable[..., Reply]:
    """Queue Aino's reply for the same time tomorrow, with its promise confirmed."""

    def queued(text: str = WORDS) -> Reply:
        draft = drafting.save_draft(case, author=aino, text=text, seen_version=case.version, now=now)
        seen = drafting.review_draft(draft, now=now, interface="en")
        for chip in drafting.undecided_promises(draft, seen):
            drafting.decide_chip(
                draft, quote=chip["quote"], what=chip["what"], due_start=datetime.fromisoformat(chip["due_start"]),
                due_end=datetime.fromisoformat(chip["due_end"]), decision="confirmed", now=now,
            )  # fmt: skip
        return send(draft, reason="a test of the time", at=now + TOMORROW, now=now)

    return queued


def writes(text: str, *, at: datetime) -> None:
    raw = f"From: somchai@example.org\r\nTo: care@lumi.example\r\nMessage-ID: <2@x>\r\nIn-Reply-To: <first@example.org>\r\n\r\n{text}"
    triage.file_message(receive(raw.encode(), channel="smtp", now=at).raw_id, now=at)


def test_it_leaves_at_its_time_and_not_before(later, now: datetime):
    reply = later()
    assert deliver_reply(reply.pk, now=now + TOMORROW - HOUR) is None
    assert deliver_reply(reply.pk, now=now + TOMORROW) is not None


def test_until_it_leaves_the_customer_still_waits(later, case: Case, now: datetime):
    reply = later()
    case.refresh_from_db()
    assert (case.status, case.waiting_since, case.last_reply_at) == ("open", now - HOUR, None)
    deliver_reply(reply.pk, now=now + TOMORROW)
    case.refresh_from_db()
    assert (case.status, case.waiting_since, case.last_reply_at) == ("waiting", None, now + TOMORROW)


def test_tomorrow_in_it_is_the_day_after_it_is_sent(later, now: datetime):
    later()
    assert Promise.objects.get().due_at.date() == (now + 2 * TOMORROW).date()


def test_it_comes_back_as_a_draft_when_the_customer_writes_first(later, case: Case, now: datetime):
    reply = later()
    writes("Forget it, I want my money back.", at=now + HOUR)
    reply.refresh_from_db()
    assert (reply.state, Draft.objects.get().text) == ("cancelled", WORDS)
    assert Promise.objects.count() == 0
    assert Event.objects.get(kind="reply.given_back").facts["why"] == "customer_wrote"
    assert deliver_reply(reply.pk, now=now + TOMORROW) is None


def test_it_comes_back_when_the_customer_says_it_is_solved(later, case: Case, now: datetime):
    reply = later()
    customer_page.says_solved(case, now=now + HOUR)
    reply.refresh_from_db()
    assert reply.state == "cancelled"


def test_words_filed_at_the_last_moment_hold_it_back_too(later, case: Case, now: datetime):
    reply = later()
    Message.objects.create(conversation=case.conversations.get(), direction="in", at=now + HOUR, dedupe_key="late")
    assert deliver_reply(reply.pk, now=now + TOMORROW) is None
    reply.refresh_from_db()
    assert reply.state == "cancelled"


def test_its_writer_may_take_it_back_any_time_before(later, aino: Agent, now: datetime):
    reply = later()
    assert undo(reply, by=aino, now=now + 5 * HOUR)
    assert Draft.objects.get().text == WORDS


def test_a_reply_that_leaves_ends_the_tasks_it_answers(later, case: Case, aino: Agent, now: datetime):
    todo = ask_for(case, Todo.Kind.ACKNOWLEDGE, now=now)
    reply = later()
    assert Todo.objects.get().done_at is None
    deliver_reply(reply.pk, now=now + TOMORROW)
    todo.refresh_from_db()
    assert (todo.done_at, todo.done_by) == (now + TOMORROW, aino)
