"""An answer comes back to its case by our own seal, from any mail program; an altered seal opens nothing."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.test.utils import override_settings

from amends.desk.channels.email.deliver import deliver_reply
from amends.desk.models import Agent, Case, Message
from amends.desk.operations.drafting import save_draft
from amends.desk.operations.receive import receive
from amends.desk.operations.send import send
from amends.desk.operations.triage import file_message
from tests.desk.decided import none_promised
from tests.servers import Sink, mailbox_of


@pytest.fixture
def ours(case: Case, aino: Agent, sink: Sink, now: datetime) -> EmailMessage:
    """Our reply, as it arrived at the customer's mail server."""
    case.conversations.update(mailbox=mailbox_of(case.brand, sink=sink))
    draft = save_draft(case, author=aino, text="Your lamp leaves today. Aino", seen_version=case.version, now=now)
    with override_settings(SENDING="smtp", PLUS_ADDRESSES=True):
        reply = send(none_promised(draft, now=now), reason="a test of the threading", now=now)
        deliver_reply(reply.pk, now=now + timedelta(minutes=1))
    return message_from_bytes(sink.taken[0], policy=policy.default)  # type: ignore[return-value]


def arrives(to: str, *, now: datetime, sender: str = "somchai@example.org", **headers: str) -> Message | None:
    """Let an answer come in and be filed."""
    head = {"From": sender, "To": to, "Subject": "Thanks", "Message-ID": "<answer@example.org>", **headers}
    letter = "".join(f"{name}: {value}\r\n" for name, value in head.items()) + "\r\nIt came, thank you.\r\n"
    receipt = receive(letter.encode(), channel="smtp", envelope={"rcpt": [to]}, now=now + timedelta(hours=1))
    return file_message(receipt.raw_id, now=now + timedelta(hours=1))


def case_of(message: Message | None) -> Case:
    assert message is not None
    return message.conversation.case


def test_an_answer_by_the_sealed_address_needs_no_headers(ours: EmailMessage, case: Case, now: datetime) -> None:
    sealed = ours["Reply-To"].addresses[0].addr_spec
    assert case_of(arrives(sealed, sender="somchais.wife@example.net", now=now)) == case


def test_an_answer_by_our_message_id_needs_no_address(ours: EmailMessage, case: Case, now: datetime) -> None:
    answer = arrives("care@lumi.example", now=now, **{"In-Reply-To": ours["Message-ID"]})
    assert case_of(answer) == case


@pytest.mark.parametrize("letter", ["a", "2", "z"])
def test_an_altered_seal_opens_nothing(ours: EmailMessage, case: Case, now: datetime, letter: str) -> None:
    local, _, domain = ours["Reply-To"].addresses[0].addr_spec.partition("@")
    forged = f"{local[:-1]}{letter if local[-1] != letter else 'b'}@{domain}"
    assert case_of(arrives(forged, sender="thief@example.net", now=now)) != case
