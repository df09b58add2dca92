"""Carry reminders to agents: by mail through a mailbox of the brand, by webhook signed as Standard Webhooks says."""

import base64
import hmac
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256
from http.client import HTTPConnection, HTTPException
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from amends.desk.channels.base import Failed, Sent, Uncertain
from amends.desk.channels.email.smtp_out import post
from amends.desk.far_pictures import STEP_SECONDS, Connector, Resolver, addresses_of, connected, secured
from amends.desk.models import Mailbox, Reminder
from amends.desk.operations import reminders
from amends.mail.public_host import is_public, target
from amends.vocabulary import Moment

GOOD: Final = range(200, 300)
PASSES: Final = range(500, 600)


def send_reminder(
    reminder_id: int, *, now: Moment, resolve: Resolver = addresses_of, connect: Connector = connected
) -> Reminder | None:
    """Send one reminder; None when it may not leave."""
    reminder = reminders.claim(reminder_id, now=now)
    if reminder is None:
        return None
    if settings.SENDING != "smtp":
        return reminders.ended(reminder, error="local outbox: nothing leaves this desk", again=False, now=now)
    by_mail = reminder.way == Reminder.Way.MAIL
    ending = _mailed(reminder, now=now) if by_mail else _called(reminder, now=now, resolve=resolve, connect=connect)
    match ending:
        case Sent():
            return reminders.ended(reminder, error="", again=False, now=now)
        case Failed(error=error, again=again):
            return reminders.ended(reminder, error=error, again=again, now=now)
        case Uncertain(error=error):
            return reminders.ended(reminder, error=error, again=False, now=now)


def signed(body: bytes, *, name: str, now: Moment, secret: str) -> dict[str, str]:
    """Return the headers of a webhook: its name, its time, and both with the body signed (Standard Webhooks 1.0)."""
    at = str(int(now.timestamp()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{name}.{at}.".encode() + body, sha256).digest()
    signature = "v1," + base64.b64encode(digest).decode()
    return {"webhook-id": name, "webhook-timestamp": at, "webhook-signature": signature}


def _called(reminder: Reminder, *, now: Moment, resolve: Resolver, connect: Connector) -> Sent | Failed | Uncertain:
    body = reminders.body_of(reminder)
    headers = signed(body, name=f"reminder_{reminder.pk}", now=now, secret=reminders.signing_secret(reminder.agent)) | {
        "Content-Type": "application/json",
        "User-Agent": "Amends",
        "Connection": "close",
    }
    wanted = target(reminder.agent.reminder_url)
    if wanted is None or wanted.scheme != "https":
        return Failed(error="not an https address on the open web", again=False)
    try:
        found = resolve(wanted.host, wanted.port)
        # The address that was judged is the one that is called: a name may mean another a moment later.
        if not found or not all(is_public(one) for one in found):
            return Failed(error="the name leads to an address that is not public", again=False)
        line = secured(connect(found[0], wanted.port), wanted)
    except OSError as closed:
        return Failed(error=f"{type(closed).__name__} before it was told", again=True)
    with line:
        asking = HTTPConnection(wanted.host, wanted.port, timeout=STEP_SECONDS)
        asking.sock = line
        return _told(asking, wanted.path, body, headers)


def _told(asking: HTTPConnection, path: str, body: bytes, headers: dict[str, str]) -> Sent | Failed | Uncertain:
    try:
        asking.request("POST", path, body=body, headers=headers)
        status = asking.getresponse().status
    except (OSError, HTTPException) as broken:
        return Uncertain(error=f"{type(broken).__name__} after it was told")
    if status in GOOD:
        return Sent(words=str(status))
    return Failed(error=f"the other side answered {status}", again=status in PASSES)


def _mailed(reminder: Reminder, *, now: Moment) -> Sent | Failed | Uncertain:
    brand = reminder.promise.case.brand
    box = Mailbox.objects.filter(brand=brand, enabled=True, service="").exclude(smtp_host="").order_by("pk").first()
    if box is None:
        return Failed(error="no mailbox of this brand can send", again=False)
    letter = _letter(reminder, sender=box.address, now=now)
    return post(letter.as_bytes(), box, sender=box.address, recipient=reminder.agent.email)


def _letter(reminder: Reminder, *, sender: str, now: Moment) -> EmailMessage:
    """Return the mail, in the reader's language. Like the webhook, it names no customer and quotes nothing."""
    promise, letter = reminder.promise, EmailMessage()
    with translation.override(reminder.agent.interface_language):
        letter["Subject"] = gettext("A promise needs you (case %(case)s)") % {"case": promise.case_id}
        said = gettext("A promise on case %(case)s is due on %(due)s (UTC) and needs you. Open it here:")
    letter["From"], letter["To"], letter["Date"] = sender, reminder.agent.email, format_datetime(now)
    letter["Message-ID"] = f"<reminder-{reminder.pk}@{settings.MAIL_DOMAIN}>"
    letter["Auto-Submitted"] = "auto-generated"
    due = promise.due_at.strftime("%Y-%m-%d %H:%M")
    letter.set_content(f"{said % {'case': promise.case_id, 'due': due}}\n\n{reminders.case_link(promise)}\n")
    return letter
