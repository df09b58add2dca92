"""What leaves the desk leaves once, and not at all while somebody said stop."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from amends.desk.models import Agent, Case, Event, Handle, Job, Promise, Reply
from amends.desk.operations import bounces, outbox

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def queued(case: Case, aino: Agent, now: datetime) -> Callable[..., Reply]:
    """Make a queued reply to Somchai; other columns as asked."""

    def made(**columns: object) -> Reply:
        number = Reply.objects.count()
        usual = {"queued_at": now, "undo_until": now, "due_at": now, "text": "…", "recipient": "somchai@example.org"}
        return Reply.objects.create(
            conversation=case.conversations.get(), author=aino, internet_message_id=f"<{number}@x>", **usual | columns
        )

    return made


def test_a_reply_is_claimed_once_and_its_try_counted_before_the_network(queued, now: datetime):
    reply = queued()
    claimed = outbox.claim(reply.pk, now=now)
    assert claimed is not None
    assert (claimed.state, claimed.tries) == (Reply.State.SENDING, 1)
    assert outbox.claim(reply.pk, now=now) is None


def test_it_does_not_leave_before_the_undo_time_is_over(queued, now: datetime):
    reply = queued(due_at=now + MINUTE)
    assert outbox.claim(reply.pk, now=now) is None
    assert outbox.claim(reply.pk, now=now + MINUTE) is not None


def test_the_kill_switch_stops_everything_and_lifting_it_lets_go_again(queued, aino: Agent, now: datetime):
    reply = queued()
    outbox.halt(by=aino, reason="a loop", now=now)
    assert outbox.claim(reply.pk, now=now) is None
    assert Reply.objects.get().error == "halted"
    assert outbox.lift(by=aino, now=now) == 1
    assert Job.objects.filter(task="deliver_reply").count() == 1
    assert outbox.claim(reply.pk, now=now) is not None


def test_one_recipient_gets_six_letters_an_hour_and_the_rest_later(queued, now: datetime):
    for reply in [queued() for _ in range(6)]:
        outbox.sent(outbox.claim(reply.pk, now=now), now=now)
    seventh = queued()
    assert outbox.claim(seventh.pk, now=now) is None
    seventh.refresh_from_db()
    assert (seventh.error, seventh.due_at) == ("budget", now + 60 * MINUTE)
    assert outbox.claim(seventh.pk, now=seventh.due_at) is not None


def test_nobody_writes_to_an_address_that_bounced(queued, now: datetime):
    first, second = queued(), queued()
    bounces.bounced(outbox.sent(outbox.claim(first.pk, now=now), now=now), error="550 no such user", now=now)
    assert Handle.objects.get().muted_at == now
    assert outbox.claim(second.pk, now=now) is None
    assert Reply.objects.get(pk=second.pk).error == "muted"


def test_a_soft_failure_is_tried_again_and_a_hard_one_shows_on_the_case(queued, case: Case, now: datetime):
    reply = outbox.claim(queued().pk, now=now)
    outbox.failed(reply, error="451 later", again_at=now + MINUTE, now=now)
    assert outbox.claim(reply.pk, now=now) is None
    again = outbox.claim(reply.pk, now=now + MINUTE)
    outbox.failed(again, error="550 never", again_at=None, now=now + MINUTE)
    assert [e.kind for e in Event.objects.filter(case=case)][-4:] == [
        "reply.delayed", "reply.sending", "reply.failed", "todo.made",
    ]  # fmt: skip


def test_a_sender_that_died_leaves_a_reply_uncertain_and_never_sent_again(queued, now: datetime):
    reply = outbox.claim(queued().pk, now=now)
    outbox.keep_mime(reply, b"Subject: Sorry")
    assert outbox.settle_stuck(now + MINUTE) == 0
    assert outbox.settle_stuck(now + outbox.LEASE) == 1
    assert outbox.claim(reply.pk, now=now + outbox.LEASE) is None
    assert Reply.objects.get().state == Reply.State.UNCERTAIN


def dies(reply: Reply, *, now: datetime) -> Reply:
    """Claim it, go no further, and look again when that must be known."""
    assert outbox.claim(reply.pk, now=now) is not None
    assert outbox.settle_stuck(now + outbox.LEASE) == 1
    reply.refresh_from_db()
    return reply


def test_a_sender_that_died_before_the_letter_was_written_leaves_it_queued(queued, now: datetime):
    assert dies(queued(), now=now).state == Reply.State.QUEUED
    assert Job.objects.get(task="deliver_reply").due_at == now + outbox.LEASE


def test_a_letter_that_kills_its_sender_again_and_again_is_a_persons_to_look_at(queued, now: datetime):
    reply = queued()
    for turn in range(outbox.MOST_DEATHS):
        dies(reply, now=now + 2 * turn * outbox.LEASE)
    assert reply.state == Reply.State.FAILED


def test_who_comes_back_late_with_a_letter_finds_the_reply_taken(queued, now: datetime):
    late = outbox.claim(queued().pk, now=now)
    outbox.settle_stuck(now + outbox.LEASE)
    with pytest.raises(outbox.TakenBack):
        outbox.keep_mime(late, b"Subject: late")


def test_a_job_that_comes_early_asks_again_for_the_right_time(queued, now: datetime):
    reply = queued(due_at=now + MINUTE)
    assert outbox.claim(reply.pk, now=now) is None
    assert Job.objects.get(task="deliver_reply").due_at == reply.due_at


def test_a_due_reply_without_a_job_is_taken_up(queued, now: datetime):
    queued()
    assert [outbox.take_up_forgotten(now + 3 * MINUTE) for _ in range(2)] == [1, 0]


@pytest.mark.parametrize("why", outbox.HELD_BACK)
def test_what_is_held_back_is_not_taken_up(queued, now: datetime, why: str):
    queued(error=why)
    assert outbox.take_up_forgotten(now + 3 * MINUTE) == 0


def test_a_promise_counts_as_told_when_the_note_has_left(queued, case: Case, now: datetime):
    promise = Promise.objects.create(case=case, quote="by Friday", due_at=now + 60 * MINUTE, made_at=now)
    reply = outbox.claim(queued(tells=promise).pk, now=now)
    assert Promise.objects.get().state == "made"
    outbox.sent(reply, now=now)
    assert (Promise.objects.get().state, Promise.objects.get().told_at) == ("told", now)
