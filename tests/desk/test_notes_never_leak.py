"""A word between colleagues never leaves the desk: not in a mail, not on the customer's page, not in a drafted note."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from amends.desk.channels.email.deliver import deliver_reply
from amends.desk.models import Agent, Case, Message, Promise, Reply
from amends.desk.operations import customer_page, drafting, promises
from amends.desk.operations.notes import add_note
from amends.desk.operations.send import send
from amends.mail.parse import parse
from tests.desk.decided import none_promised

pytestmark = pytest.mark.django_db
SECRET = "zebra-between-us"


@pytest.fixture
def noted(case: Case, aino: Agent, now: datetime) -> Case:
    """A case with a note, an answer that was sent, and a promise that slips."""
    Message.objects.create(
        conversation=case.conversations.get(), direction="in", sender="somchai@example.org", new_text="Where is it?",
        at=now, dedupe_key="first",
    )  # fmt: skip
    add_note(case, author=aino, text=f"Careful with this one: {SECRET}", now=now)
    drafted = drafting.save_draft(
        case, author=aino, text="We lost it, Somchai. A new one goes today.", seen_version=case.version, now=now
    )
    reply = send(none_promised(drafted, now=now), reason="so", now=now)
    deliver_reply(reply.pk, now=reply.due_at)
    Promise.objects.create(case=case, owner=aino, quote="today", made_at=now, due_at=now + timedelta(hours=8))
    promises.look_after(now + timedelta(hours=7))
    return case


def test_no_mail_carries_a_note(noted: Case):
    letter = parse(bytes(Reply.objects.get().mime))
    assert "We lost it" in letter.text
    assert SECRET not in f"{letter.headers} {letter.text} {letter.html}"


def test_the_customers_page_shows_no_note(noted: Case, now: datetime):
    link = reverse("page", kwargs={"token": customer_page.token(noted, now=now + timedelta(days=3650))})
    page = Client().get(link)
    assert page.status_code == 200
    assert SECRET not in page.content.decode()


def test_no_note_is_drafted_to_the_customer_from_a_note_between_us(noted: Case):
    drafted = Promise.objects.get().note_draft
    assert "Somchai" in drafted
    assert SECRET not in drafted


def test_a_note_is_no_message(noted: Case):
    assert not Message.objects.filter(text__contains=SECRET).exists()
    assert not Message.objects.filter(new_text__contains=SECRET).exists()
