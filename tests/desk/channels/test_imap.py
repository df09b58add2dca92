"""A real Dovecot: every mail is kept once, in order, and marked as seen only afterwards."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test.utils import override_settings
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from amends.desk.channels.base import Fetched
from amends.desk.channels.email import imap
from amends.desk.channels.email.imap import fetch_mailbox
from amends.desk.channels.email.sessions import IMAP_TROUBLE
from amends.desk.models import Agent, Brand, Mailbox, MailFolder, Message, RawMessage
from amends.desk.operations.mailboxes import choose_folders
from amends.desk.operations.people import change_mailbox
from amends.desk.operations.receive import raw_bytes
from amends.desk.operations.triage import file_message
from tests.servers import PASSWORD, Post, mailbox_of

pytestmark = pytest.mark.dovecot
Write = Callable[..., bytes]


@pytest.fixture
def mailbox(post: Post, brand: Brand, aino: Agent, now: datetime) -> Mailbox:
    """A mailbox of the desk on the real server."""
    made = mailbox_of(brand, post=post)
    return change_mailbox(made, by=aino, imap_password=PASSWORD, now=now)


def bodies() -> list[bytes]:
    return [raw_bytes(row) for row in RawMessage.objects.order_by("pk")]


def test_a_mail_is_kept_byte_for_byte_and_marked_as_seen(
    mailbox: Mailbox, post: Post, mail: Write, now: datetime
) -> None:
    post.put(mail("1", "พัสดุอยู่ไหนคะ"))
    assert fetch_mailbox(mailbox.pk, now=now) == Fetched(new=1)
    assert (bodies(), post.unseen()) == ([mail("1", "พัสดุอยู่ไหนคะ")], 0)


def test_looking_again_brings_only_what_is_new(mailbox: Mailbox, post: Post, mail: Write, now: datetime) -> None:
    post.put(mail("1"))
    fetch_mailbox(mailbox.pk, now=now)
    post.put(mail("2"))
    assert fetch_mailbox(mailbox.pk, now=now) == Fetched(new=1)
    assert fetch_mailbox(mailbox.pk, now=now) == Fetched()


def test_a_mail_somebody_read_elsewhere_is_kept_all_the_same(
    mailbox: Mailbox, post: Post, mail: Write, now: datetime
) -> None:
    fetch_mailbox(mailbox.pk, now=now)
    post.put(mail("1"), seen=True)
    assert fetch_mailbox(mailbox.pk, now=now) == Fetched(new=1)


def test_old_mails_that_were_read_long_ago_do_not_become_cases(
    mailbox: Mailbox, post: Post, mail: Write, now: datetime
) -> None:
    post.put(mail("old"), seen=True)
    post.put(mail("1"))
    post.put(mail("older"), seen=True)
    assert fetch_mailbox(mailbox.pk, now=now) == Fetched(new=1)
    assert fetch_mailbox(mailbox.pk, now=now) == Fetched()


def test_a_server_that_does_not_say_what_comes_next_brings_no_old_mail_either(
    mailbox: Mailbox, post: Post, mail: Write, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    select = IMAPClient.select_folder

    def is_old(client: IMAPClient, folder: str) -> dict[bytes, object]:
        return {name: value for name, value in select(client, folder).items() if name != b"UIDNEXT"}

    monkeypatch.setattr(IMAPClient, "select_folder", is_old)
    post.put(mail("old"), seen=True)
    assert fetch_mailbox(mailbox.pk, now=now) == Fetched()
    post.put(mail("1"))
    assert fetch_mailbox(mailbox.pk, now=now) == Fetched(new=1)


def test_when_the_desk_dies_between_keeping_and_marking_nothing_is_kept_twice(
    mailbox: Mailbox, post: Post, mail: Write, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.put(mail("1"), mail("2"))
    with monkeypatch.context() as dying:
        dying.setattr("imapclient.IMAPClient.add_flags", _dies)
        with pytest.raises(ConnectionError):
            fetch_mailbox(mailbox.pk, now=now)
    assert (RawMessage.objects.count(), post.unseen()) == (2, 2)
    assert fetch_mailbox(mailbox.pk, now=now) == Fetched(known=2)
    assert (RawMessage.objects.count(), post.unseen()) == (2, 0)


def test_when_the_desk_dies_before_keeping_the_mail_is_still_unread_there(
    mailbox: Mailbox, post: Post, mail: Write, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.put(mail("1"))
    with monkeypatch.context() as dying:
        dying.setattr(imap, "receive_together", _dies)
        with pytest.raises(ConnectionError):
            fetch_mailbox(mailbox.pk, now=now)
    assert (RawMessage.objects.count(), post.unseen()) == (0, 1)
    assert fetch_mailbox(mailbox.pk, now=now) == Fetched(new=1)


def test_a_folder_nobody_may_write_in_is_read_to_its_end(
    mailbox: Mailbox, post: Post, mail: Write, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise IMAPClientError("STORE failed: read-only")

    monkeypatch.setattr("imapclient.IMAPClient.add_flags", refuses)
    monkeypatch.setattr(imap, "MAILS_AT_ONCE", 2)
    post.put(*[mail(str(number)) for number in range(5)])
    assert fetch_mailbox(mailbox.pk, now=now) == Fetched(new=5)
    assert fetch_mailbox(mailbox.pk, now=now) == Fetched()


def test_a_mail_the_server_will_not_hand_over_is_shown_and_the_next_goes_on(
    mailbox: Mailbox, post: Post, mail: Write, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.put(mail("1"), mail("2"), mail("3"))
    fetch = IMAPClient.fetch

    def stumbles(client: IMAPClient, uids: list[int], parts: list[str]) -> dict[int, object]:
        if any(part.startswith("BODY") for part in parts) and sick[0] in uids:
            raise IMAPClientError("FETCH failed: broken cache")
        found: dict[int, object] = fetch(client, uids, parts)
        return found

    with post.client() as client:
        client.select_folder("INBOX", readonly=True)
        sick = client.search()[1:2]
    monkeypatch.setattr(IMAPClient, "fetch", stumbles)
    fetch_mailbox(mailbox.pk, now=now)
    assert sorted(raw_bytes(row) for row in RawMessage.objects.all()) == [b"", mail("1"), mail("3")]
    broken = RawMessage.objects.get(size=0)
    assert file_message(broken.pk, now=now) is None
    broken.refresh_from_db()
    assert (broken.state, "broken cache" in broken.error, post.unseen()) == ("quarantined", True, 1)


def test_a_server_that_counts_anew_loses_nothing_and_doubles_nothing(
    mailbox: Mailbox, post: Post, mail: Write, aino: Agent, now: datetime
) -> None:
    choose_folders(mailbox, ["Care"], by=aino, now=now)
    with post.client() as client:
        client.create_folder("Care")
    post.put(mail("1"), mail("2"), folder="Care")
    fetch_mailbox(mailbox.pk, now=now)
    with post.client() as client:
        client.delete_folder("Care")
        client.create_folder("Care")
    post.put(mail("1"), mail("2"), mail("3"), folder="Care", seen=True)
    MailFolder.objects.update(last_checked_at=now - timedelta(days=400))
    fetch_mailbox(mailbox.pk, now=now)
    for raw in RawMessage.objects.order_by("pk"):
        file_message(raw.pk, now=now)
    assert sorted(Message.objects.values_list("internet_message_id", flat=True)) == [
        f"<{number}@example.org>" for number in "123"
    ]


def test_another_server_is_met_for_the_first_time_even_if_it_is_numbered_alike(
    mailbox: Mailbox, post: Post, mail: Write, aino: Agent, now: datetime
) -> None:
    post.put(mail("1"), mail("2"))
    fetch_mailbox(mailbox.pk, now=now)
    change_mailbox(mailbox, by=aino, imap_user="care2", now=now)
    kept = MailFolder.objects.get()
    assert (kept.name, kept.uid_validity, kept.last_uid) == ("INBOX", None, 0)


def test_more_mails_than_one_batch_all_arrive(
    mailbox: Mailbox, post: Post, mail: Write, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "MAILS_AT_ONCE", 3)
    post.put(*[mail(str(number)) for number in range(10)])
    assert fetch_mailbox(mailbox.pk, now=now) == Fetched(new=10)


def test_a_mail_larger_than_we_take_is_cut_and_says_so(
    mailbox: Mailbox, post: Post, mail: Write, now: datetime
) -> None:
    post.put(mail("1", "x" * 5_000), mail("2"))
    with override_settings(LARGEST_MAIL_BYTES=2_000):
        fetched = fetch_mailbox(mailbox.pk, now=now)
    assert fetched == Fetched(new=2)
    cut = RawMessage.objects.get(size=2_000)
    assert cut.envelope["cut_from"] > 5_000
    message = file_message(cut.pk, now=now)
    assert message is not None
    assert any("2000" in doubt for doubt in message.doubts)


def test_a_mailbox_that_cannot_be_read_says_why_until_it_can(mailbox: Mailbox, aino: Agent, now: datetime) -> None:
    change_mailbox(mailbox, by=aino, imap_password="wrong", now=now)
    with pytest.raises(IMAP_TROUBLE):
        fetch_mailbox(mailbox.pk, now=now)
    mailbox.refresh_from_db()
    assert "LoginError" in mailbox.last_error
    change_mailbox(mailbox, by=aino, imap_password=PASSWORD, now=now)
    fetch_mailbox(mailbox.pk, now=now)
    mailbox.refresh_from_db()
    assert (mailbox.last_error, mailbox.last_checked_at) == ("", now)


def _dies(*_: object, **__: object) -> None:
    raise ConnectionError("the desk was killed here")
