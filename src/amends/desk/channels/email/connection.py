"""Try a mailbox before anybody relies on it, and say in one word what is wrong."""

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from imapclient import IMAPClient

from amends.desk.channels.email.problems import MOST_ERROR_WORDS, NoSuchFolder, Problem, problem_of
from amends.desk.channels.email.sessions import IMAP_TROUBLE, imap_session, smtp_session
from amends.desk.models import Mailbox
from amends.desk.operations.mailboxes import INBOX

ANSWER_WITHIN_S: Final = 10.0
MOST_NAMES: Final = 20


class TrialState(StrEnum):
    """How one half of the test went; absent: no server is named, so the desk does not use it."""

    OK = "ok"
    ABSENT = "absent"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One half of the test. `detail` is what the other side said, in its own words."""

    state: TrialState
    problem: Problem | None = None
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Check:
    """Whether mail can be read from this mailbox, and sent through it; `folders` is the server's own list of them."""

    reading: Trial
    sending: Trial
    folders: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Return whether nothing failed."""
        return TrialState.FAILED not in (self.reading.state, self.sending.state)


def try_connection(mailbox: Mailbox, *, answer_within_s: float = ANSWER_WITHIN_S) -> Check:
    """Log in to both servers and look for the folders, changing nothing there. The mailbox need not be saved."""
    names: list[str] = []
    return Check(
        reading=_trial(mailbox.imap_host, lambda: _read(mailbox, names, answer_within_s=answer_within_s)),
        sending=_trial(mailbox.smtp_host, lambda: _send(mailbox, answer_within_s=answer_within_s)),
        folders=tuple(sorted(names)),
    )


def _trial(host: str, attempt: Callable[[], str]) -> Trial:
    if not host:
        return Trial(state=TrialState.ABSENT)
    try:
        return Trial(state=TrialState.OK, detail=attempt())
    except (*IMAP_TROUBLE, smtplib.SMTPException) as trouble:
        return Trial(state=TrialState.FAILED, problem=problem_of(trouble), detail=f"{trouble}"[:MOST_ERROR_WORDS])


def _read(mailbox: Mailbox, names: list[str], *, answer_within_s: float) -> str:
    with imap_session(mailbox, answer_within_s=answer_within_s) as client:
        names += [name for flags, _mark, name in client.list_folders() if rb"\Noselect" not in flags]
        wanted = [folder.name for folder in mailbox.folders.all()] if mailbox.pk else []
        counts = [f"{name}: {_count(client, name, names)}" for name in wanted or [INBOX]]
    return ", ".join(counts)


def _count(client: IMAPClient, folder: str, names: list[str]) -> int:
    if not client.folder_exists(folder):
        raise NoSuchFolder(f"{folder}: {', '.join(sorted(names)[:MOST_NAMES])}")
    return int(client.folder_status(folder, ["MESSAGES"])[b"MESSAGES"])


def _send(mailbox: Mailbox, *, answer_within_s: float) -> str:
    with smtp_session(mailbox, answer_within_s=answer_within_s) as smtp:
        code, words = smtp.noop()
    return f"{code} {words.decode('utf-8', 'replace')}"
