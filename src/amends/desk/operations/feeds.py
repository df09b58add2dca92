"""Secret addresses at which calendar programs read due promises."""

import base64
import hmac
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Agent, Feed, Team
from amends.desk.operations.rows import hold, write
from amends.vocabulary import Moment

SIGNED_BYTES: Final = 18
LONGEST_NUMBER: Final = 18


def open_feed(agent: Agent, *, team: Team | None, now: Moment) -> Feed:
    """Make an address for one's own promises, or those of a team."""
    with transaction.atomic():
        feed = Feed.objects.create(agent=agent, team=team, made_at=now)
        record("feed.opened", at=now, actor=agent, feed=feed.pk, team=team.pk if team else None)
    return feed


def take_back(feed: Feed, *, by: Agent, now: Moment) -> None:
    """Let an address show nothing any more. Doing it twice changes nothing."""
    with transaction.atomic():
        if hold(feed).taken_back_at is None:
            feed.taken_back_at = now
            write(feed, "taken_back_at")
            record("feed.taken_back", at=now, actor=by, feed=feed.pk)


def token(feed: Feed) -> str:
    """Return the signed word in its address: the key is the desk's, so no row holds the secret."""
    return f"{feed.pk}.{_signature(feed)}"


def feed_of(signed: str) -> Feed | None:
    """Return the feed of an address; None when it was altered or taken back, or its person has left."""
    number, _, signature = signed.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        return None
    feed = Feed.objects.filter(pk=int(number), taken_back_at=None, agent__is_active=True).first()
    if feed is None or not hmac.compare_digest(signature.encode(), _signature(feed).encode()):
        return None
    return feed


def _signature(feed: Feed) -> str:
    text = f"feed.{feed.pk}.{feed.agent_id}.{feed.team_id or 0}"
    digest = hmac.new(settings.PAGE_KEY, text.encode(), sha256).digest()[:SIGNED_BYTES]
    return base64.urlsafe_b64encode(digest).decode()
