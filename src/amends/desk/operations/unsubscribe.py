"""Letters that nobody asked for have a way out: one click, signed, without a log-in; answers are never among them."""

import base64
import hmac
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Handle, Reply
from amends.desk.operations.held_back import UNASKED
from amends.desk.operations.rows import hold, write
from amends.vocabulary import Moment

SIGNED_BYTES: Final = 18


def stop_link(reply: Reply) -> str:
    """Return where its reader can stop such letters; "" for an answer, which has nothing to stop."""
    if reply.purpose not in UNASKED:
        return ""
    handle = Handle.objects.filter(channel="email", value=reply.recipient.lower()).first()
    return f"{settings.PUBLIC_URL}/stop/{token(handle)}/" if handle else ""


def token(handle: Handle) -> str:
    """Return the signed word in the link. It never runs out: who wants no more letters shall not be too late."""
    return f"{handle.pk}.{_signature(handle.pk)}"


def handle_of(signed: str) -> Handle | None:
    """Return the address a link stands for; None when it was altered, or the address is gone."""
    number, _, signature = signed.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    if not hmac.compare_digest(signature.encode(), _signature(int(number)).encode()):
        return None
    return Handle.objects.filter(pk=int(number)).first()


def stop_letters(handle: Handle, *, now: Moment) -> None:
    """Send this address answers only from now on. Doing it twice changes nothing."""
    with transaction.atomic():
        if hold(handle).unsubscribed_at is None:
            handle.unsubscribed_at = now
            write(handle, "unsubscribed_at")
            record("handle.unsubscribed", at=now, handle=handle.pk)


def allow_letters(handle: Handle, *, now: Moment) -> None:
    """Send this address such letters again, because its owner says so."""
    with transaction.atomic():
        if hold(handle).unsubscribed_at is not None:
            handle.unsubscribed_at = None
            write(handle, "unsubscribed_at")
            record("handle.subscribed", at=now, handle=handle.pk)


def _signature(number: int) -> str:
    digest = hmac.new(settings.PAGE_KEY, f"stop.{number}".encode(), sha256).digest()[:SIGNED_BYTES]
    return base64.urlsafe_b64encode(digest).decode()
