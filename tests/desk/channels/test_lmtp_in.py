"""A mail server hands mail on by LMTP: kept once, and one honest answer for each recipient."""

import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import DatabaseError

from amends.desk.channels import gathering
from amends.desk.channels.email.lmtp_in import lmtp_receiver
from amends.desk.models import RawMessage
from amends.desk.operations.receive import raw_bytes
from tests.servers import free_port

pytestmark = pytest.mark.django_db(transaction=True)
Write = Callable[..., bytes]
OURS = ["care@lumi.example", "help@lumi.example"]


@contextmanager
def line(address: str) -> Iterator[smtplib.LMTP]:
    """Speak to the receiver as a mail server does."""
    host, _, port = address.rpartition(":")
    with (
        lmtp_receiver(address),
        smtplib.LMTP(*((address, 0) if address.startswith("/") else (host, int(port)))) as spoken,
    ):
        yield spoken


@pytest.fixture(params=["tcp", "socket"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"127.0.0.1:{free_port()}" if request.param == "tcp" else str(tmp_path / "lmtp")


def handed_over(spoken: smtplib.LMTP, raw: bytes) -> list[tuple[int, str]]:
    """Hand a mail on for two recipients; return each one's answer. (smtplib itself reads only the first.)"""
    spoken.ehlo("mta.example")
    spoken.mail("noi@example.org")
    for recipient in OURS:
        spoken.rcpt(recipient)
    answers = [spoken.data(raw), spoken.getreply()]
    assert spoken.noop()[0] == 250
    return [(code, words.split()[1].decode()) for code, words in answers]


def test_one_mail_for_two_of_ours_is_kept_once_and_each_has_an_answer(address: str, mail: Write) -> None:
    with line(address) as spoken:
        assert handed_over(spoken, mail("1")) == [(250, f"<{ours}>") for ours in OURS]
    kept = RawMessage.objects.get()
    assert (raw_bytes(kept).rstrip(), kept.envelope["rcpt"]) == (mail("1").rstrip(), OURS)


def test_what_could_not_be_kept_is_refused_for_now_for_everybody(
    address: str, mail: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(gathering, "receive_all", full)
    with line(address) as spoken:
        assert handed_over(spoken, mail("1")) == [(451, f"<{ours}>") for ours in OURS]
