"""Hand a composed letter to the mail server of a mailbox, and say exactly how far it got."""

import re
import smtplib
from collections.abc import Callable
from typing import Final

from amends.desk.channels.base import Delivery, Failed, Sent, Uncertain
from amends.desk.channels.email.sessions import ANSWER_WITHIN_S, smtp_session
from amends.desk.failpoint import failpoint
from amends.desk.models import Mailbox

VERDICT_WITHIN_S: Final = 300.0
"""A server may check a letter for minutes before it answers; RFC 5321 §4.5.3.2.6 allows it ten."""

LINE_END: Final = re.compile(rb"\r\n|\n|\r")
LINE_WITH_DOT: Final = re.compile(rb"(?m)^\.")
UNWRITABLE: Final = re.compile(r"[\x00-\x20\x7f<>]")
OK, GO_ON = 2, 3
"""First digits of an SMTP answer."""
MOST_ERROR_WORDS: Final = 500


def post(
    mime: bytes, mailbox: Mailbox, *, sender: str, recipient: str, verdict_within_s: float = VERDICT_WITHIN_S
) -> Delivery:
    """Hand one letter to one recipient. Never raises for what the network or the server does.

    Until the server has been given the text, every failure is a `Failed`: it did not arrive. From then on silence or
    a lost line is `Uncertain`. A clear 4xx asks us to come back; a 5xx about this letter ends it.
    """
    ending: Delivery | None = None
    try:
        with smtp_session(mailbox, answer_within_s=min(ANSWER_WITHIN_S, verdict_within_s)) as smtp:
            failpoint("smtp.connected")
            ending = _envelope(smtp, mime, sender, recipient)
            failpoint("smtp.recipient_taken")
            ending = ending or _text(smtp, mime, verdict_within_s)
            failpoint("smtp.answered")
            return ending
    except smtplib.SMTPResponseException as refused:
        # Greeting, login or encryption: the letter is not at fault, and it goes out when the account is mended.
        return ending or Failed(error=_said(refused.smtp_code, refused.smtp_error), again=True)
    except (OSError, smtplib.SMTPException) as broken:
        # A line that breaks after the verdict changes nothing about it: what was taken is not sent again.
        return ending or Failed(error=_cut(f"{type(broken).__name__}: {broken}"), again=True)


def _envelope(smtp: smtplib.SMTP, mime: bytes, sender: str, recipient: str) -> Failed | None:
    """Say from whom and to whom; return why the server will not have it."""
    if UNWRITABLE.search(sender + recipient):
        return Failed(error="the address holds a space, a bracket or a line break", again=False)
    steps: tuple[tuple[int, Callable[[], tuple[int, bytes]]], ...] = (
        (OK, lambda: smtp.mail(sender, _options(smtp, mime, sender + recipient))),
        (OK, lambda: smtp.rcpt(recipient)),
        (GO_ON, lambda: smtp.docmd("DATA")),
    )
    try:
        answers = ((wanted, *step()) for wanted, step in steps)
        return next((_refused(code, words) for wanted, code, words in answers if code // 100 != wanted), None)
    except UnicodeError:
        return Failed(error="the mail server cannot write to an address with such letters", again=False)


def _text(smtp: smtplib.SMTP, mime: bytes, verdict_within_s: float) -> Delivery:
    try:
        smtp.send(_on_the_wire(mime))
        failpoint("smtp.text_given")
        if smtp.sock is not None:
            smtp.sock.settimeout(verdict_within_s)
        code, words = smtp.getreply()
    except (OSError, smtplib.SMTPException) as broken:
        return Uncertain(error=_cut(f"the line broke after the text was sent ({type(broken).__name__}: {broken})"))
    if code // 100 == OK:
        return Sent(words=_said(code, words))
    return _refused(code, words)


def _options(smtp: smtplib.SMTP, mime: bytes, addresses: str) -> list[str]:
    options = ["BODY=8BITMIME"] if smtp.has_extn("8bitmime") and not mime.isascii() else []
    return [*options, "SMTPUTF8"] if smtp.has_extn("smtputf8") and not addresses.isascii() else options


def _on_the_wire(mime: bytes) -> bytes:
    """Return the text with CRLF, dots doubled at line starts and the closing dot."""
    lines = LINE_WITH_DOT.sub(b"..", LINE_END.sub(b"\r\n", mime))
    return lines + (b".\r\n" if lines.endswith(b"\r\n") else b"\r\n.\r\n")


def _refused(code: int, words: bytes) -> Failed:
    return Failed(error=_said(code, words), again=code < 500)


def _said(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return _cut(f"{code} {' '.join(text.split())}")


def _cut(text: str) -> str:
    return text[:MOST_ERROR_WORDS]
