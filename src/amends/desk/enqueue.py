"""Ask for work to be done later, in the transaction that makes it necessary."""

from collections.abc import Iterable
from typing import Any, Final

from django.db import transaction

from amends.desk.models import Job
from amends.vocabulary import Moment

UNDER_WAY: Final = (Job.State.READY, Job.State.CLAIMED)


def enqueue(task: str, *, now: Moment, due_at: Moment | None = None, lock: str = "", **arguments: Any) -> Job:
    """Write a job into the caller's transaction: if that is rolled back, the work was never asked for.

    `task` is a name of jobs/tasks.py; `arguments` must be JSON. Jobs of one `lock` run one at a time. Due now unless
    `due_at` says later.
    """
    return Job.objects.create(task=task, arguments=arguments, lock=lock, due_at=due_at or now, made_at=now)


def enqueue_unless_under_way(task: str, *, now: Moment, lock: str, **arguments: Any) -> bool:
    """Ask for work now, unless a job of that task and lock waits or is being done; return whether it was asked for."""
    under_way = Job.objects.filter(task=task, lock=lock, state__in=UNDER_WAY)
    if under_way.exists():
        return False
    with transaction.atomic():
        if under_way.exists():
            return False
        enqueue(task, now=now, lock=lock, **arguments)
    return True


def enqueue_all(
    task: str, *, now: Moment, arguments: Iterable[dict[str, Any]], due_at: Moment | None = None
) -> None:  # fmt: skip
    """Write many jobs of one task into the caller's transaction, due now unless `due_at` says later."""
    Job.objects.bulk_create(Job(task=task, arguments=each, due_at=due_at or now, made_at=now) for each in arguments)
