"""Who does which job: claims by lease, tries written down before they start, and what follows a failure.

A claim is fenced by the worker's name and the number of the try: a worker that slept through its lease cannot end a
job that somebody else has taken over.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from amends.desk.events import record
from amends.desk.models import Attempt, Job
from amends.vocabulary import Moment

LEASE: Final = timedelta(seconds=60)
FIRST_PAUSE: Final = timedelta(seconds=4)
LONGEST_PAUSE: Final = timedelta(minutes=30)
LONGEST_ERROR: Final = 6000
CLAIMING_ON_POSTGRES: Final = 0x616D656E6473
"""Key of the advisory lock under which workers claim, so that two never take two jobs of one lock."""


def claim(
    now: Moment,
    *,
    worker: str,
    limit: int,
    running: Collection[int] = (),
    only: Collection[str] = (),
    but_not: Collection[str] = (),
) -> list[Job]:
    """Take up to `limit` due jobs for this worker, each with a new try already written down.

    `running` are keys of jobs this worker still has in hand: after a jump of the clock their leases look over. `only`
    and `but_not` are names of tasks.
    """
    wanted = _due(now).exclude(pk__in=running)
    wanted = wanted.filter(task__in=only) if only else wanted.exclude(task__in=but_not)
    # Look before locking: an idle worker must not take SQLite's only writing place four times a second.
    if not wanted.exists():
        return []
    with transaction.atomic():
        _one_claimer_at_a_time()
        chosen = _one_a_lock(_candidates(wanted, now, running, limit), limit)
        _take(chosen, worker=worker, now=now)
        Attempt.objects.bulk_create(Attempt(job=job, worker=worker, began_at=now) for job in chosen)
    return chosen


def extend(pks: Collection[int], *, worker: str, now: Moment) -> None:
    """Say that the worker is alive and still has these jobs in hand."""
    Job.objects.filter(pk__in=pks, worker=worker, state=Job.State.CLAIMED).update(lease_until=now + LEASE)


def done(job: Job, *, now: Moment, error: str = "") -> bool:
    """Write down that the job is over; False when its lease was lost to another worker meanwhile."""
    return _end(job, now=now, error=error, state=Job.State.DONE, lease_until=None, done_at=now)


def done_all(jobs: Sequence[Job], *, now: Moment) -> None:
    """Write down with one commit that these jobs of one worker are over; those that somebody took over are theirs."""
    if not jobs:
        return
    with transaction.atomic():
        for tries in {job.tries for job in jobs}:
            keys = [job.pk for job in jobs if job.tries == tries]
            ours = Job.objects.filter(pk__in=keys, worker=jobs[0].worker, tries=tries, state=Job.State.CLAIMED)
            ended = list(ours.select_for_update().order_by("pk").values_list("pk", flat=True))
            Job.objects.filter(pk__in=ended).update(state=Job.State.DONE, lease_until=None, done_at=now)
            open_attempts = Attempt.objects.filter(job__in=ended, worker=jobs[0].worker, ended_at=None)
            open_attempts.update(ended_at=now, error="")


def failed(job: Job, *, error: str, now: Moment, most_tries: int) -> bool:
    """Write down the failure: another try after a growing pause, or dead after the last. Return whether it is dead."""
    is_dead = job.tries >= most_tries
    with transaction.atomic():
        if is_dead:
            ours = _end(job, now=now, error=error, state=Job.State.DEAD, lease_until=None)
        else:
            ours = _end(job, now=now, error=error, state=Job.State.READY, lease_until=None, due_at=now + pause(job))
        if ours and is_dead:
            record("job.died", at=now, job=job.pk, task=job.task)
    return ours and is_dead


def give_back(jobs: Iterable[Job], *, now: Moment) -> None:
    """Let other workers have jobs that were claimed but not begun; the try does not count."""
    for job in jobs:
        _end(job, now=now, error="not begun", state=Job.State.READY, lease_until=None, tries=job.tries - 1)


def pause(job: Job) -> timedelta:
    """Return how long to wait after this failed try: doubling, spread by ±25 % so that failures do not march in step.

    The spread follows from the job's key and try, so a test can foresee it.
    """
    doubled: timedelta = min(LONGEST_PAUSE, FIRST_PAUSE * (1 << min(job.tries - 1, 20)))
    spread = 0.75 + 0.5 * ((job.pk * 2654435761 + job.tries * 40503) % 1000) / 999
    return doubled * spread


def _due(now: Moment) -> QuerySet[Job]:
    ready = Q(state=Job.State.READY, due_at__lte=now)
    return Job.objects.filter(ready | (Q(state=Job.State.CLAIMED) & _lease_is_over(now)))


def _lease_is_over(now: Moment) -> Q:
    # No living worker asks for more than LEASE: an end further off was written before the clock was set back.
    return Q(lease_until__lt=now) | Q(lease_until__gt=now + 2 * LEASE)


def _candidates(wanted: QuerySet[Job], now: Moment, running: Collection[int], limit: int) -> QuerySet[Job]:
    in_hand = Q(pk__in=running) | (Q(state=Job.State.CLAIMED) & ~_lease_is_over(now))
    busy_locks = Job.objects.filter(in_hand).exclude(lock="").values("lock")
    found = wanted.exclude(lock__in=busy_locks).order_by("due_at", "pk")
    if connection.features.has_select_for_update_skip_locked:
        found = found.select_for_update(skip_locked=True)
    return found[: limit * 4]


def _one_a_lock(candidates: Iterable[Job], limit: int) -> list[Job]:
    chosen: list[Job] = []
    taken: set[str] = set()
    for job in candidates:
        if job.lock not in taken and len(chosen) < limit:
            chosen.append(job)
            taken |= {job.lock} - {""}
    return chosen


def _take(jobs: Sequence[Job], *, worker: str, now: Moment) -> None:
    taken_over = [job for job in jobs if job.state == Job.State.CLAIMED]
    if taken_over:
        Attempt.objects.filter(job__in=taken_over, ended_at=None).update(ended_at=now, error="the worker went away")
    for job in jobs:
        job.state, job.worker, job.lease_until = Job.State.CLAIMED, worker, now + LEASE
        job.tries += 1
    claimed = {"state": Job.State.CLAIMED, "worker": worker, "lease_until": now + LEASE}
    Job.objects.filter(pk__in=[job.pk for job in jobs]).update(**claimed, tries=F("tries") + 1)


def _end(job: Job, *, now: Moment, error: str = "", **fields: object) -> bool:
    with transaction.atomic():
        ours = Job.objects.filter(pk=job.pk, worker=job.worker, tries=job.tries, state=Job.State.CLAIMED)
        if not ours.update(**fields):
            return False
        open_attempts = Attempt.objects.filter(job=job, worker=job.worker, ended_at=None)
        open_attempts.update(ended_at=now, error=error[-LONGEST_ERROR:])
    return True


def _one_claimer_at_a_time() -> None:
    """On PostgreSQL take a lock that ends with the transaction; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CLAIMING_ON_POSTGRES])
