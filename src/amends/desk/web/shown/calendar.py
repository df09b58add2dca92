"""Due promises as a calendar (RFC 5545), which stands on other people's servers: so it names no customer."""

from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from icalendar import Calendar, Event

from amends.desk.access import LEADING, promises_for, roles_of
from amends.desk.models import Feed, Promise
from amends.desk.web.wording import word
from amends.vocabulary import FINAL_PROMISE_STATES

SHOWN_AS: Final = timedelta(minutes=30)
READ_AGAIN: Final = timedelta(minutes=15)
ENDED_SHOWN_FOR: Final = timedelta(days=14)
MOST: Final = 500


def calendar_of(feed: Feed, *, now: datetime) -> bytes:
    """Return the calendar of a feed: what is open, and for two weeks what ended, marked as done."""
    calendar = Calendar()
    calendar.add("prodid", "-//Amends//Promises//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    # Translators: the name of a calendar of promises; %(whose)s is a person or a team.
    calendar.add("x-wr-calname", gettext("Promises: %(whose)s") % {"whose": feed.team or feed.agent})
    calendar.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    for promise in _theirs(feed, now=now):
        calendar.add_component(_event(promise, now=now))
    content: bytes = calendar.to_ical()
    return content


def _theirs(feed: Feed, *, now: datetime) -> QuerySet[Promise]:
    rows = promises_for(feed.agent)
    if feed.team is None:
        rows = rows.filter(owner=feed.agent)
    elif roles_of(feed.agent) & LEADING:
        rows = rows.filter(owner__memberships__team=feed.team).distinct()
    else:
        return rows.none()
    gone = rows.filter(state__in=FINAL_PROMISE_STATES, ended_at__lt=now - ENDED_SHOWN_FOR).values("pk")
    return rows.exclude(pk__in=gone).order_by("due_at", "pk")[:MOST]


def _event(promise: Promise, *, now: datetime) -> Event:
    event, due = Event(), promise.due_at.astimezone(UTC)
    is_over = promise.state in FINAL_PROMISE_STATES
    event.add("uid", f"promise-{promise.pk}@{settings.MAIL_DOMAIN}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", due - SHOWN_AS)
    event.add("dtend", due)
    done = "✓ " if is_over else ""
    # Translators: a promise in a calendar: what, and of which case ("Refund, case 12").
    said = gettext("%(what)s, case %(case)s") % {"what": word("deed", promise.what), "case": promise.case_id}
    event.add("summary", f"{done}{said}")
    event.add("description", word("promise", promise.state))
    event.add("url", settings.PUBLIC_URL + reverse("case", args=[promise.case_id]))
    event.add("transp", "TRANSPARENT")
    event.add("last-modified", (promise.ended_at or promise.told_at or promise.made_at).astimezone(UTC))
    return event
