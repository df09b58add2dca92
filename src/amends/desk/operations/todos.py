"""Tasks of people: made where the desk may not or cannot go on, ended by a reply or by hand."""

from collections.abc import Collection
from datetime import timedelta
from typing import Final

from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Agent, Case, Reply, Todo
from amends.desk.operations.rows import hold, write
from amends.vocabulary import Moment

DUE_AFTER: Final = {
    Todo.Kind.ACKNOWLEDGE: timedelta(hours=4),
    Todo.Kind.UNSENT: timedelta(0),
    Todo.Kind.RETURNED: timedelta(0),
    Todo.Kind.FOLLOW_UP: timedelta(days=1),
    Todo.Kind.ANSWER: timedelta(hours=4),
    Todo.Kind.DISPUTED: timedelta(0),
}
ENDED_BY_A_REPLY: Final = frozenset(Todo.Kind)
LONGEST_EVIDENCE: Final = 500


def ask_for(
    case: Case, kind: Todo.Kind, *, now: Moment, reply: Reply | None = None, why: str = "",
    due_at: Moment | None = None, owner: Agent | None = None,
) -> Todo:  # fmt: skip
    """Ask a person to do something, inside the caller's transaction; one of a kind stays open on a case.

    It goes to `owner`, else to the owner of the case, else to the writer of the reply it is about, else to whoever
    comes. Due after what its kind allows, unless `due_at` says otherwise.
    """
    owner = owner or case.owner or (reply.author if reply else None)
    todo, is_new = Todo.objects.get_or_create(
        case=case,
        kind=kind,
        done_at=None,
        defaults={"owner": owner, "reply": reply, "made_at": now, "due_at": due_at or now + DUE_AFTER[kind]},
    )
    if is_new:
        record("todo.made", at=now, case=case, todo=todo.pk, what=kind.value, owner=todo.owner_id, why=why)
    elif reply is not None and todo.reply_id != reply.pk:
        todo.reply = reply
        write(todo, "reply")
    return todo


def tick_off(todo: Todo, *, by: Agent, words: str = "", now: Moment) -> bool:
    """Write down that a person did it, and what shows that; return whether it was still to do."""
    with transaction.atomic():
        if hold(todo).done_at is not None:
            return False
        _end(todo, by=by, evidence=words.strip()[:LONGEST_EVIDENCE], now=now)
    return True


def answered(case: Case, *, reply: Reply, now: Moment, kinds: Collection[str] = ENDED_BY_A_REPLY) -> None:
    """End the open tasks of a case that a person's reply settles, now that it is on its way.

    A task made after the reply was written is about something else: another letter that came back meanwhile.
    """
    for todo in Todo.objects.select_for_update().filter(
        case=case, done_at=None, kind__in=kinds, made_at__lte=reply.queued_at
    ):
        _end(todo, by=reply.author, evidence=f"reply {reply.pk}", now=now)


def end_needless(todo: Todo, *, why: str, now: Moment) -> bool:
    """End a task that time or others made needless, inside the caller's transaction; return whether it was open."""
    if hold(todo).done_at is not None:
        return False
    _end(todo, by=None, evidence=why, now=now)
    return True


def end_settled(case: Case, *, why: str, now: Moment) -> None:
    """End the task to look into what the customer denied, inside the caller's transaction: it is settled."""
    for todo in Todo.objects.filter(case=case, kind=Todo.Kind.DISPUTED, done_at=None):
        end_needless(todo, why=why, now=now)


def _end(todo: Todo, *, by: Agent | None, evidence: str, now: Moment) -> None:
    todo.done_at, todo.done_by, todo.evidence = now, by, evidence
    write(todo, "done_at", "done_by", "evidence")
    record("todo.done", at=now, case=todo.case, actor=by, todo=todo.pk, what=todo.kind, evidence=evidence)
