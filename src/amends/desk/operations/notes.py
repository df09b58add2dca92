"""Words between colleagues."""

import re
import unicodedata
from typing import Final

from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Agent, Case, Draft, Mention, Note
from amends.desk.operations.rows import hold, raise_version
from amends.flow.intake import storable
from amends.vocabulary import Moment

MENTION: Final = re.compile(r"(?<![\w.+-])@([\w.+-]{1,150})")
FIRST_WORDS: Final = 160


def add_note(case: Case, *, author: Agent, text: str, now: Moment) -> Note:
    """Leave a note for colleagues; it never leaves the desk. `@name` calls that colleague.

    Whoever writes on a case has seen who called them there.
    """
    text = storable(text)
    with transaction.atomic():
        note = Note.objects.create(case=hold(case), author=author, text=text, at=now)
        version = raise_version(case)
        # The author has of course seen their own note: their draft does not become stale by it.
        Draft.objects.filter(case=case, author=author, seen_version=version - 1).update(seen_version=version)
        seen_by(author, case=case, now=now)
        called = [agent.pk for agent in mentioned(text)]
        Mention.objects.bulk_create(Mention(note=note, agent_id=key) for key in called if key != author.pk)
        record(
            "note.added", at=now, case=case, actor=author,
            note=note.pk, mentions=called, version=version, words=text[:FIRST_WORDS],
        )  # fmt: skip
    return note


def mentioned(text: str) -> list[Agent]:
    """Return the colleagues whom a note calls, by `@` and the name they log in with or the name they show."""
    said = text.casefold()
    people = Agent.objects.filter(is_active=True)
    return [agent for agent in people if _calls(said, agent.username) or _calls(said, agent.display_name)]


def called_in_vain(text: str) -> list[str]:
    """Return the names behind an `@` that nobody here has."""
    names = [name.rstrip(".") for name in MENTION.findall(text)]
    known = [name.casefold() for agent in mentioned(text) for name in (agent.username, agent.display_name)]
    # "@Aino K" finds her though the pattern sees "Aino" alone, and "@นก" though words follow without a space.
    return [n for n in names if not any(k.startswith(n.casefold()) or n.casefold().startswith(k) for k in known)]


def seen_by(agent: Agent, *, case: Case, now: Moment) -> None:
    """Write down that somebody has seen who called them on a case."""
    Mention.objects.filter(agent=agent, note__case=case, seen_at=None).update(seen_at=now)


def _calls(said: str, name: str) -> bool:
    wanted = f"@{name.casefold()}"
    at = said.find(wanted) if name else -1
    while at >= 0:
        before, after = said[at - 1 : at], said[at + len(wanted) :][:1]
        if not (_is_cased(before) or _goes_on(wanted, after)):
            return True
        at = said.find(wanted, at + 1)
    return False


def _goes_on(name: str, after: str) -> bool:
    """Return whether the name is only the beginning of a longer one.

    Scripts without capitals mostly have no spaces either: there a letter begins the next word, a mark does not.
    """
    return after.isalnum() if _is_cased(name[-1]) else bool(after) and unicodedata.category(after).startswith("M")


def _is_cased(letter: str) -> bool:
    """Return whether a letter or digit could be part of an address: "ฝาก@นก" is none."""
    return letter.isdigit() or letter.lower() != letter.upper()
