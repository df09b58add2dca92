"""A mail that nobody can read becomes a case all the same, with its bytes to be had."""

import sys
from datetime import datetime

import pytest
from django.urls import reverse

from amends.desk.models import Case, Role
from amends.desk.operations import triage, understanding
from amends.desk.operations.receive import receive
from amends.engines.sandbox import SandboxReader

pytestmark = pytest.mark.django_db
BEGIN = "import os,sys,time;from amends.engines.letter_pipe import send;send(sys.stdout.buffer,b'letter');"
WORDS = {"en": "Where is my parcel?", "id": "Mana paket saya?", "th": "พัสดุของฉันอยู่ไหนคะ", "fi": "Missä pakettini on?"}


def mail(words: str) -> bytes:
    head = "From: Mali <mali@example.org>\r\nTo: care@lumi.example\r\nSubject: Parcel\r\n"
    return f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n".encode()


@pytest.fixture
def deadly(brand: object, monkeypatch: pytest.MonkeyPatch):
    """Every mail ends its reader, as one that breaks a parser would."""
    reader = SandboxReader(command=(sys.executable, "-c", BEGIN + "sys.stdin.buffer.read(9);os._exit(11)"))
    monkeypatch.setattr(understanding, "letter_reader", lambda: reader)


def test_it_becomes_a_case_that_waits_with_a_doubt(deadly, now: datetime, language: str):
    message = triage.file_message(receive(mail(WORDS[language]), channel="smtp", now=now).raw_id, now=now)
    assert (message.text, message.sender) == (WORDS[language], "mali@example.org")
    assert message.conversation.case.status == Case.Status.OPEN
    assert "could not be read safely" in message.doubts[0]


def test_its_bytes_can_be_had_by_whoever_answers_it(deadly, client_of, person, now: datetime):
    message = triage.file_message(receive(mail("x"), channel="smtp", now=now).raw_id, now=now)
    answer = client_of(person(Role.AGENT, "aino")).get(reverse("message-raw", args=[message.pk]))
    assert answer.content == mail("x")
    assert answer["Content-Disposition"].startswith("attachment")
    assert message.attachments.get().media_type == "message/rfc822"


def test_bytes_of_a_message_that_is_not_there_are_not_found(client_of, person):
    assert client_of(person(Role.AGENT, "aino")).get(reverse("message-raw", args=[1])).status_code == 404
