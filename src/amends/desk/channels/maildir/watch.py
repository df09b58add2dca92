"""Take in what arrives in a Maildir: kept first, moved from `new` to `cur` afterwards, never deleted."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import close_old_connections

from amends.desk import clock
from amends.desk.channels.base import Fetched
from amends.desk.channels.email.problems import Problem, words_of
from amends.desk.models import Mailbox
from amends.desk.operations.mailboxes import remember_look, remember_trouble
from amends.desk.operations.receive import Delivery, bunches, receive_together
from amends.vocabulary import Moment

LOOK_EVERY_S: Final = 1.0
SAY_SO_EVERY: Final = 60
"""Looks: an hour of silence must not look like an hour without looking, nor cost a write a second."""
SEEN: Final = ":2,S"

log = logging.getLogger(__name__)


def fetch_maildir(mailbox: Mailbox, folder: Path, *, now: Moment) -> Fetched:
    """Keep every mail in `new`, oldest first, and move it to `cur` once it is on our disk.

    Dying in between leaves it in `new`; it is met again under its own name and recognised. Raises OSError when the
    folder cannot be read or a mail not be moved; what was kept by then stays kept.
    """
    found = [path for path in (folder / "new").iterdir() if path.is_file() and not path.name.startswith(".")]
    read = ((path, raw) for path in sorted(found, key=_arrived) if (raw := _bytes(path)) is not None)
    new = known = 0
    for group in bunches(read, size=lambda mail: len(mail[1])):
        receipts = receive_together([_delivery(mailbox, path, raw) for path, raw in group], now=now)
        fresh = sum(receipt.is_new for receipt in receipts)
        new, known = new + fresh, known + len(receipts) - fresh
        for path, _ in group:
            path.rename(folder / "cur" / (path.name.partition(":")[0] + SEEN))
    return Fetched(new=new, known=known)


def watch_maildir(mailbox_id: int, *, stop: threading.Event, now: Callable[[], Moment] = clock.now) -> None:
    """Keep everything that arrives until `stop` is set or the mailbox is disabled; for a thread of its own."""
    looks = 0
    while not stop.is_set():
        mailbox = Mailbox.objects.filter(pk=mailbox_id, enabled=True).first()
        folder = settings.MAILDIRS.get(mailbox.address) if mailbox else None
        if mailbox is None or folder is None:
            break
        try:
            fetched = fetch_maildir(mailbox, Path(folder), now=now())
            if fetched.new or mailbox.last_error or looks % SAY_SO_EVERY == 0:
                remember_look(mailbox, now=now())
        except OSError as trouble:
            remember_trouble(mailbox, problem=Problem.FILES, error=words_of(trouble), now=now())
        looks += 1
        close_old_connections()
        stop.wait(LOOK_EVERY_S)
    close_old_connections()


def _delivery(mailbox: Mailbox, path: Path, raw: bytes) -> Delivery:
    envelope = {"way": "maildir", "mailbox": mailbox.pk, "path": str(path)}
    if path.stat().st_size > len(raw):
        envelope["cut_from"] = path.stat().st_size
    return Delivery(raw=raw, channel="maildir", external_id=f"{mailbox.pk}:{path.name}", envelope=envelope)


def _arrived(path: Path) -> tuple[float, str]:
    try:
        return path.stat().st_mtime, path.name
    except FileNotFoundError:
        return 0.0, path.name


def _bytes(path: Path) -> bytes | None:
    """Return the mail, at most what we take; None when somebody else moved it away meanwhile."""
    try:
        with path.open("rb") as file:
            return file.read(settings.LARGEST_MAIL_BYTES)
    except FileNotFoundError:
        return None
