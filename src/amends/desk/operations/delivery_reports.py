"""What mail services say about letters of ours, and what follows from it."""

import re
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Q

from amends.desk.events import record
from amends.desk.models import DeliveryReport, Handle, Reply
from amends.desk.operations import outbox
from amends.desk.operations.bounces import bounced
from amends.vocabulary import Moment

DELIVERED: Final = "delivered"
CAME_BACK: Final = frozenset({"bounced", "rejected"})
UNSENT: Final = "failed"
UNWELCOME: Final = frozenset({"complained", "unsubscribed"})
SOFT: Final = re.compile(r"\b4\.\d{1,3}\.\d{1,3}\b|\b4[2-5]\d[ -]|quota|mailbox (?:is )?full", re.IGNORECASE)
"""What servers say of a mailbox that is only full or busy; Anymail calls both kinds `bounced`."""
LONGEST_WORDS: Final = 500
LEFT: Final = (Reply.State.SENT, Reply.State.UNCERTAIN)


@dataclass(frozen=True, kw_only=True)
class News:
    """One thing a service says. `kind` and `because` are Anymail's words for what happened and why.

    `name` is the service's name for the event, `letter` for the letter; `ours` is the Message-ID we gave it, where
    the service hands that back. `at` is None when it does not say when.
    """

    service: str
    name: str
    kind: str
    because: str = ""
    letter: str = ""
    ours: str = ""
    recipient: str = ""
    words: str = ""
    at: Moment | None = None


def accepted(reply: Reply, *, service: str, letter: str, now: Moment) -> DeliveryReport:
    """Write down that a service took a letter, and its own name for it: its news will speak of it by that."""
    report, _ = DeliveryReport.objects.get_or_create(
        service=service, name=f"accepted:{letter or reply.internet_message_id}"[:255],
        defaults={
            "kind": "accepted", "reply": reply, "letter": letter[:255], "recipient": reply.recipient, "at": now,
            "received_at": now,
        },
    )  # fmt: skip
    return report


def take_news(news: News, *, now: Moment) -> DeliveryReport | None:
    """Keep what a service says and draw the consequence, once; None for news we have had already.

    Delivered settles a reply of which we did not know whether it left. Bounced and rejected: it failed, and that
    address is not written to until a person decides. A complaint stops our writing there, too.
    """
    with transaction.atomic():
        reply = _reply_of(news)
        report, is_new = DeliveryReport.objects.get_or_create(
            service=news.service, name=news.name[:255],
            defaults={
                "kind": news.kind[:20], "reply": reply, "letter": news.letter[:255],
                "recipient": news.recipient[:320], "words": news.words[:LONGEST_WORDS], "at": news.at or now,
                "received_at": now,
            },
        )  # fmt: skip
        if not is_new:
            return None
        if reply is not None:
            _follow(reply, news, now=now)
    return report


def _reply_of(news: News) -> Reply | None:
    if news.ours:
        return Reply.objects.filter(internet_message_id=news.ours).first()
    if not news.letter:
        return None
    by_name = Q(internet_message_id=news.letter) | Q(internet_message_id=f"<{news.letter.strip('<>')}>")
    known = Q(reports__service=news.service, reports__kind="accepted", reports__letter=news.letter)
    return Reply.objects.filter(by_name | known).first()


def _follow(reply: Reply, news: News, *, now: Moment) -> None:
    words = f"{news.service}: {news.kind} {news.because} {news.words}".strip()[:LONGEST_WORDS]
    if news.kind == DELIVERED and reply.state == Reply.State.UNCERTAIN:
        outbox.sent(reply, now=now)
    elif news.kind in CAME_BACK and reply.state in LEFT:
        bounced(reply, error=words, is_hard=not SOFT.search(words), now=now)
    elif news.kind == UNSENT and reply.state in LEFT:
        outbox.failed(reply, error=words, again_at=None, now=now)
    elif news.kind in UNWELCOME:
        Handle.objects.filter(channel="email", value=reply.recipient.lower()).update(muted_at=now)
        record("handle.muted", at=now, case=reply.conversation.case, address=reply.recipient, why=news.kind)
