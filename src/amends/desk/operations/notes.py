"""Words between colleagues."""

import re
from typing import Final

from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Agent, Case, Draft, Note
from amends.desk.operations.rows import hold, raise_version
from amends.flow.intake import storable
from amends.vocabulary import Moment

MENTION: Final = re.compile(r"@([\w.+-]{1,150})")
FIRST_WORDS: Final = 160


def add_note(case: Case, *, author: Agent, text: str, now: Moment) -> Note:
    """Leave a note for colleagues; it never leaves the desk. `@name` calls that colleague."""
    text = storable(text)
    with transaction.atomic():
        note = Note.objects.create(case=hold(case), author=author, text=text, at=now)
        version = raise_version(case)
        # The author has of course seen their own note: their draft does not become stale by it.
        Draft.objects.filter(case=case, author=author, seen_version=version - 1).update(seen_version=version)
        called = [agent.pk for agent in mentioned(text)]
        record(
            "note.added", at=now, case=case, actor=author,
            note=note.pk, mentions=called, version=version, words=text[:FIRST_WORDS],
        )  # fmt: skip
    return note


def mentioned(text: str) -> list[Agent]:
    """Return the colleagues whom a note calls by `@username`."""
    names = {name.rstrip(".").lower() for name in MENTION.findall(text)}
    return [agent for agent in Agent.objects.filter(is_active=True) if agent.username.lower() in names]
