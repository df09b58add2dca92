"""Count what is on the desk, by looking at it, and let it finish what it was doing."""

from collections import Counter
from collections.abc import Collection
from datetime import timedelta
from typing import Final

from django.db import close_old_connections

from amends.desk import clock
from amends.desk.chaos.plan import Plan, Toll
from amends.desk.chaos.programs import soon
from amends.desk.chaos.senders import name_of
from amends.desk.jobs import lease
from amends.desk.jobs.engine import Task, run_due
from amends.desk.jobs.tasks import TASKS
from amends.desk.models import Job, Message, RawMessage

AFTER_EVERY_LEASE: Final = 2 * lease.LEASE - timedelta(seconds=1)
ROWS_AT_ONCE: Final = 500


def let_finish(plan: Plan, *, at_most_s: float = 30.0) -> None:
    """Wait until the living worker has nothing left to file; what a killed one still holds waits for its lease."""
    soon(lambda: not to_do("file_message"), at_most_s=min(at_most_s, max(1.0, plan.left_s)), every_s=0.1)


def to_do(task: str) -> bool:
    """Return whether work of that name is due which nobody has in hand."""
    return Job.objects.filter(task=task, state=Job.State.READY, due_at__lte=clock.now()).exists()


def run_out_the_leases(*, after: timedelta = AFTER_EVERY_LEASE) -> int:
    """Do in this process what a worker would do once the leases of killed workers have run out; return the tries.

    Reading is left out: it is slow, and nothing that can be lost hangs on it.
    """
    close_old_connections()
    tasks = {**TASKS, "read_message": Task(do=lambda **_: None)}
    return run_due(clock.now() + after, tasks=tasks)


def count_mails(toll: Toll, said_yes: Collection[int]) -> None:
    """Write down what became of every mail that we said yes to."""
    names = {name_of(number) for number in said_yes}
    rows = Message.objects.filter(direction=Message.Direction.IN, internet_message_id__startswith="<chaos.")
    found = Counter(rows.values_list("internet_message_id", flat=True))
    toll.mails_in = len(names)
    toll.filed = len(names & set(found))
    toll.lost = len(names - set(found))
    toll.duplicates = sum(times - 1 for times in found.values())
    toll.more["kept_but_not_acknowledged"] = len(set(found) - names)
    toll.more["quarantined"] = RawMessage.objects.filter(state=RawMessage.State.QUARANTINED).count()
    toll.more["dead_jobs"] = Job.objects.filter(state=Job.State.DEAD).count()
    toll.claim(not toll.lost, f"{toll.lost} mails we said yes to are on no case")
    toll.claim(not toll.duplicates, f"{toll.duplicates} messages are there twice")
    toll.claim(not toll.more["quarantined"], f"{toll.more['quarantined']} good mails are in quarantine")
    toll.claim(not toll.more["dead_jobs"], f"{toll.more['dead_jobs']} jobs are dead")
