"""A reply that came back: the address is not written to blindly, and nobody relies on words that were never heard."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from amends.desk.models import Agent, Bounce, Case, Event, Handle, Message, Promise, Reply, Todo
from amends.desk.operations import bounces, outbox

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def sent(case: Case, aino: Agent, now: datetime) -> Callable[..., Reply]:
    """Make a reply to Somchai that has left."""

    def made(**columns: object) -> Reply:
        number = Reply.objects.count()
        talk = case.conversations.get()
        said = Message.objects.create(conversation=talk, direction="out", author=aino, at=now, dedupe_key=f"o{number}")
        return Reply.objects.create(
            conversation=talk, author=aino, internet_message_id=f"<{number}@x>", queued_at=now, undo_until=now, due_at=now,
            text="…", recipient="somchai@example.org", state="sent", sent_at=now, message=said, **columns,
        )  # fmt: skip

    return made


def test_a_dead_address_is_muted_and_a_person_asked(sent, case: Case, aino: Agent, now: datetime):
    bounces.bounced(sent(), error="550 no such user", now=now)
    todo = Todo.objects.get()
    assert (Handle.objects.get().muted_at, Reply.objects.get().state) == (now, "failed")
    assert (todo.kind, todo.owner, todo.case) == ("returned", aino, case)


def test_a_full_mailbox_is_only_counted_until_the_third_time(sent, now: datetime):
    for days in range(2):
        bounces.bounced(sent(), error="452 full", is_hard=False, now=now + days * DAY)
    assert Handle.objects.get().muted_at is None
    bounces.bounced(sent(), error="452 full", is_hard=False, now=now + 2 * DAY)
    assert (Handle.objects.get().muted_at, Bounce.objects.count()) == (now + 2 * DAY, 3)


def test_full_mailboxes_of_long_ago_do_not_count(sent, now: datetime):
    for days in (0, 1, 20):
        bounces.bounced(sent(), error="452 full", is_hard=False, now=now + days * DAY)
    assert Handle.objects.get().muted_at is None


def test_what_the_returned_reply_promised_is_told_to_its_owner(sent, case: Case, aino: Agent, now: datetime):
    reply = sent()
    promise = Promise.objects.create(
        case=case, message=reply.message, owner=aino, quote="by Friday", due_at=now + DAY, made_at=now
    )
    bounces.bounced(reply, error="550", now=now)
    unheard = Event.objects.get(kind="promise.unheard")
    assert (unheard.facts["promise"], unheard.facts["owner"]) == (promise.pk, aino.pk)
    assert Promise.objects.get().state == "made"


def test_a_promise_counts_as_told_no_more_when_the_note_came_back(sent, case: Case, now: datetime):
    promise = Promise.objects.create(case=case, quote="by Friday", due_at=now + DAY, made_at=now)
    reply = sent(tells=promise)
    outbox.told(promise, reply=reply, now=now)
    bounces.bounced(reply, error="550", now=now)
    promise.refresh_from_db()
    assert (promise.state, promise.told_at, promise.alarms) == ("slipping", None, [])


def test_the_customer_waits_again_for_what_never_reached_them(sent, case: Case, now: datetime):
    talk = case.conversations.get()
    Message.objects.create(conversation=talk, direction="in", at=now - DAY, dedupe_key="in", sender="s@example.org")
    Case.objects.update(status="waiting")
    bounces.bounced(sent(), error="550", now=now)
    case.refresh_from_db()
    assert (case.status, case.waiting_since) == ("open", now - DAY)


@pytest.mark.parametrize(
    ("report", "hard"),
    [
        ("Action: failed\nStatus: 5.1.1\n", True),
        ("Action: failed\nStatus: 4.2.2\n", False),
        ("Status: 4.4.7\nStatus: 5.4.7\n", True),
        ("The user does not exist.", True),
    ],
)
def test_a_bounce_is_soft_only_when_it_says_so(report: str, hard: bool):
    assert bounces.is_hard(report) is hard
