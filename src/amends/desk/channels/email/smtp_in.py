"""Receive mail by SMTP ourselves: it says "250" only when the mail is on our disk."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings

from amends.desk.channels.gathering import Gatherer, gathering
from amends.desk.operations.receive import Delivery

KEPT: Final = "250 2.0.0 Kept"
NOT_KEPT: Final = "451 4.3.0 Could not keep the mail at the moment; please try again"
TOO_MANY: Final = "452 4.5.3 Too many recipients"
MOST_RECIPIENTS: Final = 100

log = logging.getLogger(__name__)


class MailDoor:
    """What happens with a mail that somebody hands us: kept first, acknowledged afterwards."""

    def __init__(self, gatherer: Gatherer) -> None:
        self._gatherer = gatherer

    async def handle_RCPT(  # noqa: N802 - the receiver's name for it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        """Take any recipient: we deliver nothing onwards, and a customer's typo still reaches people."""
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(rcpt_options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the mail, and only then say so. Whatever fails, the sender keeps it and comes back."""
        try:
            await asyncio.wrap_future(self._gatherer.put(_delivery(envelope, session)))
        except Exception:
            log.exception("A mail could not be kept; its sender was asked to try again.")
            return NOT_KEPT
        return KEPT


@contextmanager
def receiver(host: str, port: int) -> Iterator[Controller]:
    """Receive mail at this address while the context is open, in a thread of its own. Raises OSError when taken.

    Bind it to loopback, behind a mail server that faces the world; `controller.port` is the port in use.
    """
    with gathering() as gatherer:
        controller = Controller(
            MailDoor(gatherer),
            hostname=host,
            port=port,
            data_size_limit=settings.LARGEST_MAIL_BYTES,
            ident="Amends",
            timeout=60,
        )
        controller.start()
        try:
            yield controller
        finally:
            controller.stop()


def _delivery(envelope: Envelope, session: Session) -> Delivery:
    content = envelope.content or b""
    raw = content if isinstance(content, bytes) else content.encode()
    peer = session.peer[0] if session.peer else ""
    facts = {"way": "smtp", "mail_from": envelope.mail_from or "", "rcpt": list(envelope.rcpt_tos), "peer": peer}
    return Delivery(raw=raw, channel="smtp", envelope=facts)
