"""Read a mailbox by IMAP: keep first, mark as seen afterwards, never skip one and never stop for one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any, Final

from django.conf import settings
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from amends.desk.channels.base import Fetched
from amends.desk.channels.email.imap_after import afterwards
from amends.desk.channels.email.problems import Problem, problem_of, words_of
from amends.desk.channels.email.sessions import IMAP_TROUBLE, imap_session
from amends.desk.models import Mailbox, MailFolder
from amends.desk.operations.mailboxes import folders_of, remember_place, remember_trouble
from amends.desk.operations.receive import Delivery, bunches, receive_together
from amends.vocabulary import Moment

MAILS_AT_ONCE: Final = 20
BYTES_AT_ONCE: Final = 8_000_000
LOOK_BACK: Final = timedelta(days=7)
"""When a server counts anew, mails this much older than our last look are read again; known ones are recognised."""
NO_NUMBERING: Final = 0
"""A server that names no UIDVALIDITY may number anew at any time (RFC 3501 §2.3.1.1), so its numbers lead nobody."""


def fetch_mailbox(mailbox_id: int, *, now: Moment) -> Fetched:
    """Keep everything new in a mailbox. Raises one of IMAP_TROUBLE, and the mailbox's row says so too."""
    mailbox = Mailbox.objects.get(pk=mailbox_id)
    try:
        with imap_session(mailbox) as client:
            return fetch_new(client, mailbox, now=now)
    except IMAP_TROUBLE as trouble:
        remember_trouble(mailbox, problem=problem_of(trouble), error=words_of(trouble), now=now)
        raise


def fetch_new(client: IMAPClient, mailbox: Mailbox, *, now: Moment) -> Fetched:
    """Keep what is new in every folder, through an open session. Raises one of IMAP_TROUBLE when the line is lost.

    A folder that cannot be read says so in its own row; the others are read all the same.
    """
    mailbox.refresh_from_db()
    looks = [_looked(client, folder, now=now) for folder in folders_of(mailbox)]
    return Fetched(new=sum(look.new for look in looks), known=sum(look.known for look in looks))


def fetch_folder(client: IMAPClient, folder: MailFolder, *, now: Moment) -> Fetched:
    """Keep what is new in one folder. A mail is on our disk before it is marked as seen, moved and counted.

    A folder met for the first time gives its unread mails, so that years of old mail do not become cases. After
    that the server's own numbers lead us, read or unread. When the server counts anew (UIDVALIDITY), the mails since
    our last look come once more and are recognised by what they are.
    """
    opened = _Folder.opened(client, folder, now=now)
    wanted = opened.wanted()
    new, left = 0, ""
    for batch in _batches(wanted):
        found, unmoved = opened.keep(batch)
        new, left = new + found, unmoved or left
        if opened.is_known:
            opened.remember(batch[-1])
    # A new numbering counts as read only when all of it is: half of it would let old read mails look new.
    opened.remember(max([opened.newest_at_opening, *wanted]))
    if left:
        remember_trouble(folder, problem=Problem.MOVE, error=left, now=now)
    return Fetched(new=new, known=len(wanted) - new)


def _looked(client: IMAPClient, folder: MailFolder, *, now: Moment) -> Fetched:
    try:
        return fetch_folder(client, folder, now=now)
    except IMAPClientAbortError:
        raise
    except IMAPClientError as trouble:
        problem = Problem.FOLDER if not client.folder_exists(folder.name) else problem_of(trouble)
        remember_trouble(folder, problem=problem, error=words_of(trouble), now=now)
        return Fetched()


@dataclass(frozen=True, kw_only=True)
class _Folder:
    """One open folder, and how the server numbers it."""

    client: IMAPClient
    folder: MailFolder
    uid_validity: int
    newest_at_opening: int
    is_known: bool
    now: Moment

    @classmethod
    def opened(cls, client: IMAPClient, folder: MailFolder, *, now: Moment) -> "_Folder":
        """Open a folder for reading and marking."""
        said = client.select_folder(folder.name)
        uid_validity = int(said.get(b"UIDVALIDITY", NO_NUMBERING))
        return cls(
            client=client,
            folder=folder,
            uid_validity=uid_validity,
            newest_at_opening=_newest(client, said),
            is_known=folder.uid_validity == uid_validity != NO_NUMBERING,
            now=now,
        )

    def wanted(self) -> list[int]:
        """Return the numbers of the mails to keep, oldest first."""
        if self.is_known:
            after = self.folder.last_uid
            # `n:*` always names the last mail, even when its number is below n (RFC 3501 §6.4.8).
            return sorted(uid for uid in self._found(["UID", f"{after + 1}:*"]) if uid > after)
        unread = self._found(["UNSEEN"])
        if self.folder.uid_validity is None:
            return sorted(unread)
        looked_at = self.folder.last_checked_at or self.now
        return sorted({*unread, *self._found(["SINCE", (looked_at - LOOK_BACK).date()])})

    def keep(self, uids: Sequence[int]) -> tuple[int, str]:
        """Keep these mails, then do with them what the mailbox wants done; return how many were new, and what failed.

        What failed is a move: the mails are safe with us and stay where they are.
        """
        sizes = {uid: said.get(b"RFC822.SIZE", 0) for uid, said in self.client.fetch(uids, ["RFC822.SIZE"]).items()}
        kept, new = [], 0
        for group in bunches(self._bodies(uids, sizes), size=lambda body: len(body[1])):
            deliveries = [self._delivery(uid, raw, **self._cut(sizes.get(uid, 0))) for uid, raw in group]
            new += sum(receipt.is_new for receipt in receive_together(deliveries, now=self.now))
            kept += [uid for uid, _ in group]
        return new, afterwards(self.client, kept, mailbox=self.folder.mailbox) if kept else ""

    def remember(self, last_uid: int) -> None:
        """Write down how far we are."""
        remember_place(self.folder, uid_validity=self.uid_validity, last_uid=last_uid, now=self.now)

    def _found(self, criteria: list[Any]) -> list[int]:
        return [int(uid) for uid in self.client.search(criteria)]

    def _bodies(self, uids: Sequence[int], sizes: dict[int, int]) -> Iterator[tuple[int, bytes]]:
        """Yield each mail's bytes; what the server will not hand over is kept as an empty mail and left unread."""
        small = sum(sizes.values()) <= min(BYTES_AT_ONCE, settings.LARGEST_MAIL_BYTES)
        together = self._together(uids) if small else []
        yield from together
        came = {uid for uid, _raw in together}
        for uid in uids:
            if uid not in came:
                yield from self._alone(uid)

    def _together(self, uids: Sequence[int]) -> list[tuple[int, bytes]]:
        try:
            return list(self._fetched(uids))
        except IMAPClientAbortError:
            raise
        except IMAPClientError:
            return []  # one of them is not well: they are taken one by one

    def _alone(self, uid: int) -> Iterator[tuple[int, bytes]]:
        try:
            came = list(self._fetched([uid], limit=settings.LARGEST_MAIL_BYTES))
            # A server that says "OK" and hands nothing over: somebody deleted the mail meanwhile, or it lies.
            trouble = "It said OK, but sent nothing." if not came and self._found(["UID", str(uid)]) else ""
        except IMAPClientAbortError:
            raise
        except IMAPClientError as refused:
            came, trouble = [], words_of(refused)
        if trouble:
            self._receive_alone(uid, trouble=f"The mail server did not hand over mail {uid}. {trouble}")
        yield from came

    def _fetched(self, uids: Sequence[int], limit: int | None = None) -> Iterator[tuple[int, bytes]]:
        part = "BODY.PEEK[]" if limit is None else f"BODY.PEEK[]<0.{limit}>"
        for uid, said in sorted(self.client.fetch(uids, [part]).items()):
            raw = next((value for name, value in said.items() if name.startswith(b"BODY[]")), None)
            if raw is not None and uid in uids:
                yield uid, raw

    def _receive_alone(self, uid: int, *, trouble: str) -> None:
        receive_together([self._delivery(uid, b"", trouble=trouble)], now=self.now)

    def _cut(self, size: int) -> dict[str, int]:
        return {"cut_from": size} if size > settings.LARGEST_MAIL_BYTES else {}

    def _delivery(self, uid: int, raw: bytes, **more: Any) -> Delivery:
        box, folder = self.folder.mailbox_id, self.folder.name
        envelope = {"way": "imap", "mailbox": box, "uid": uid, "folder": folder, **more}
        name = f"{box}:{folder}:{self.uid_validity}:{uid}"
        return Delivery(raw=raw, channel="imap", external_id=name, envelope=envelope)


def _newest(client: IMAPClient, said: dict[bytes, Any]) -> int:
    """Return the number of the newest mail there; some old servers do not say which comes next (RFC 3501 §6.3.1)."""
    if b"UIDNEXT" in said:
        return int(said[b"UIDNEXT"]) - 1
    return max((int(uid) for uid in client.search(["ALL"])), default=0)


def _batches(uids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(uids)
    while batch := list(islice(rest, MAILS_AT_ONCE)):
        yield batch
