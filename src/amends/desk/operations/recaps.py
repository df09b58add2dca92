"""What a customer says, in their own words and without its heat; an agent confirms it before answering, or not."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Agent, Message, Recap
from amends.vocabulary import JsonObject, Moment

MOST_SENTENCES: Final = 6
Stretch = tuple[int, int, int]
"""A message's key, and where in its new words a stretch begins and ends."""


def confirm(message: Message, *, unanswered: Sequence[Message], is_right: bool, by: Agent, now: Moment) -> Recap:
    """Write down that somebody took in what was said, or set it aside; nothing depends on it.

    `message`: the newest of the `unanswered`, whose sentences were shown.
    """
    with transaction.atomic():
        recap = Recap.objects.create(
            message=message, is_right=is_right, spans=[list(found) for found in telling(unanswered)], by=by, at=now
        )
        record(
            "recap.confirmed" if is_right else "recap.skipped",
            at=now, case=message.conversation.case, actor=by, message=message.pk,
        )  # fmt: skip
    return recap


def since_our_answer(messages: Iterable[Message]) -> list[Message]:
    """Return the customer's messages that no answer of ours follows, oldest first; all of `messages` in that order."""
    found: list[Message] = []
    for message in messages:
        found = [*found, message] if message.direction == Message.Direction.IN else []
    return found


def telling(messages: Sequence[Message]) -> list[Stretch]:
    """Return the sentences that hold what happened and what is wanted, the newest few of them, in reading order."""
    return [stretch for message in messages for _, stretch in _found(message, "summary")][-MOST_SENTENCES:]


def points(messages: Sequence[Message]) -> list[tuple[str, Stretch]]:
    """Return what an answer must not leave out, with its kind (PointKind), in reading order."""
    return [(row["kind"], stretch) for message in messages for row, stretch in _found(message, "points")]


def words_of(stretch: Stretch, messages: Sequence[Message]) -> str:
    """Return the words of a stretch, on one line."""
    key, start, end = stretch
    text = next(message.new_text for message in messages if message.pk == key)
    return " ".join(text[start:end].split())


def _found(message: Message, name: str) -> list[tuple[JsonObject, Stretch]]:
    reading = getattr(message, "reading", None)
    rows: list[JsonObject] = reading.reading.get(name, []) if reading else []
    return [(row, (message.pk, row["start"], row["end"])) for row in rows if row["end"] <= len(message.new_text)]
