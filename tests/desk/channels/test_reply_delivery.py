"""A reply leaves once: what became of it stands in the outbox, and nothing that may have arrived goes twice."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.test.utils import override_settings

from amends.desk.channels.base import Failed, Sent, Uncertain
from amends.desk.channels.email.deliver import deliver_reply, wait_before
from amends.desk.models import Agent, Attachment, Case, Conversation, Job, Mailbox, Message, Reply, Todo
from amends.desk.operations.drafting import attach, save_draft
from amends.desk.operations.send import send
from tests.desk.decided import none_promised
from tests.servers import Sink, mailbox_of

WORDS = {
    "en": "Dear Noi, your parcel leaves today. I am sorry that we sent it late.",
    "id": "Bu Noi, paket Ibu kami kirim hari ini. Maaf kami terlambat mengirimnya.",
    "th": "คุณน้อยคะ พัสดุออกวันนี้ค่ะ ขอโทษที่เราส่งช้า",
    "fi": "Hei Noi, pakettisi lähtee tänään. Olen pahoillani, että lähetimme sen myöhässä.",
}


@pytest.fixture
def leaving(case: Case, aino: Agent, now: datetime, sink: Sink) -> Iterator[Callable[..., Reply]]:
    """Queue a reply of Aino, ready to leave through the real mail server."""
    case.conversations.update(mailbox=mailbox_of(case.brand, sink=sink))
    said = Message.objects.create(
        conversation=case.conversations.get(), direction="in", sender="somchai@example.org", at=now, text="?",
        new_text="?", internet_message_id="<first@example.org>", dedupe_key="first",
    )  # fmt: skip
    assert said.pk

    def queued(text: str = WORDS["en"], *, file: bytes = b"") -> Reply:
        draft = save_draft(case, author=aino, text=text, seen_version=case.version, now=now)
        if file:
            attach(draft, name="lähete.pdf", content=file, media_type="application/pdf", now=now)
        return send(none_promised(draft, now=now), reason="a test of the mail, not of the words", now=now)

    with override_settings(SENDING="smtp"):
        yield queued


def later(now: datetime) -> datetime:
    return now + timedelta(seconds=60)


@pytest.mark.parametrize("tag", WORDS)
def test_the_customer_gets_the_words_in_their_thread_from_the_brand(
    leaving: Callable[..., Reply], sink: Sink, now: datetime, tag: str
) -> None:
    reply = leaving(WORDS[tag])
    assert isinstance(deliver_reply(reply.pk, now=later(now)), Sent)
    got = message_from_bytes(sink.taken[0], policy=policy.default)
    assert WORDS[tag] in got.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert (got["In-Reply-To"], got["Message-ID"]) == ("<first@example.org>", reply.internet_message_id)
    assert got["From"].addresses[0].display_name == "Aino, Lumi & Co"


def test_a_file_that_goes_with_it_arrives_unchanged(leaving: Callable[..., Reply], sink: Sink, now: datetime) -> None:
    reply = leaving(file=b"%PDF-1.7 \x00\xff\r\n.\r\n")
    deliver_reply(reply.pk, now=later(now))
    [file] = message_from_bytes(sink.taken[0], policy=policy.default).iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("lähete.pdf", b"%PDF-1.7 \x00\xff\r\n.\r\n")


def test_delivered_twice_is_sent_once(leaving: Callable[..., Reply], sink: Sink, now: datetime) -> None:
    reply = leaving()
    endings = [deliver_reply(reply.pk, now=later(now)) for _ in range(3)]
    assert (endings[1:], sink.texts) == ([None, None], 1)
    reply.refresh_from_db()
    assert (reply.state, reply.sent_at) == (Reply.State.SENT, later(now))


def test_nothing_leaves_while_it_can_be_taken_back(leaving: Callable[..., Reply], sink: Sink, now: datetime) -> None:
    reply = leaving()
    assert deliver_reply(reply.pk, now=now + timedelta(seconds=5)) is None
    assert sink.texts == 0


def test_a_reply_that_may_have_arrived_is_never_sent_again_by_itself(
    leaving: Callable[..., Reply], sink: Sink, now: datetime
) -> None:
    sink.mood = "drop"
    reply = leaving()
    assert isinstance(deliver_reply(reply.pk, now=later(now)), Uncertain)
    sink.mood = "take"
    for days in range(4):
        assert deliver_reply(reply.pk, now=later(now) + timedelta(days=days)) is None
    reply.refresh_from_db()
    assert (reply.state, sink.texts) == (Reply.State.UNCERTAIN, 1)
    assert not Job.objects.filter(task="deliver_reply", due_at__gt=later(now)).exists()


def test_a_busy_server_is_asked_again_later_with_the_same_bytes(
    leaving: Callable[..., Reply], sink: Sink, now: datetime
) -> None:
    sink.mood = "full"
    reply = leaving()
    deliver_reply(reply.pk, now=later(now), chance=lambda: 0.5)
    reply.refresh_from_db()
    assert (reply.state, reply.due_at) == (Reply.State.QUEUED, later(now) + timedelta(minutes=1))
    sink.mood = "take"
    deliver_reply(reply.pk, now=reply.due_at)
    assert sink.taken[0] == sink.taken[1]


def test_after_three_days_a_person_is_told_instead(leaving: Callable[..., Reply], sink: Sink, now: datetime) -> None:
    sink.mood = "full"
    reply = leaving()
    deliver_reply(reply.pk, now=later(now))
    assert isinstance(deliver_reply(reply.pk, now=later(now) + timedelta(days=3)), Failed)
    reply.refresh_from_db()
    assert reply.state == Reply.State.FAILED
    assert "452" in reply.error
    assert (Todo.objects.get().kind, Todo.objects.get().reply) == ("unsent", reply)


def test_a_refused_reply_stands_on_the_case_at_once(leaving: Callable[..., Reply], sink: Sink, now: datetime) -> None:
    sink.mood = "unknown"
    reply = leaving()
    deliver_reply(reply.pk, now=later(now))
    case = Case.objects.get()
    assert case.events.filter(kind="reply.failed", at=later(now)).exists()
    assert (case.status, case.waiting_since is None) == (Case.Status.OPEN, False)


def test_without_a_mail_server_the_reply_says_what_to_do(leaving: Callable[..., Reply], now: datetime) -> None:
    Mailbox.objects.update(smtp_host="")
    reply = leaving()
    deliver_reply(reply.pk, now=later(now))
    reply.refresh_from_db()
    assert reply.state == Reply.State.FAILED
    assert "People & channels" in reply.error


def test_a_file_gone_from_the_disk_stops_the_reply_before_the_network(
    leaving: Callable[..., Reply], sink: Sink, now: datetime
) -> None:
    reply = leaving(file=b"a file")
    Attachment.objects.update(sha256="0" * 64)
    deliver_reply(reply.pk, now=later(now))
    reply.refresh_from_db()
    assert (reply.state, sink.texts) == (Reply.State.FAILED, 0)


def test_in_the_demo_nothing_touches_the_network(leaving: Callable[..., Reply], sink: Sink, now: datetime) -> None:
    reply = leaving()
    with override_settings(SENDING="outbox"):
        deliver_reply(reply.pk, now=later(now))
    reply.refresh_from_db()
    assert (reply.state, sink.texts) == (Reply.State.SENT, 0)
    assert reply.internet_message_id.encode() in bytes(reply.mime)


def test_answers_come_to_our_sealed_address_where_the_server_delivers_such(
    leaving: Callable[..., Reply], sink: Sink, now: datetime
) -> None:
    Conversation.objects.update(token="t0")
    with override_settings(PLUS_ADDRESSES=True):
        deliver_reply(leaving().pk, now=later(now))
    got = message_from_bytes(sink.taken[0], policy=policy.default)
    assert got["Reply-To"].addresses[0].addr_spec.startswith("care+t0.")


def test_a_desk_on_the_internet_gives_the_link_to_the_customers_page(
    leaving: Callable[..., Reply], sink: Sink, now: datetime
) -> None:
    with override_settings(PUBLIC_URL="https://desk.lumi.example"):
        deliver_reply(leaving().pk, now=later(now))
    got = message_from_bytes(sink.taken[0], policy=policy.default)
    assert "https://desk.lumi.example/page/" in got.get_body(("plain",)).get_content()


@pytest.mark.parametrize(("tries", "minutes"), [(1, 1), (2, 2), (5, 16), (30, 240)])
def test_waits_double_up_to_four_hours(tries: int, minutes: int) -> None:
    assert wait_before(tries, chance=0.5) == timedelta(minutes=minutes)
    assert wait_before(tries, chance=0) < wait_before(tries, chance=1)
