"""Open a protected session with the servers of a mailbox."""

import imaplib
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from amends.desk import clock
from amends.desk.channels.email.grants import access_token, xoauth2
from amends.desk.channels.email.problems import GrantLost
from amends.desk.models import Mailbox
from amends.desk.operations.people import password_of

CONNECT_WITHIN_S: Final = 20.0
ANSWER_WITHIN_S: Final = 30.0

IMAP_TROUBLE: Final = (OSError, IMAPClientError, imaplib.IMAP4.error, ssl.SSLError)
"""What can go wrong between us and an IMAP server; a lost line is one of them."""


@contextmanager
def imap_session(mailbox: Mailbox, *, answer_within_s: float = ANSWER_WITHIN_S) -> Iterator[IMAPClient]:
    """Yield a logged-in client with no folder open. Raises one of IMAP_TROUBLE."""
    timeout = SocketTimeout(connect=min(CONNECT_WITHIN_S, answer_within_s), read=answer_within_s)
    is_tls = mailbox.imap_encryption == Mailbox.Encryption.TLS
    context = _trust() if mailbox.imap_encryption != Mailbox.Encryption.NONE else None
    client = IMAPClient(
        mailbox.imap_host, mailbox.imap_port, ssl=is_tls, ssl_context=context if is_tls else None, timeout=timeout
    )
    try:
        if mailbox.imap_encryption == Mailbox.Encryption.STARTTLS:
            client.starttls(ssl_context=context)
        _sign_in(client, mailbox)
        yield client
    finally:
        _leave(client)


@contextmanager
def smtp_session(mailbox: Mailbox, *, answer_within_s: float = ANSWER_WITHIN_S) -> Iterator[smtplib.SMTP]:
    """Yield a greeted and, where a user is set, logged-in session. Raises OSError, smtplib's errors among them."""
    patience = min(CONNECT_WITHIN_S, answer_within_s)
    smtp = _connected(mailbox, patience)
    try:
        smtp.ehlo()
        if mailbox.smtp_encryption == Mailbox.Encryption.STARTTLS:
            smtp.starttls(context=_trust())
            smtp.ehlo()
        _sign_in_to_send(smtp, mailbox)
        if smtp.sock is not None:
            smtp.sock.settimeout(answer_within_s)
        yield smtp
    finally:
        smtp.close()


def _sign_in(client: IMAPClient, mailbox: Mailbox) -> None:
    user = mailbox.imap_user or mailbox.address
    if mailbox.sign_in == Mailbox.SignIn.PASSWORD:
        client.login(user, password_of(mailbox, "imap"))
        return
    token = access_token(mailbox, now=clock.now())
    try:
        if client.has_capability("AUTH=OAUTHBEARER") and not client.has_capability("AUTH=XOAUTH2"):
            client.oauthbearer_login(user, token)
        else:
            client.oauth2_login(user, token)
    except IMAPClientAbortError:
        raise
    except imaplib.IMAP4.error as refused:
        raise GrantLost(f"{refused}") from refused


def _sign_in_to_send(smtp: smtplib.SMTP, mailbox: Mailbox) -> None:
    if mailbox.sign_in == Mailbox.SignIn.PASSWORD:
        if mailbox.smtp_user:
            smtp.login(mailbox.smtp_user, password_of(mailbox, "smtp"))
        return
    words = xoauth2(mailbox.smtp_user or mailbox.address, access_token(mailbox, now=clock.now()))
    # The server answers a refusal with a challenge (its reasons in JSON), which wants an empty line in return.
    smtp.auth("XOAUTH2", lambda challenge=None: words if challenge is None else "")


def _connected(mailbox: Mailbox, patience_s: float) -> smtplib.SMTP:
    where = (mailbox.smtp_host, mailbox.smtp_port)
    if mailbox.smtp_encryption == Mailbox.Encryption.TLS:
        return smtplib.SMTP_SSL(*where, timeout=patience_s, context=_trust())
    return smtplib.SMTP(*where, timeout=patience_s)


def _trust() -> ssl.SSLContext:
    """Return the system's own trust: a server whose certificate does not fit its name is refused."""
    return ssl.create_default_context()


def _leave(client: IMAPClient) -> None:
    try:
        client.logout()
    except IMAP_TROUBLE:
        client.shutdown()
