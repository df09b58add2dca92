"""What people answer to a proposed promise is kept to learn from, without the customer in it."""

import json
from datetime import datetime
from io import StringIO

import pytest
from django.core.management import call_command

from amends.desk.models import Agent, Case, Promise, PromiseLabel
from amends.desk.operations import outbox
from amends.desk.operations.drafting import decide_chip, review_draft, save_draft
from amends.desk.operations.send import send, undo

pytestmark = pytest.mark.django_db
TEXT = "Khun Somchai, I will refund you by Friday. Mail me at somchai@example.org about TH-88213. Aino"


def sent_with(case: Case, author: Agent, *, now: datetime, due: str = "", decision: str = "confirmed") -> None:
    draft = save_draft(case, author=author, text=TEXT, seen_version=case.version, now=now)
    [found] = [one for one in review_draft(draft, now=now, interface="en").promises if one.due_end]
    due_end = datetime.fromisoformat(due) if due else found.due_end
    decide_chip(
        draft,
        quote=found.span.of(TEXT),
        what=found.what,
        due_start=due_end,
        due_end=due_end,
        decision=decision,
        now=now,
    )
    reply = send(draft, reason="as the test wants", now=now)
    reply.state = "sending"
    reply.save()
    outbox.sent(reply, now=now)


@pytest.mark.parametrize(
    ("due", "decision", "answer"),
    [("", "confirmed", "confirmed"), ("2026-11-27T17:00+07:00", "confirmed", "edited"), ("", "dismissed", "dismissed")],
)
def test_each_answer_becomes_a_label(case: Case, aino: Agent, now: datetime, due: str, decision: str, answer: str):
    sent_with(case, aino, now=now, due=due, decision=decision)
    label = PromiseLabel.objects.get()
    assert (label.answer, label.by, label.before["what"]) == (answer, aino, "refund")
    assert (label.after is None) == (answer == "dismissed")


def test_a_promise_that_nobody_proposed_is_a_label_too(case: Case, aino: Agent, now: datetime):
    draft = save_draft(
        case, author=aino, text="Khun Somchai, the parcel flies with the swallows.", seen_version=0, now=now
    )
    decide_chip(
        draft, quote="flies with the swallows", what="delivery", due_start=None, due_end=now.replace(day=23),
        decision="confirmed", now=now,
    )  # fmt: skip
    reply = send(draft, reason="as the test wants", now=now)
    reply.state = "sending"
    reply.save()
    outbox.sent(reply, now=now)
    assert PromiseLabel.objects.get().answer == "added"


def test_no_name_address_or_number_is_exported(case: Case, aino: Agent, now: datetime):
    sent_with(case, aino, now=now)
    out = StringIO()
    call_command("promise_labels", stdout=out)
    [line] = map(json.loads, out.getvalue().splitlines())
    assert "Somchai" not in out.getvalue()
    assert (line["language"], line["text"]) == ("en", "Khun <name>, I will refund you by Friday.")


def test_what_was_taken_back_teaches_nothing(case: Case, aino: Agent, now: datetime):
    draft = save_draft(case, author=aino, text="Hello Somchai, thank you. Aino", seen_version=0, now=now)
    undo(send(draft, reason="as the test wants", now=now), by=aino, now=now)
    assert PromiseLabel.objects.count() == 0


def test_a_word_that_we_write_again_gets_a_time_and_an_owner(case: Case, aino: Agent, now: datetime):
    draft = save_draft(
        case, author=aino, text="Hello Somchai. We will answer you shortly. Aino", seen_version=0, now=now
    )
    send(draft, reason="as the test wants", now=now)
    promise = Promise.objects.get()
    assert (promise.kind, promise.owner, promise.due_at > now) == ("receipt", aino, True)
    assert promise.quote == "We will answer you shortly."
