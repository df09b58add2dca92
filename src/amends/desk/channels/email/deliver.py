"""Deliver one reply: claimed, composed once, handed over, and its end written down whatever it is."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.conf import settings

from amends.desk.channels.base import Channel, Delivery, Failed, Fetched, Sent, Uncertain
from amends.desk.channels.email.imap import fetch_mailbox
from amends.desk.channels.email.letters import composed
from amends.desk.channels.email.smtp_out import post
from amends.desk.channels.services.post import post as post_by_service
from amends.desk.failpoint import failpoint
from amends.desk.models import Mailbox, Reply
from amends.desk.operations import outbox
from amends.desk.operations.addresses import address_of_desk
from amends.desk.operations.late_notes import late_unseen
from amends.desk.operations.send_later import overtaken_unseen
from amends.vocabulary import AmendsError, Moment

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=4)
GIVE_UP_AFTER: Final = timedelta(days=3)
"""RFC 5321 §4.5.4.1 asks for four to five days of tries; a customer who waits must be known of earlier."""
NO_WAY_OUT: Final = "No mailbox of this brand can send. Set its mail server under People & channels, then send again."


class LocalOutbox:
    """The way out that leads nowhere: replies end on the outbox page, and nothing touches the network."""

    name = "outbox"

    def fetch(self, mailbox: Mailbox, *, now: Moment) -> Fetched:
        """Return that nothing came: there is nobody on the other side."""
        return Fetched()

    def deliver(self, reply: Reply, *, now: Moment) -> Delivery:
        """Say that it lies where people can read it."""
        return Sent(words="local outbox")


class Email:
    """Mail servers: IMAP to fetch, SMTP to deliver, or a mail service in its place."""

    name = "email"

    def fetch(self, mailbox: Mailbox, *, now: Moment) -> Fetched:
        """Keep everything new in the mailbox. Raises one of sessions.IMAP_TROUBLE."""
        return fetch_mailbox(mailbox.pk, now=now)

    def deliver(self, reply: Reply, *, now: Moment) -> Delivery:
        """Post the letter as composed through the conversation's mailbox, else another one of its brand."""
        mailbox = _way_out(reply)
        if mailbox is None or reply.mime is None:
            return Failed(error=NO_WAY_OUT, again=False)
        if mailbox.service:
            return post_by_service(reply, mailbox, now=now)
        sender = address_of_desk(reply.conversation)
        return post(bytes(reply.mime), mailbox, sender=sender, recipient=reply.recipient)


def deliver_reply(reply_id: int, *, now: Moment, chance: Callable[[], float] = random.random) -> Delivery | None:
    """Hand one reply to the customer's side, or to the local outbox; None when it may not leave now.

    The reply is `sending` on the disk before the network hears of it. A line that breaks after the text was given
    leaves it `uncertain`; only a person sends such a reply again. A 4xx comes back later, for three days.
    """
    failpoint("deliver.begun")
    needless = overtaken_unseen(reply_id, now=now) or late_unseen(reply_id, now=now)
    reply = None if needless else outbox.claim(reply_id, now=now)
    if reply is None:
        return None
    try:
        ending = _handed_over(reply, now=now)
    except outbox.TakenBack:
        return None
    failpoint("deliver.handed_over")
    match ending:
        case Sent():
            outbox.sent(reply, now=now)
        case Failed(error=error, again=again):
            outbox.failed(
                reply, error=error, again_at=_again_at(reply, now=now, chance=chance) if again else None, now=now
            )
        case Uncertain(error=error):
            outbox.uncertain(reply, error=error, now=now)
    return ending


def wait_before(tries: int, *, chance: float) -> timedelta:
    """Return how long to wait after that many tries: 1 minute, doubling up to 4 hours, ± 20 % by `chance` in 0–1."""
    doubled: timedelta = FIRST_WAIT * 2 ** min(tries - 1, 10)
    return min(LONGEST_WAIT, doubled) * (0.8 + 0.4 * chance)


def _handed_over(reply: Reply, *, now: Moment) -> Delivery:
    try:
        mime = bytes(reply.mime) if reply.mime is not None else composed(reply, now=now)
        failpoint("deliver.composed")
        outbox.keep_mime(reply, mime)
        failpoint("deliver.letter_kept")
    except outbox.TakenBack:
        raise
    except Exception as unwritable:  # noqa: BLE001 - whatever it is, nothing has been sent, and that is certain
        # An address that cannot be written, or an attachment that is gone from the disk, stays so. A disk that is full
        # for the moment, or a fault of ours, passes.
        passes = not isinstance(unwritable, (AmendsError, ValueError, FileNotFoundError))
        return Failed(error=f"{type(unwritable).__name__}: {unwritable}", again=passes)
    channel: Channel = Email() if settings.SENDING == "smtp" else LocalOutbox()
    return channel.deliver(reply, now=now)


def _way_out(reply: Reply) -> Mailbox | None:
    """Return the mailbox to send through: the conversation's own, else another one of its brand."""
    own = reply.conversation.mailbox
    if own is not None and own.enabled and (own.smtp_host or own.service):
        return own
    others = Mailbox.objects.filter(brand=reply.conversation.case.brand, enabled=True)
    others = others.exclude(smtp_host="", service="")
    return others.order_by("pk").first()


def _again_at(reply: Reply, *, now: Moment, chance: Callable[[], float]) -> Moment | None:
    at = now + wait_before(reply.tries, chance=chance())
    return at if at - (reply.first_tried_at or now) < GIVE_UP_AFTER else None
