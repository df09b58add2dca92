"""Read a mailbox by IMAP: keep first, mark as seen afterwards, never skip one and never stop for one."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any, Final

from django.conf import settings
from imapclient import SEEN, IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from amends.desk.channels.base import Fetched
from amends.desk.channels.email.sessions import IMAP_TROUBLE, imap_session
from amends.desk.models import Mailbox
from amends.desk.operations.mailboxes import remember_place, remember_trouble
from amends.desk.operations.receive import receive
from amends.vocabulary import Moment

MAILS_AT_ONCE: Final = 20
BYTES_AT_ONCE: Final = 8_000_000
LOOK_BACK: Final = timedelta(days=7)
"""When a server counts anew, mails this much older than our last look are read again; known ones are recognised."""
MOST_ERROR_WORDS: Final = 300

log = logging.getLogger(__name__)


def fetch_mailbox(mailbox_id: int, *, now: Moment) -> Fetched:
    """Keep everything new in a mailbox. Raises one of IMAP_TROUBLE, and the mailbox's row says so too."""
    mailbox = Mailbox.objects.get(pk=mailbox_id)
    try:
        with imap_session(mailbox) as client:
            return fetch_new(client, mailbox, now=now)
    except IMAP_TROUBLE as trouble:
        remember_trouble(mailbox, error=words_of(trouble), now=now)
        raise


def fetch_new(client: IMAPClient, mailbox: Mailbox, *, now: Moment) -> Fetched:
    """Keep what is new, through an open session. A mail is on our disk before it is marked as seen and counted.

    A mailbox met for the first time gives its unread mails, so that years of old mail do not become cases. After
    that the server's own numbers lead us, read or unread. When the server counts anew (UIDVALIDITY), the mails since
    our last look come once more and are recognised by what they are.
    """
    folder = _Folder.opened(client, mailbox, now=now)
    wanted = folder.wanted()
    new = 0
    for batch in _batches(wanted):
        new += folder.keep(batch)
        if folder.is_known:
            folder.remember(batch[-1])
    # A new numbering counts as read only when all of it is: half of it would let old read mails look new.
    folder.remember(max([folder.newest_at_opening, *wanted]))
    return Fetched(new=new, known=len(wanted) - new)


def words_of(trouble: BaseException) -> str:
    """Return a trouble as one line for people."""
    return f"{type(trouble).__name__}: {trouble}"[:MOST_ERROR_WORDS]


@dataclass(frozen=True, kw_only=True)
class _Folder:
    """One open folder, and how the server numbers it."""

    client: IMAPClient
    mailbox: Mailbox
    uid_validity: int
    newest_at_opening: int
    is_known: bool
    now: Moment

    @classmethod
    def opened(cls, client: IMAPClient, mailbox: Mailbox, *, now: Moment) -> "_Folder":
        """Open the mailbox's folder for reading and marking."""
        mailbox.refresh_from_db()
        said = client.select_folder(mailbox.folder)
        uid_validity = int(said[b"UIDVALIDITY"])
        return cls(
            client=client,
            mailbox=mailbox,
            uid_validity=uid_validity,
            newest_at_opening=_newest(client, said),
            is_known=mailbox.uid_validity == uid_validity,
            now=now,
        )

    def wanted(self) -> list[int]:
        """Return the numbers of the mails to keep, oldest first."""
        if self.is_known:
            after = self.mailbox.last_uid
            # `n:*` always names the last mail, even when its number is below n (RFC 3501 §6.4.8).
            return sorted(uid for uid in self._found(["UID", f"{after + 1}:*"]) if uid > after)
        unread = self._found(["UNSEEN"])
        if self.mailbox.uid_validity is None:
            return sorted(unread)
        looked_at = self.mailbox.last_checked_at or self.now
        return sorted({*unread, *self._found(["SINCE", (looked_at - LOOK_BACK).date()])})

    def keep(self, uids: Sequence[int]) -> int:
        """Keep these mails, then mark them as seen; return how many were new."""
        sizes = {uid: said.get(b"RFC822.SIZE", 0) for uid, said in self.client.fetch(uids, ["RFC822.SIZE"]).items()}
        kept, new = [], 0
        for uid, raw in self._bodies(uids, sizes):
            cut = {"cut_from": sizes[uid]} if sizes.get(uid, 0) > settings.LARGEST_MAIL_BYTES else {}
            new += self._receive(uid, raw, **cut)
            kept.append(uid)
        self._mark_seen(kept)
        return new

    def remember(self, last_uid: int) -> None:
        """Write down how far we are."""
        remember_place(self.mailbox, uid_validity=self.uid_validity, last_uid=last_uid, now=self.now)

    def _mark_seen(self, uids: Sequence[int]) -> None:
        """Mark kept mails as seen. A folder that lets nobody write is read all the same: its numbers lead us."""
        try:
            if uids:
                self.client.add_flags(uids, [SEEN], silent=True)
        except IMAPClientAbortError:
            raise
        except IMAPClientError:
            log.warning("%s: the server does not let us mark mails as seen", self.mailbox.address)

    def _found(self, criteria: list[Any]) -> list[int]:
        return [int(uid) for uid in self.client.search(criteria)]

    def _bodies(self, uids: Sequence[int], sizes: dict[int, int]) -> Iterator[tuple[int, bytes]]:
        """Yield each mail's bytes; what the server will not hand over is kept as an empty mail and left unread."""
        small = sum(sizes.values()) <= min(BYTES_AT_ONCE, settings.LARGEST_MAIL_BYTES)
        if small and (together := self._together(uids)) is not None:
            yield from together
            return
        for uid in uids:
            try:
                yield from self._fetched([uid], limit=settings.LARGEST_MAIL_BYTES)
            except IMAPClientAbortError:
                raise
            except IMAPClientError as refused:
                self._receive(uid, b"", trouble=f"The mail server did not hand over mail {uid}. {words_of(refused)}")

    def _together(self, uids: Sequence[int]) -> list[tuple[int, bytes]] | None:
        try:
            return list(self._fetched(uids))
        except IMAPClientAbortError:
            raise
        except IMAPClientError:
            return None  # one of them is not well: they are taken one by one

    def _fetched(self, uids: Sequence[int], limit: int | None = None) -> Iterator[tuple[int, bytes]]:
        part = "BODY.PEEK[]" if limit is None else f"BODY.PEEK[]<0.{limit}>"
        for uid, said in sorted(self.client.fetch(uids, [part]).items()):
            raw = next((value for name, value in said.items() if name.startswith(b"BODY[]")), None)
            if raw is not None:  # None: somebody deleted it while we read
                yield uid, raw

    def _receive(self, uid: int, raw: bytes, **more: Any) -> bool:
        envelope = {"way": "imap", "mailbox": self.mailbox.pk, "uid": uid, "folder": self.mailbox.folder, **more}
        name = f"{self.mailbox.pk}:{self.uid_validity}:{uid}"
        return receive(raw, channel="imap", external_id=name, envelope=envelope, now=self.now).is_new


def _newest(client: IMAPClient, said: dict[bytes, Any]) -> int:
    """Return the number of the newest mail there; some old servers do not say which comes next (RFC 3501 §6.3.1)."""
    if b"UIDNEXT" in said:
        return int(said[b"UIDNEXT"]) - 1
    return max((int(uid) for uid in client.search(["ALL"])), default=0)


def _batches(uids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(uids)
    while batch := list(islice(rest, MAILS_AT_ONCE)):
        yield batch
