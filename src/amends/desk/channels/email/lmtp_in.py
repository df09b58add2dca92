"""Receive mail by LMTP (RFC 2033) from a mail server on this machine: one answer for each recipient."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller, UnixSocketController
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings

from amends.desk.channels.email.smtp_in import MailDoor
from amends.desk.channels.gathering import gathering


class LmtpDoor(MailDoor):
    """What happens with a mail that a mail server hands on to us."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the mail once, and answer for each recipient (RFC 2033 §4.2): the server tries those again that failed.

        One mail is one message here, whoever of ours it is for, so all recipients get the same answer.
        """
        answer = await super().handle_DATA(server, session, envelope)
        code, status, words = answer.split(" ", 2)
        return "\r\n".join(f"{code} {status} <{recipient}> {words}" for recipient in envelope.rcpt_tos)


class _OverTcp(Controller):
    def factory(self) -> LMTP:
        return LMTP(self.handler, **self.SMTP_kwargs)


class _OverSocket(UnixSocketController):
    def factory(self) -> LMTP:
        return LMTP(self.handler, **self.SMTP_kwargs)


@contextmanager
def lmtp_receiver(address: str) -> Iterator[Any]:
    """Receive mail at `HOST:PORT` or a socket (`/run/amends/lmtp`) while the context is open, in an own thread.

    Raises OSError when it is taken. LMTP knows no queue of our own, so it must never face the world.
    """
    limits = {"data_size_limit": settings.LARGEST_MAIL_BYTES, "ident": "Amends", "timeout": 60}
    with gathering() as gatherer:
        controller = _controller(address, LmtpDoor(gatherer), limits)
        controller.start()
        try:
            yield controller
        finally:
            controller.stop()


def _controller(address: str, door: LmtpDoor, limits: dict[str, Any]) -> Controller | UnixSocketController:
    if address.startswith("/"):
        Path(address).unlink(missing_ok=True)  # left behind by a desk that was killed
        return _OverSocket(door, unix_socket=address, **limits)
    host, _, port = address.rpartition(":")
    return _OverTcp(door, hostname=host, port=int(port), **limits)
