"""What keeps a promise: the desk sees answers and parcels itself, and says what it saw."""

from datetime import datetime, timedelta

import pytest

from amends.desk.models import Agent, Case, Evidence, Message, Order, Promise, Reply
from amends.desk.operations import outbox
from amends.desk.operations.orders import order_moved

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def promised(case: Case, what: str, *, now: datetime, **more: object) -> Promise:
    return Promise.objects.create(
        case=case, what=what, quote="today", made_at=now, due_at=now + 8 * HOUR, **{"kind": "said", **more}
    )


def leaving(case: Case, author: Agent | None, *, now: datetime, **more: object) -> Reply:
    message = Message.objects.create(
        conversation=case.conversations.get(), direction="out", author=author, at=now, dedupe_key=f"{now} {author}"
    )
    return Reply.objects.create(
        conversation=case.conversations.get(), message=message, author=author, recipient="somchai@example.org",
        text="…", state="sending", internet_message_id=f"<{message.pk}@x>", queued_at=now, undo_until=now, due_at=now,
        **more,
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["said", "receipt"])
def test_an_answer_that_left_keeps_the_promise_of_an_answer(case: Case, aino: Agent, now: datetime, kind: str):
    promise = promised(case, "answer", now=now, kind=kind)
    reply = leaving(case, aino, now=now + HOUR)
    outbox.sent(reply, now=now + HOUR)
    promise.refresh_from_db()
    shown = Evidence.objects.get()
    assert (promise.state, shown.kind, shown.reply, shown.by) == ("kept", "reply", reply, None)


@pytest.mark.parametrize("what", ["refund", "call", "delivery", "visit"])
def test_an_answer_keeps_nothing_else(case: Case, aino: Agent, now: datetime, what: str):
    promise = promised(case, what, now=now)
    outbox.sent(leaving(case, aino, now=now + HOUR), now=now + HOUR)
    promise.refresh_from_db()
    assert promise.state == "made"


def test_a_machines_letter_keeps_nothing(case: Case, now: datetime):
    promise = promised(case, "answer", now=now)
    outbox.sent(leaving(case, None, now=now + HOUR, automatic=True), now=now + HOUR)
    promise.refresh_from_db()
    assert promise.state == "made"


def test_a_note_that_it_will_be_late_does_not_keep_it(case: Case, aino: Agent, now: datetime):
    promise = promised(case, "answer", now=now)
    outbox.sent(leaving(case, aino, now=now + HOUR, tells=promise), now=now + HOUR)
    promise.refresh_from_db()
    assert promise.state == "told"


def test_an_answer_that_promises_another_keeps_only_our_word_that_somebody_writes(
    case: Case, aino: Agent, now: datetime
):
    said, receipt = promised(case, "answer", now=now), promised(case, "answer", now=now, kind="receipt")
    reply = leaving(case, aino, now=now + HOUR)
    promised(case, "answer", now=now + HOUR, message=reply.message)
    outbox.sent(reply, now=now + HOUR)
    assert [Promise.objects.get(pk=one.pk).state for one in (said, receipt)] == ["made", "kept"]


@pytest.mark.parametrize(
    ("state", "kept"),
    [("shipped", {"replacement"}), ("delivered", {"delivery", "replacement"}), ("returned", set()), ("late", set())],
)
def test_a_parcel_keeps_what_it_keeps(case: Case, now: datetime, state: str, kept: set[str]):
    case.order = Order.objects.create(customer=case.customer, number="A1", amount=1, currency="THB", placed_at=now)
    case.save()
    for what in ("delivery", "replacement", "refund"):
        promised(case, what, now=now)
    found = order_moved(case.order, state=state, now=now + HOUR)
    assert {promise.what for promise in found} == kept == {p.what for p in Promise.objects.filter(state="kept")}
    assert order_moved(case.order, state=state, now=now + 2 * HOUR) == []
