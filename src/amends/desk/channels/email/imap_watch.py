"""Stay with a mailbox: hear of new mail at once where the server can tell (IDLE), else look every minute."""

import logging
import random
import threading
from collections.abc import Callable
from typing import Final

from django.db import DatabaseError, close_old_connections
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from amends.desk import clock
from amends.desk.channels.email.imap import fetch_new
from amends.desk.channels.email.problems import problem_of, words_of
from amends.desk.channels.email.sessions import IMAP_TROUBLE, imap_session
from amends.desk.models import Mailbox
from amends.desk.operations.mailboxes import folders_of, remember_trouble
from amends.vocabulary import Moment

POLL_EVERY_S: Final = 60.0
LISTEN_AT_MOST_S: Final = 9 * 60.0
"""Routers forget a silent line after about ten minutes; RFC 2177 asks for less than 29."""
LISTEN_STEP_S: Final = 1.0
WHICH_MAILBOX: Final = ("imap_host", "imap_port", "imap_encryption", "imap_user", "sign_in")
FIRST_PAUSE_S, LONGEST_PAUSE_S = 2.0, 300.0

log = logging.getLogger(__name__)


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
        try:
            mailbox = Mailbox.objects.filter(pk=mailbox_id, enabled=True).first()
            if mailbox is None:
                return
            _watch(mailbox, stop=stop, now=now)
        except _Broken as broken:
            troubles = 1 if broken.was_well else troubles + 1
            stop.wait(pause_s(troubles, first_s=first_pause_s))
        except DatabaseError:
            # The disk may be full or the database busy: the mails wait on their server, and nothing is marked there.
            log.exception(
                "Mailbox %s cannot be read, because the database cannot be reached; it tries again.", mailbox_id
            )
            troubles += 1
            stop.wait(pause_s(troubles, first_s=first_pause_s))
    close_old_connections()


class _Broken(Exception):
    """The line broke. `was_well`: all was read before, so the troubles before that do not count any more."""

    def __init__(self, *, was_well: bool) -> None:
        super().__init__()
        self.was_well = was_well


def _watch(mailbox: Mailbox, *, stop: threading.Event, now: Callable[[], Moment]) -> None:
    """Stay with a mailbox as long as its line holds and it stays the same. Raises _Broken."""
    was_well = False
    folders_of(mailbox)
    as_before = _as_it_is(mailbox)  # before the first look: whoever changes it meanwhile is heard
    try:
        with imap_session(mailbox) as client:
            fetch_new(client, mailbox, now=now())
            was_well = True
            _stay(client, mailbox, as_before, stop=stop, now=now)
    except IMAP_TROUBLE as trouble:
        remember_trouble(mailbox, problem=problem_of(trouble), error=words_of(trouble), now=now())
        raise _Broken(was_well=was_well) from trouble


def pause_s(troubles: int, *, first_s: float = FIRST_PAUSE_S) -> float:
    """Return how long to wait after that many troubles in a row: doubling, at most five minutes, ± 20 %."""
    whole: float = min(LONGEST_PAUSE_S, first_s * 2.0 ** min(troubles - 1, 16))
    return whole * random.uniform(0.8, 1.2)  # noqa: S311 - so that many desks do not come back at once


def _stay(
    client: IMAPClient,
    mailbox: Mailbox,
    as_before: tuple[object, ...],
    *,
    stop: threading.Event,
    now: Callable[[], Moment],
) -> None:
    """Look again whenever the server tells of something, until the line breaks or the mailbox is not as before.

    A server can tell of one open folder only: of the first. With more than one, all are looked into each minute.
    """
    can_tell = client.has_capability("IDLE")
    while not stop.is_set() and _as_it_is(mailbox) == as_before:
        first, *others = folders_of(mailbox)
        if can_tell and _is_open(client, first.name):
            wait_s = POLL_EVERY_S if others else LISTEN_AT_MOST_S
            _listen(client, at_most_s=wait_s, give_up=lambda: stop.is_set() or _as_it_is(mailbox) != as_before)
        else:
            stop.wait(POLL_EVERY_S)
        if not stop.is_set() and _as_it_is(mailbox) == as_before:
            fetch_new(client, mailbox, now=now())


def _is_open(client: IMAPClient, folder: str) -> bool:
    """Open the folder to listen to; False when the server does not let us, which the folder's row says already."""
    try:
        client.select_folder(folder)
    except IMAPClientAbortError:
        raise
    except IMAPClientError:
        return False
    return True


def _as_it_is(mailbox: Mailbox) -> tuple[object, ...]:
    """Return what makes it this mailbox: people change servers and folders. Empty when it is out of use."""
    kept = Mailbox.objects.filter(pk=mailbox.pk, enabled=True).values_list(*WHICH_MAILBOX).first()
    return (*kept, *mailbox.folders.order_by("position", "pk").values_list("name", flat=True)) if kept else ()


def _listen(client: IMAPClient, *, at_most_s: float, give_up: Callable[[], bool]) -> None:
    """Wait until the server says something, the time is over, or nobody wants to know any more."""
    client.idle()
    try:
        for _ in range(max(1, int(at_most_s / LISTEN_STEP_S))):
            if give_up() or client.idle_check(timeout=LISTEN_STEP_S):
                return
    finally:
        client.idle_done()
