"""Our own mail receiver: "250" means that the mail is on our disk, anything else that the sender still has it."""

import smtplib
from collections.abc import Callable, Iterator

import pytest
from django.db import connections
from django.test.utils import override_settings

from amends.desk.channels import gathering
from amends.desk.channels.email.smtp_in import receiver
from amends.desk.models import Job, RawMessage
from amends.desk.operations.receive import raw_bytes
from tests.servers import free_port

pytestmark = pytest.mark.django_db(transaction=True)
Write = Callable[..., bytes]


@pytest.fixture
def door() -> Iterator[smtplib.SMTP]:
    """Somebody else's mail server at our door."""
    port = free_port()
    with (
        override_settings(LARGEST_MAIL_BYTES=50_000),
        receiver("127.0.0.1", port),
        smtplib.SMTP("127.0.0.1", port) as smtp,
    ):
        yield smtp


def test_what_was_said_yes_to_is_on_the_disk(door: smtplib.SMTP, mail: Write) -> None:
    door.sendmail("noi@example.org", ["care@lumi.example"], mail("1"))
    row = RawMessage.objects.get()
    assert raw_bytes(row) == mail("1")
    assert (row.envelope["mail_from"], row.envelope["rcpt"]) == ("noi@example.org", ["care@lumi.example"])
    assert Job.objects.get().arguments == {"raw_id": row.pk}


def test_the_same_mail_delivered_twice_is_one(door: smtplib.SMTP, mail: Write) -> None:
    for _ in range(2):
        door.sendmail("noi@example.org", ["care@lumi.example"], mail("1"))
    assert RawMessage.objects.count() == 1


def test_when_we_cannot_keep_it_the_sender_keeps_it(
    door: smtplib.SMTP, mail: Write, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def disk_is_full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(gathering, "receive_all", disk_is_full)
        with pytest.raises(smtplib.SMTPDataError, match="451"):
            door.sendmail("noi@example.org", ["care@lumi.example"], mail("1"))
    assert RawMessage.objects.count() == 0
    assert "No space left" in caplog.text
    door.sendmail("noi@example.org", ["care@lumi.example"], mail("1"))
    assert RawMessage.objects.count() == 1


def test_a_mail_larger_than_the_limit_is_refused_by_name(door: smtplib.SMTP, mail: Write) -> None:
    with pytest.raises(smtplib.SMTPResponseException) as refused:
        door.sendmail("noi@example.org", ["care@lumi.example"], mail("1", "x\r\n" * 20_000))
    assert refused.value.smtp_code == 552
    assert RawMessage.objects.count() == 0


def test_eight_bit_words_and_lonely_dots_arrive_unchanged(door: smtplib.SMTP, mail: Write) -> None:
    written = mail("1", "พัสดุ\r\n.\r\n..สอง\r\nkiitos ä")
    door.sendmail("noi@example.org", ["care@lumi.example"], written, mail_options=["BODY=8BITMIME"])
    assert raw_bytes(RawMessage.objects.get()) == written


def test_a_list_of_recipients_has_an_end(door: smtplib.SMTP, mail: Write) -> None:
    crowd = [f"care{number}@lumi.example" for number in range(120)]
    refused = door.sendmail("noi@example.org", crowd, mail("1"))
    assert len(refused) == 20
    assert {code for code, _words in refused.values()} == {452}


@pytest.fixture(autouse=True)
def no_connection_left_behind() -> Iterator[None]:
    """Threads of the receiver keep no connection of their own; ours is closed like theirs."""
    yield
    connections.close_all()
