"""Try a mailbox before anybody relies on it, and say in one word what is wrong."""

import imaplib
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from imapclient.exceptions import IMAPClientError, LoginError

from amends.desk.channels.email.sessions import IMAP_TROUBLE, imap_session, smtp_session
from amends.desk.models import Mailbox

ANSWER_WITHIN_S: Final = 10.0


class Problem(StrEnum):
    """What an administrator has to look at."""

    NAME_UNKNOWN = "name_unknown"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    TLS = "tls"
    PASSWORD = "password"  # noqa: S105 - a name for a problem, not a secret
    FOLDER = "folder"
    ANSWER = "answer"


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
    """Whether mail can be read from this mailbox, and sent through it."""

    reading: Trial
    sending: Trial

    @property
    def ok(self) -> bool:
        """Return whether nothing failed."""
        return TrialState.FAILED not in (self.reading.state, self.sending.state)


class _NoSuchFolder(IMAPClientError):  # type: ignore[misc]  # imapclient is not typed
    """The folder is not there. Choose one of the names the server listed."""


def try_connection(mailbox: Mailbox, *, answer_within_s: float = ANSWER_WITHIN_S) -> Check:
    """Log in to both servers and look for the folder, changing nothing there. The mailbox need not be saved."""
    return Check(
        reading=_trial(mailbox.imap_host, lambda: _read(mailbox, answer_within_s)),
        sending=_trial(mailbox.smtp_host, lambda: _send(mailbox, answer_within_s)),
    )


def _trial(host: str, attempt: Callable[[], str]) -> Trial:
    if not host:
        return Trial(state=TrialState.ABSENT)
    try:
        return Trial(state=TrialState.OK, detail=attempt())
    except (*IMAP_TROUBLE, smtplib.SMTPException) as trouble:
        return Trial(state=TrialState.FAILED, problem=_problem(trouble), detail=f"{trouble}"[:300])


def _read(mailbox: Mailbox, answer_within_s: float) -> str:
    with imap_session(mailbox, answer_within_s=answer_within_s) as client:
        if not client.folder_exists(mailbox.folder):
            names = ", ".join(sorted(name for _flags, _mark, name in client.list_folders())[:20])
            raise _NoSuchFolder(f"{mailbox.folder}: {names}")
        count = client.folder_status(mailbox.folder, ["MESSAGES"])[b"MESSAGES"]
    return f"{mailbox.folder}: {count}"


def _send(mailbox: Mailbox, answer_within_s: float) -> str:
    with smtp_session(mailbox, answer_within_s=answer_within_s) as smtp:
        code, words = smtp.noop()
    return f"{code} {words.decode('utf-8', 'replace')}"


PROBLEMS: Final[tuple[tuple[type[BaseException], Problem], ...]] = (
    (_NoSuchFolder, Problem.FOLDER),
    (LoginError, Problem.PASSWORD),
    (smtplib.SMTPAuthenticationError, Problem.PASSWORD),
    (ssl.SSLError, Problem.TLS),
    (smtplib.SMTPNotSupportedError, Problem.TLS),
    (socket.gaierror, Problem.NAME_UNKNOWN),
    (TimeoutError, Problem.TIMEOUT),
    (ConnectionRefusedError, Problem.REFUSED),
    (imaplib.IMAP4.error, Problem.ANSWER),
)


def _problem(trouble: BaseException) -> Problem:
    return next((problem for kind, problem in PROBLEMS if isinstance(trouble, kind)), Problem.ANSWER)
