"""What may be wrong between the desk and a mail server, in one word that people can act on."""

import imaplib
import smtplib
import socket
import ssl
from enum import StrEnum
from typing import Final

from imapclient.exceptions import IMAPClientError, LoginError

from amends.vocabulary import AmendsError

MOST_ERROR_WORDS: Final = 300


class Problem(StrEnum):
    """What an administrator has to look at."""

    NAME_UNKNOWN = "name_unknown"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    LOST = "lost"
    TLS = "tls"
    PASSWORD = "password"  # noqa: S105 - a name for a problem, not a secret
    GRANT = "grant"
    FOLDER = "folder"
    MOVE = "move"
    FILES = "files"
    KEY = "key"
    ANSWER = "answer"


class GrantLost(AmendsError, ConnectionError):
    """The mail provider no longer lets the desk in. No mail is lost meanwhile; press Connect on the mailbox's page."""


class NoSuchFolder(IMAPClientError):  # type: ignore[misc]  # imapclient is not typed
    """The folder is not there. Choose one of the names the server listed."""


PROBLEMS: Final[tuple[tuple[type[BaseException], Problem], ...]] = (
    (GrantLost, Problem.GRANT),
    (NoSuchFolder, Problem.FOLDER),
    (LoginError, Problem.PASSWORD),
    (smtplib.SMTPAuthenticationError, Problem.PASSWORD),
    (ssl.SSLError, Problem.TLS),
    (smtplib.SMTPNotSupportedError, Problem.TLS),
    (socket.gaierror, Problem.NAME_UNKNOWN),
    (TimeoutError, Problem.TIMEOUT),
    (ConnectionRefusedError, Problem.REFUSED),
    (ConnectionError, Problem.LOST),
    (smtplib.SMTPServerDisconnected, Problem.LOST),
    (imaplib.IMAP4.error, Problem.ANSWER),
)


def problem_of(trouble: BaseException) -> Problem:
    """Return what an administrator has to look at."""
    return next((problem for kind, problem in PROBLEMS if isinstance(trouble, kind)), Problem.ANSWER)


def words_of(trouble: BaseException) -> str:
    """Return a trouble as one line for people."""
    return " ".join(f"{type(trouble).__name__}: {trouble}".split())[:MOST_ERROR_WORDS]
