"""Stay with a mailbox: hear of new mail at once where the server can tell (IDLE), else look every minute."""

import random
import threading
from collections.abc import Callable
from typing import Final

from django.db import close_old_connections
from imapclient import IMAPClient

from amends.desk import clock
from amends.desk.channels.email.imap import fetch_new, words_of
from amends.desk.channels.email.sessions import IMAP_TROUBLE, imap_session
from amends.desk.models import Mailbox
from amends.desk.operations.mailboxes import remember_trouble
from amends.vocabulary import Moment

POLL_EVERY_S: Final = 60.0
LISTEN_AT_MOST_S: Final = 9 * 60.0
"""Routers forget a silent line after about ten minutes; RFC 2177 asks for less than 29."""
LISTEN_STEP_S: Final = 1.0
WHICH_MAILBOX: Final = ("imap_host", "imap_port", "imap_encryption", "imap_user", "folder")
FIRST_PAUSE_S, LONGEST_PAUSE_S = 2.0, 300.0


def watch_mailbox(
    mailbox_id: int,
    *,
    stop: threading.Event,
    now: Callable[[], Moment] = clock.now,
    first_pause_s: float = FIRST_PAUSE_S,
) -> None:
    """Keep everything new in a mailbox until `stop` is set or the mailbox is disabled; for a thread of its own.

    A lost line is opened again after a pause that doubles up to five minutes, with jitter; the mailbox's row says
    meanwhile what is wrong.
    """
    troubles = 0
    while not stop.is_set():
        close_old_connections()
        mailbox = Mailbox.objects.filter(pk=mailbox_id, enabled=True).first()
        if mailbox is None:
            return
        try:
            with imap_session(mailbox) as client:
                fetch_new(client, mailbox, now=now())
                troubles = 0
                _stay(client, mailbox, stop=stop, now=now)
        except IMAP_TROUBLE as trouble:
            remember_trouble(mailbox, error=words_of(trouble), now=now())
            troubles += 1
            stop.wait(pause_s(troubles, first_s=first_pause_s))
    close_old_connections()


def pause_s(troubles: int, *, first_s: float = FIRST_PAUSE_S) -> float:
    """Return how long to wait after that many troubles in a row: doubling, at most five minutes, ± 20 %."""
    whole: float = min(LONGEST_PAUSE_S, first_s * 2.0 ** min(troubles - 1, 16))
    return whole * random.uniform(0.8, 1.2)  # noqa: S311 - so that many desks do not come back at once


def _stay(client: IMAPClient, mailbox: Mailbox, *, stop: threading.Event, now: Callable[[], Moment]) -> None:
    """Look again whenever the server tells of something, until the line breaks or the mailbox is changed."""
    can_tell = client.has_capability("IDLE")
    while not stop.is_set() and _is_as_before(mailbox):
        if can_tell:
            _listen(client, give_up=lambda: stop.is_set() or not _is_as_before(mailbox))
        else:
            stop.wait(POLL_EVERY_S)
        if not stop.is_set() and _is_as_before(mailbox):
            fetch_new(client, mailbox, now=now())


def _is_as_before(mailbox: Mailbox) -> bool:
    """Return whether the mailbox is still in use and still this one: people change servers and folders."""
    same = {name: getattr(mailbox, name) for name in WHICH_MAILBOX}
    return Mailbox.objects.filter(pk=mailbox.pk, enabled=True, **same).exists()


def _listen(client: IMAPClient, *, give_up: Callable[[], bool]) -> None:
    """Wait until the server says something, ten minutes are nearly over, or nobody wants to know any more."""
    client.idle()
    try:
        for _ in range(int(LISTEN_AT_MOST_S / LISTEN_STEP_S)):
            if give_up() or client.idle_check(timeout=LISTEN_STEP_S):
                return
    finally:
        client.idle_done()
