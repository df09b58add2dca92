"""The desk stays with a mailbox: new mail is here at once, a lost line is taken up again."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connections
from imapclient import IMAPClient

from amends.desk import clock
from amends.desk.channels.base import Fetched
from amends.desk.channels.email import imap_watch
from amends.desk.channels.email.imap import fetch_new
from amends.desk.channels.email.imap_watch import pause_s, watch_mailbox
from amends.desk.models import Agent, Brand, Mailbox, RawMessage
from amends.desk.operations.mailboxes import choose_folders
from amends.desk.operations.people import change_mailbox
from amends.vocabulary import Moment
from tests.servers import PASSWORD, Post, mailbox_of, soon, unlocked

pytestmark = [pytest.mark.dovecot, pytest.mark.django_db(transaction=True)]
Write = Callable[..., bytes]


@pytest.fixture
def mailbox(post: Post, brand: Brand, aino: Agent) -> Mailbox:
    """A mailbox of the desk on the real server."""
    return change_mailbox(mailbox_of(brand, post=post), by=aino, imap_password=PASSWORD, now=clock.now())


@contextmanager
def watching(mailbox: Mailbox) -> Iterator[threading.Thread]:
    """Let a thread of the desk watch the mailbox."""
    stop = threading.Event()

    def watch() -> None:
        try:
            watch_mailbox(mailbox.pk, stop=stop, first_pause_s=0.05)
        finally:
            connections.close_all()

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield thread
    finally:
        stop.set()
        thread.join(timeout=10)
        assert not thread.is_alive()


def arrived(number: int) -> Callable[[], bool]:
    return unlocked(lambda: RawMessage.objects.count() == number)


def test_a_new_mail_is_heard_of_at_once(mailbox: Mailbox, post: Post, mail: Write) -> None:
    post.put(mail("1"))
    with watching(mailbox):
        assert soon(arrived(1))
        post.put(mail("2"))
        assert soon(arrived(2))


def test_a_server_that_cannot_tell_is_asked_again_and_again(
    mailbox: Mailbox, post: Post, mail: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imapclient.IMAPClient.has_capability", lambda _client, _name: False)
    monkeypatch.setattr(imap_watch, "POLL_EVERY_S", 0.1)
    with watching(mailbox):
        post.put(mail("1"))
        assert soon(arrived(1))


def test_a_lost_line_is_taken_up_again(mailbox: Mailbox, post: Post, mail: Write) -> None:
    with watching(mailbox):
        assert soon(unlocked(lambda: Mailbox.objects.get().last_checked_at is not None))
        post.cut_lines()
        post.put(mail("1"))
        assert soon(arrived(1))


def test_a_password_mended_later_lets_the_mail_in(mailbox: Mailbox, post: Post, mail: Write, aino: Agent) -> None:
    change_mailbox(mailbox, by=aino, imap_password="wrong", now=clock.now())
    post.put(mail("1"))
    with watching(mailbox):
        assert soon(unlocked(lambda: "LoginError" in Mailbox.objects.get().last_error), at_most_s=20)
        change_mailbox(mailbox, by=aino, imap_password=PASSWORD, now=clock.now())
        assert soon(arrived(1), at_most_s=20)


def test_a_mailbox_switched_off_is_left_alone(mailbox: Mailbox) -> None:
    with watching(mailbox) as thread:
        assert soon(unlocked(lambda: Mailbox.objects.get().last_checked_at is not None))
        Mailbox.objects.update(enabled=False)
        thread.join(timeout=5)
        assert not thread.is_alive()


def test_another_folder_is_read_as_soon_as_somebody_chooses_it(
    mailbox: Mailbox, post: Post, mail: Write, aino: Agent
) -> None:
    with post.client() as client:
        client.create_folder("Care")
    post.put(mail("1"), folder="Care")
    with watching(mailbox):
        assert soon(unlocked(lambda: Mailbox.objects.get().last_checked_at is not None))
        assert soon(unlocked(lambda: choose_folders(mailbox, ["Care"], by=aino, now=clock.now())))
        assert soon(arrived(1))


def test_a_folder_chosen_during_the_first_look_is_read_at_once_too(
    mailbox: Mailbox, post: Post, mail: Write, aino: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    with post.client() as client:
        client.create_folder("Care")
    post.put(mail("1"), folder="Care")

    def look_and_choose(client: IMAPClient, mailbox: Mailbox, *, now: Moment) -> Fetched:
        monkeypatch.setattr(imap_watch, "fetch_new", fetch_new)
        found = fetch_new(client, mailbox, now=now)
        choose_folders(mailbox, ["Care"], by=aino, now=now)
        return found

    monkeypatch.setattr(imap_watch, "fetch_new", look_and_choose)
    with watching(mailbox):
        assert soon(arrived(1))


def test_pauses_double_up_to_five_minutes() -> None:
    assert 1.6 <= pause_s(1) <= 2.4
    assert 240 <= pause_s(50) <= 360


def test_a_server_that_is_gone_is_no_crash(brand: Brand) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    mailbox = mailbox_of(brand, imap_host="127.0.0.1", imap_port=port, imap_encryption="none")
    with watching(mailbox):
        assert soon(unlocked(lambda: "ConnectionRefused" in Mailbox.objects.get().last_error))
