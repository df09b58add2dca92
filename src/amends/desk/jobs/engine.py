"""Run the queued work: `work` for a worker process, `run_due` for tests and for seeding."""

import logging
import os
import socket
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

from django.db import DatabaseError, close_old_connections, connection, transaction

from amends.desk import clock
from amends.desk.events import record
from amends.desk.jobs import lease
from amends.desk.models import Agent, Job
from amends.vocabulary import AmendsError, JsonObject, Moment

LOOK_EVERY_S: Final = 0.25
HEARTBEAT_EVERY_S: Final = 15.0
CLAIMED_A_THREAD: Final = 4
"""Claiming costs a write to the disk, so each claim takes some jobs ahead; they stay under the worker's lease."""
MOST_TRIES: Final = 5
GIVES_WAY_S: Final = 1.0
TASK_OF_THE_WATCH: Final = "watch_minute"

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Task:
    """What a job's name stands for. Called with the job's arguments and `now`.

    `longest_s`: after so many seconds the worker no longer renews the lease, so another may take over.
    `comes_again`: it is asked for again each minute anyway, so that a failure is written down but not a death.
    `lane`: tasks of one lane wait for each other only; what is quick and waited for stands behind nothing slow.
    `together`: does many jobs at once, which it gets as their arguments; yields how those ended that have, by their
    place, None for what succeeded. Only for a lane that has no other task.
    """

    do: Callable[..., object]
    together: "Together | None" = None
    most_tries: int = MOST_TRIES
    longest_s: float = 600.0
    comes_again: bool = False
    lane: str = ""


Tasks = Mapping[str, Task]
Together = Callable[[Sequence[JsonObject], Moment], Iterator[Mapping[int, Exception | None]]]


@dataclass(frozen=True, kw_only=True)
class Lane:
    """How many jobs of a lane a worker does at once, and how many for each of them it claims.

    `after`: while the lane of that name has work, this one takes a single job a second. Threads of one process share
    one core, so what is quick and waited for would else go at the pace of what is slow. `together`: a thread gets
    all that is claimed for it at once.
    """

    threads: int = 1
    ahead: int = CLAIMED_A_THREAD
    after: str = ""
    together: bool = False

    @property
    def most(self) -> int:
        """Return how many jobs may be in hand."""
        return self.threads * self.ahead

    @property
    def at_least(self) -> int:
        """Return how many must be wanted for a claim to be worth its write."""
        return 1 if self.ahead == 1 else self.most // 2

    def groups(self, jobs: Sequence[Job]) -> list[Sequence[Job]]:
        """Return claimed jobs as a thread takes them: each by itself, or as many as one thread does together."""
        size = self.ahead if self.together else 1
        return [jobs[first : first + size] for first in range(0, len(jobs), size)]


LANES: Final = {
    "intake": Lane(threads=4, ahead=25, together=True),
    "reading": Lane(threads=2, ahead=2, after="intake"),
    "sending": Lane(threads=16, ahead=1),
}
"""Lanes that differ from the rest. Intake is done in groups, and may wait for names of other hosts. Sending waits
for hosts of others: a thread that waits costs little, and a job claimed ahead of one that hangs would hang with it."""


class NotDead(AmendsError):
    """This work is not among the dead any more: somebody has started it again."""


def run_due(now: Moment, *, tasks: Tasks, limit: int = 10_000) -> int:
    """Run every job due at `now` here and now, those they ask for included, and return how many tries were made."""
    tries = 0
    while tries < limit and (claimed := lease.claim(now, worker="here", limit=min(20, limit - tries))):
        for job in claimed:
            _run(job, tasks, lambda: now)
        tries += len(claimed)
    return tries


def try_again(job: Job, *, by: Agent, now: Moment) -> None:
    """Give a dead job a fresh set of tries, because a person asked. Raises NotDead when it is not dead any more."""
    with transaction.atomic():
        revived = Job.objects.filter(pk=job.pk, state=Job.State.DEAD).update(state=Job.State.READY, tries=0, due_at=now)
        if not revived:
            raise NotDead
        record("job.revived", at=now, actor=by, job=job.pk, task=job.task)


def work(
    stop: threading.Event,
    *,
    tasks: Tasks,
    threads: int = 4,
    each_round: Callable[[Moment], None],
    only: str = "",
    without: str = "",
) -> None:
    """Do the work of the queue until `stop` is set; then end what is begun and give back the rest.

    `each_round` is called about once a second with the time: it sees to it that the minute is watched. `only` names
    the one lane to do, `without` the one that another process does.
    """
    named = {name: LANES.get(name, Lane()) for name in sorted({task.lane for task in tasks.values()} - {""})}
    every = {**named, "": Lane(threads=threads)}
    lanes = {only: every[only]} if only else {name: lane for name, lane in every.items() if not name or name != without}
    with ExitStack() as open_lanes:
        hands = [
            _Hands(
                pool=open_lanes.enter_context(ThreadPoolExecutor(lane.threads, thread_name_prefix=f"job {name}")),
                tasks=tasks,
                name=name,
                lane=lane,
            )
            for name, lane in lanes.items()
        ]
        _work(stop, hands, each_round)
    connection.close()


def _work(stop: threading.Event, hands: "Sequence[_Hands]", each_round: Callable[[Moment], None]) -> None:
    round_at = 0.0
    while not stop.is_set():
        try:
            if time.monotonic() - round_at >= 1:
                round_at = time.monotonic()
                each_round(clock.now())
            for each in hands:
                each.round(gives_way=any(other.in_hand for other in hands if other.lane == each.after))
        except DatabaseError:
            # The disk may be full or the server restarting: nothing is lost, the jobs wait.
            log.exception("The worker cannot reach the database; it tries again.")
            connection.close()
        _rest(stop, hands)
    for each in hands:
        each.let_go()


def _rest(stop: threading.Event, hands: "Sequence[_Hands]") -> None:
    """Wait until there is something to do, but not long."""
    if busy := [future for each in hands for future in each.in_hand]:
        wait(busy, timeout=LOOK_EVERY_S, return_when=FIRST_COMPLETED)
    else:
        stop.wait(LOOK_EVERY_S)


class _Hands:
    """The hands of one worker process in one lane: what they hold, and when they last said so."""

    def __init__(self, *, pool: ThreadPoolExecutor, tasks: Tasks, name: str, lane: "Lane") -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"[-80:]
        self.in_hand: dict[Future[None], tuple[Sequence[Job], float]] = {}
        self._pool, self._tasks, self._most, self._at_least = pool, tasks, lane.most, lane.at_least
        of_lanes = {task for task, about in tasks.items() if about.lane}
        self._only = {task for task in of_lanes if tasks[task].lane == name}
        self._but_not = set() if name else of_lanes
        self.lane, self.after, self._groups = name, lane.after, lane.groups
        self._heartbeat_at = self._took_at = 0.0

    def round(self, *, gives_way: bool) -> None:
        """Let go of what is finished, say we live, take new work; little of it when another lane has the way."""
        self.in_hand = {future: held for future, held in self.in_hand.items() if not future.done()}
        self._say_we_live()
        running = [job.pk for jobs, _ in self.in_hand.values() for job in jobs]
        free = self._most - len(running)
        if gives_way:
            free = min(free, 1) if time.monotonic() - self._took_at >= GIVES_WAY_S else 0
        if free >= (1 if gives_way else self._at_least):
            for jobs in self._groups(self._claimed(free, running)):
                self._took_at = time.monotonic()
                self.in_hand[self._pool.submit(_run_in_thread, jobs, self._tasks)] = (jobs, self._took_at)

    def let_go(self) -> None:
        """Give back what was claimed but not begun."""
        unbegun = [job for future, (jobs, _) in self.in_hand.items() if future.cancel() for job in jobs]
        lease.give_back(unbegun, now=clock.now())

    def _claimed(self, limit: int, running: Sequence[int]) -> list[Job]:
        return lease.claim(
            clock.now(), worker=self.name, limit=limit, running=running, only=self._only, but_not=self._but_not
        )

    def _say_we_live(self) -> None:
        moment = time.monotonic()
        if moment - self._heartbeat_at < HEARTBEAT_EVERY_S:
            return
        self._heartbeat_at = moment
        held = [(job, began) for jobs, began in self.in_hand.values() for job in jobs]
        alive = [job.pk for job, began in held if moment - began < self._longest_s(job)]
        if alive:
            lease.extend(alive, worker=self.name, now=clock.now())

    def _longest_s(self, job: Job) -> float:
        task = self._tasks.get(job.task)
        return task.longest_s if task else 0.0


def _run_in_thread(jobs: Sequence[Job], tasks: Tasks) -> None:
    task = tasks.get(jobs[0].task)
    try:
        if task is not None and task.together is not None:
            _run_together(jobs, task, task.together)
            return
        for job in jobs:
            _run(job, tasks, clock.now)
    except DatabaseError:
        # The lease will run out and the jobs be claimed again.
        log.exception("Could not write down how %s and %d more ended", jobs[0], len(jobs) - 1)
    finally:
        close_old_connections()


def _run_together(jobs: Sequence[Job], task: Task, together: Together) -> None:
    """Run claimed jobs of one task at once, and write down how each ended as soon as it has."""
    left = dict(enumerate(jobs))
    for place in [place for place, job in left.items() if job.tries > task.most_tries]:
        _failed(left.pop(place), task, _TookTheWorkerDown(), clock.now())
    places = list(left)
    try:
        for endings in together([left[place].arguments for place in places], clock.now()):
            ended = [(left.pop(places[number]), wrong) for number, wrong in endings.items()]
            lease.done_all([job for job, wrong in ended if wrong is None], now=clock.now())
            for job, wrong in ended:
                if wrong is not None:
                    _failed(job, task, wrong, clock.now())
    except Exception as wrong:  # noqa: BLE001  # the queue must outlive every task
        for job in left.values():
            _failed(job, task, wrong, clock.now())


def _run(job: Job, tasks: Tasks, now: Callable[[], Moment]) -> None:
    """Run one claimed job and write down how it ended; whatever a task raises is a failed try, never a dead worker."""
    task = tasks.get(job.task)
    if task is None:
        lease.failed(job, error=f"no task is called {job.task}", now=now(), most_tries=0)
        return
    try:
        if job.tries > task.most_tries:
            # Not run again: whatever is in it has brought down a worker at every try.
            raise _TookTheWorkerDown
        task.do(**job.arguments, now=now())
    except Exception as wrong:  # noqa: BLE001  # the queue must outlive every task
        _failed(job, task, wrong, now())
    else:
        lease.done(job, now=now())


class _TookTheWorkerDown(AmendsError):
    """The worker went away during every try at this job."""


def _failed(job: Job, task: Task, wrong: Exception, now: Moment) -> None:
    error = "".join(traceback.format_exception(wrong))
    log.warning("%s failed at try %d: %s", job, job.tries, error.rstrip().rpartition("\n")[2])
    if task.comes_again:
        lease.done(job, error=error, now=now)
    else:
        lease.failed(job, error=error, now=now, most_tries=task.most_tries)
