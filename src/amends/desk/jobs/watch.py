"""The minute watch: what must happen because time passed, not because somebody acted.

Every look finds its work by the state of the rows, so looking twice, late, or after the clock was set does no harm.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.db import transaction

from amends.desk.enqueue import UNDER_WAY, enqueue, enqueue_unless_under_way
from amends.desk.jobs.engine import TASK_OF_THE_WATCH
from amends.desk.models import Job
from amends.desk.operations import (
    case_life,
    clocks,
    index,
    late_notes,
    next_step,
    outbox,
    promises,
    refit,
    reminders,
    worth,
)
from amends.vocabulary import Moment

EVERY: Final = timedelta(minutes=1)
REMEMBER_DONE: Final = timedelta(days=7)
FORGET_AT_ONCE: Final = 1000


def keep_watch(now: Moment) -> None:
    """See to it that a watch stands in the queue for the coming minute; called about once a second by each worker."""
    # One that is due later than that was written before the clock was set back: it does not count.
    watches = Job.objects.filter(task=TASK_OF_THE_WATCH, state__in=UNDER_WAY, due_at__lte=now + EVERY)
    if watches.exists():
        return
    with transaction.atomic():
        if not watches.exists():
            enqueue(TASK_OF_THE_WATCH, now=now, due_at=_next_minute(now), lock=TASK_OF_THE_WATCH)


def keep_index(now: Moment) -> None:
    """See to it that the search reads what happened since it last looked; called about once a second by each worker."""
    if index.is_behind():
        enqueue_unless_under_way("index_cases", now=now, lock="search")


def watch_minute(*, now: Moment) -> None:
    """Do everything that is due by time. One look that fails does not keep the others from theirs.

    Raises an ExceptionGroup of what failed.
    """
    failures = [failure for look in LOOKS if (failure := _failure_of(look, now))]
    if failures:
        raise ExceptionGroup("a look of the minute watch failed", failures)


def forget_done_jobs(now: Moment) -> int:
    """Delete jobs done more than a week ago; return how many. What happened stays in the events."""
    old = Job.objects.filter(state=Job.State.DONE, done_at__lt=now - REMEMBER_DONE)
    keys = list(old.values_list("pk", flat=True)[:FORGET_AT_ONCE])
    return Job.objects.filter(pk__in=keys).delete()[0]


LOOKS: Final[tuple[Callable[[Moment], object], ...]] = (
    promises.look_after,
    late_notes.withdraw_late,
    reminders.remind,
    case_life.wake_due,
    case_life.rest_quiet,
    next_step.see_next_steps,
    clocks.start_clocks,
    outbox.settle_stuck,
    outbox.take_up_forgotten,
    worth.see_to_worth,
    refit.see_to_refits,
    forget_done_jobs,
)


def _failure_of(look: Callable[[Moment], object], now: Moment) -> Exception | None:
    try:
        look(now)
    except Exception as failure:  # noqa: BLE001  # told by watch_minute, which raises them all
        return failure
    return None


def _next_minute(now: Moment) -> Moment:
    return now.replace(second=0, microsecond=0) + EVERY
