"""Many folders of one mailbox, each with its own numbers; what becomes of a mail there; servers that lie."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from imapclient import IMAPClient

from amends.desk.channels.base import Fetched
from amends.desk.channels.email.imap import fetch_mailbox
from amends.desk.models import Agent, Brand, Mailbox, MailFolder, RawMessage
from amends.desk.operations.mailboxes import choose_folders
from amends.desk.operations.people import change_mailbox
from amends.desk.operations.receive import raw_bytes
from tests.servers import PASSWORD, Post, mailbox_of

pytestmark = pytest.mark.dovecot
Write = Callable[..., bytes]


@pytest.fixture
def mailbox(post: Post, brand: Brand, aino: Agent, now: datetime) -> Mailbox:
    """A mailbox of the desk that reads two folders on the real server."""
    with post.client() as client:
        client.create_folder("Care")
        client.create_folder("Done")
    made = change_mailbox(mailbox_of(brand, post=post), by=aino, imap_password=PASSWORD, now=now)
    choose_folders(made, ["INBOX", "Care"], by=aino, now=now)
    return made


def there(post: Post, folder: str) -> int:
    with post.client() as client:
        return int(client.folder_status(folder, ["MESSAGES"])[b"MESSAGES"])


def test_each_folder_is_read_and_remembers_its_own_place(
    mailbox: Mailbox, post: Post, mail: Write, now: datetime
) -> None:
    post.put(mail("1"))
    post.put(mail("2"), mail("3"), folder="Care")
    assert fetch_mailbox(mailbox.pk, now=now) == Fetched(new=3)
    assert fetch_mailbox(mailbox.pk, now=now) == Fetched()
    assert [folder.name for folder in MailFolder.objects.filter(last_uid__gt=0)] == ["INBOX", "Care"]
    assert MailFolder.objects.get(name="Care").last_uid == 2


def test_a_folder_that_is_gone_says_so_and_the_others_are_read(
    mailbox: Mailbox, post: Post, mail: Write, aino: Agent, now: datetime
) -> None:
    choose_folders(mailbox, ["Gone", "Care"], by=aino, now=now)
    post.put(mail("1"), folder="Care")
    assert fetch_mailbox(mailbox.pk, now=now) == Fetched(new=1)
    gone, care = MailFolder.objects.all()
    mailbox.refresh_from_db()
    assert (gone.problem, care.problem, mailbox.problem, bool(gone.last_error)) == ("folder", "", "", True)


def test_one_folder_that_is_numbered_anew_leaves_the_other_alone(
    mailbox: Mailbox, post: Post, mail: Write, now: datetime
) -> None:
    post.put(mail("1"))
    post.put(mail("2"), folder="Care")
    fetch_mailbox(mailbox.pk, now=now)
    place = MailFolder.objects.get(name="INBOX").last_uid
    with post.client() as client:
        client.delete_folder("Care")
        client.create_folder("Care")
    post.put(mail("2"), mail("3"), folder="Care")
    fetch_mailbox(mailbox.pk, now=now)
    assert MailFolder.objects.get(name="INBOX").last_uid == place
    assert len({raw_bytes(row) for row in RawMessage.objects.all()}) == 3


@pytest.mark.parametrize("can_move", [True, False])
def test_kept_mails_move_to_the_folder_people_chose(
    mailbox: Mailbox, post: Post, mail: Write, now: datetime, monkeypatch: pytest.MonkeyPatch, can_move: bool
) -> None:
    able = IMAPClient.has_capability
    monkeypatch.setattr(IMAPClient, "has_capability", lambda c, name: able(c, name) and (can_move or name != "MOVE"))
    Mailbox.objects.update(after_reading="move", move_to="Done")
    post.put(mail("1"), mail("2"))
    assert fetch_mailbox(mailbox.pk, now=now) == Fetched(new=2)
    assert (there(post, "INBOX"), there(post, "Done"), post.unseen("Done")) == (0, 2, 0)
    assert fetch_mailbox(mailbox.pk, now=now) == Fetched()


def test_a_folder_to_move_to_that_is_missing_stops_nothing_and_is_said(
    mailbox: Mailbox, post: Post, mail: Write, now: datetime
) -> None:
    Mailbox.objects.update(after_reading="move", move_to="Nowhere")
    post.put(mail("1"))
    assert fetch_mailbox(mailbox.pk, now=now) == Fetched(new=1)
    assert (there(post, "INBOX"), MailFolder.objects.get(name="INBOX").problem) == (1, "move")


def test_mails_can_be_left_unread_for_others(mailbox: Mailbox, post: Post, mail: Write, now: datetime) -> None:
    Mailbox.objects.update(after_reading="leave")
    post.put(mail("1"))
    assert fetch_mailbox(mailbox.pk, now=now) == Fetched(new=1)
    assert (post.unseen(), fetch_mailbox(mailbox.pk, now=now)) == (1, Fetched())


def test_when_the_desk_dies_before_moving_the_mails_are_moved_later_and_kept_once(
    mailbox: Mailbox, post: Post, mail: Write, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    Mailbox.objects.update(after_reading="move", move_to="Done")
    fetch_mailbox(mailbox.pk, now=now)
    post.put(mail("1"))
    with monkeypatch.context() as dying:
        dying.setattr(IMAPClient, "move", _dies)
        with pytest.raises(ConnectionError):
            fetch_mailbox(mailbox.pk, now=now)
    assert fetch_mailbox(mailbox.pk, now=now) == Fetched(known=1)
    assert (RawMessage.objects.count(), there(post, "Done")) == (1, 1)


def test_a_server_without_a_numbering_is_believed_by_content_only(
    mailbox: Mailbox, post: Post, mail: Write, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    select = IMAPClient.select_folder

    def unnumbered(client: IMAPClient, folder: str) -> dict[bytes, Any]:
        return {name: value for name, value in select(client, folder).items() if name != b"UIDVALIDITY"}

    monkeypatch.setattr(IMAPClient, "select_folder", unnumbered)
    MailFolder.objects.filter(name="INBOX").update(uid_validity=0, last_uid=900)
    post.put(mail("1"))
    assert fetch_mailbox(mailbox.pk, now=now) == Fetched(new=1)


def test_a_server_that_says_ok_and_hands_nothing_over_is_not_believed(
    mailbox: Mailbox, post: Post, mail: Write, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch = IMAPClient.fetch

    def lies(client: IMAPClient, uids: list[int], parts: list[str]) -> dict[int, Any]:
        found = fetch(client, uids, parts).items()
        return {
            uid: said
            for uid, said in found
            if b"<2@example.org>" not in said.get(b"BODY[]", said.get(b"BODY[]<0>", b""))
        }

    monkeypatch.setattr(IMAPClient, "fetch", lies)
    post.put(mail("1"), mail("2"), mail("3"))
    fetch_mailbox(mailbox.pk, now=now)
    assert sorted(raw_bytes(row) for row in RawMessage.objects.all()) == [b"", mail("1"), mail("3")]
    assert "sent nothing" in RawMessage.objects.get(size=0).envelope["trouble"]


def _dies(*_: object, **__: object) -> None:
    raise ConnectionError("the desk was killed here")
