"""The tasks of a case that still ask for a person."""

from datetime import datetime

from amends.desk.access import replies_for, todos_for
from amends.desk.models import Agent, Case, Reply, Todo


def open_tasks(case: Case, agent: Agent, *, now: datetime) -> list[Todo]:
    """Return what is still to do; not that they be answered, while an answer is on its way and may be taken back."""
    todos = todos_for(agent).filter(case=case, done_at=None).select_related("owner", "reply")
    leaving = replies_for(agent).filter(
        conversation__case=case, state=Reply.State.QUEUED, undo_until__gt=now, send_at=None, automatic=False
    )
    return list(todos.exclude(kind=Todo.Kind.ANSWER) if leaving.exists() else todos)
