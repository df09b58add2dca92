"""Rows that an operation holds still while it changes them."""

from typing import TypeVar

from django.db import connection, models
from django.db.models import Q

from amends.desk.models import Agent, Case, Event, Message, Reply
from amends.vocabulary import JsonObject

Row = TypeVar("Row", bound=models.Model)

UNSENT = (Reply.State.FAILED, Reply.State.CANCELLED)
NO_ANSWER = (
    Q(reply__state__in=UNSENT)
    | Q(reply__automatic=True)
    | Q(reply__state=Reply.State.QUEUED, reply__send_at__isnull=False)
)
"""Messages of ours that answer nobody: never sent, said by the desk itself, or meant for a later time."""
NEWS = (
    "message.filed",
    "reply.queued",
    "note.added",
    "customer.said_solved",
    "customer.felt",
    "promise.disputed",
    "case.merged",
    "case.split",
    "case.words_moved",
    "case.move_undone",
)
"""What a writer must have seen before sending; each carries the case's `version` it led to."""


def hold(row: Row) -> Row:
    """Lock a row until the transaction ends and bring it up to date."""
    row.refresh_from_db(from_queryset=type(row)._default_manager.select_for_update())
    return row


def one_at_a_time(key: int) -> None:
    """Let nobody else pass here with this key until the transaction ends. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def write(row: models.Model, *fields: str) -> None:
    """Write only the columns an operation changed."""
    row.save(update_fields=fields)


def raise_version(case: Case) -> int:
    """Say that something happened that writers must see before they send; return the new version."""
    case.version += 1
    write(case, "version")
    return case.version


def news_since(case: Case, *, version: int, but_not_of: Agent | None = None) -> list[JsonObject]:
    """Return what happened after the version a writer saw: kind, time, who and the first words."""
    events = Event.objects.filter(case=case, kind__in=NEWS, facts__version__gt=version).select_related("actor")
    return [
        {
            "kind": event.kind,
            "at": event.at.isoformat(),
            "who": str(event.actor or ""),
            "words": event.facts.get("words", ""),
            "message": event.facts.get("message"),
        }
        for event in events
        if but_not_of is None or event.actor_id != but_not_of.pk
    ]


def waiting_since(case: Case) -> Message | None:
    """Return the customer's first message that no reply of ours has answered, None when they wait for nothing."""
    said = Message.objects.filter(conversation__case=case)
    answered = said.filter(direction=Message.Direction.OUT).exclude(NO_ANSWER).order_by("-at", "-pk").first()
    unanswered = said.filter(direction=Message.Direction.IN, kind__in=VOICES).order_by("at", "pk")
    return unanswered.filter(at__gt=answered.at).first() if answered else unanswered.first()


VOICES = ("human", "list")
"""Kinds of letter that are a person's words. A company's own address is often a list, so list mail counts as one."""
