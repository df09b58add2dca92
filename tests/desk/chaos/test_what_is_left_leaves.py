"""What `amends chaos sending` does once the killing is over: every reply ends, wherever its worker was killed."""

import pytest

from amends.desk import clock
from amends.desk.chaos import sending
from amends.desk.models import Agent, Case, Reply
from amends.desk.operations import outbox

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def claimed(case: Case, aino: Agent) -> Reply:
    """Return a reply that a worker took to the network a moment ago, and then was killed."""
    now = clock.now()
    reply = Reply.objects.create(
        conversation=case.conversations.get(), author=aino, internet_message_id="<left@x>", text="…",
        recipient="somchai@example.org", queued_at=now, undo_until=now, due_at=now,
    )  # fmt: skip
    assert outbox.claim(reply.pk, now=now) is not None
    return reply


def test_a_letter_that_was_not_yet_composed_leaves(claimed: Reply):
    sending.let_the_rest_leave()
    claimed.refresh_from_db()
    assert (claimed.state, claimed.tries) == (Reply.State.SENT, 2)


def test_a_letter_that_was_composed_is_uncertain(claimed: Reply):
    outbox.keep_mime(Reply.objects.get(pk=claimed.pk), b"Subject: Sorry")
    sending.let_the_rest_leave()
    claimed.refresh_from_db()
    assert claimed.state == Reply.State.UNCERTAIN
