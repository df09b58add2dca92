"""The tasks of a case that still ask for a person, who calls them, and the answers that may still be taken back."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from amends.desk.access import replies_for, todos_for
from amends.desk.access_to_sorting import mentions_for
from amends.desk.models import Agent, Case, Mention, Reply, Todo


def leaving(case: Case, agent: Agent, *, now: datetime) -> QuerySet[Reply]:
    """Return the replies that are on their way and may be taken back."""
    return replies_for(agent).filter(conversation__case=case, state=Reply.State.QUEUED, undo_until__gt=now)


def open_tasks(case: Case, agent: Agent, *, now: datetime) -> list[Todo]:
    """Return what is still to do; not that they be answered, while an answer is on its way and may be taken back."""
    todos = todos_for(agent).filter(case=case, done_at=None).select_related("owner", "reply")
    is_answered = leaving(case, agent, now=now).filter(send_at=None, automatic=False).exists()
    return list(todos.exclude(kind=Todo.Kind.ANSWER) if is_answered else todos)


def calls(agent: Agent) -> QuerySet[Mention]:
    """Return the notes that call this person and that they have not seen, the newest first."""
    unseen = mentions_for(agent).filter(seen_at=None).order_by("-pk")
    return unseen.select_related("note__author", "note__case__customer")


def called_by(people: Iterable[Agent]) -> list[tuple[Agent, str]]:
    """Return each colleague with the name that calls them and nobody else: as they show it, else as they log in."""
    found = list(people)
    names = [(who.pk, name.casefold()) for who in found for name in (who.display_name, who.username) if name]
    return [(who, _own_name(who, names)) for who in found]


def _own_name(who: Agent, names: list[tuple[int, str]]) -> str:
    """Return the name shown unless it begins somebody else's, or the other way about: a note would call both."""
    own = str(who).casefold()
    is_shared = any(key != who.pk and (name.startswith(own) or own.startswith(name)) for key, name in names)
    return who.username if is_shared else str(who)
