"""Work that was asked for gets done: once, in order where it must, and never forgotten."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from amends.desk.enqueue import enqueue
from amends.desk.jobs import lease
from amends.desk.jobs.engine import NotDead, Task, Tasks, run_due, try_again
from amends.desk.models import Agent, Event, Job, Role

pytestmark = pytest.mark.django_db


class Notebook:
    """A task that writes down what it was asked, and fails as often as it was told to."""

    def __init__(self, failures: int = 0) -> None:
        self.lines: list[str] = []
        self.failures = failures

    def write(self, *, line: str, now: datetime) -> None:
        self.lines.append(line)
        if self.failures:
            self.failures -= 1
            raise ValueError("no ink")

    @property
    def tasks(self) -> Tasks:
        return {"write": Task(do=self.write, most_tries=3)}


def test_a_job_is_done_once(now: datetime) -> None:
    notebook = Notebook()
    enqueue("write", now=now, line="hello")
    assert run_due(now, tasks=notebook.tasks) == 1
    assert run_due(now, tasks=notebook.tasks) == 0
    assert notebook.lines == ["hello"]
    assert Job.objects.get().state == Job.State.DONE


def test_a_job_waits_until_it_is_due(now: datetime) -> None:
    notebook = Notebook()
    enqueue("write", now=now, due_at=now + timedelta(seconds=20), line="later")
    assert run_due(now + timedelta(seconds=19), tasks=notebook.tasks) == 0
    assert run_due(now + timedelta(seconds=20), tasks=notebook.tasks) == 1


def test_what_a_rolled_back_act_asked_for_is_never_done(now: datetime) -> None:
    notebook = Notebook()
    with transaction.atomic():
        enqueue("write", now=now, line="ghost")
        transaction.set_rollback(True)
    assert run_due(now, tasks=notebook.tasks) == 0


def test_a_failure_is_tried_again_after_a_pause_that_grows(now: datetime) -> None:
    notebook = Notebook(failures=2)
    job = enqueue("write", now=now, line="try")
    pauses = []
    for _ in range(2):
        run_due(now, tasks=notebook.tasks)
        job.refresh_from_db()
        pauses.append(job.due_at - now)
        now = job.due_at
    assert run_due(now, tasks=notebook.tasks) == 1
    assert timedelta(seconds=3) <= pauses[0] < pauses[1] <= timedelta(seconds=10)
    assert [bool(attempt.error) for attempt in job.attempts.order_by("pk")] == [True, True, False]


def test_after_its_last_try_a_job_is_dead_and_shown(now: datetime) -> None:
    notebook = Notebook(failures=99)
    job = enqueue("write", now=now, line="doomed")
    for day in range(5):
        run_due(now + timedelta(days=day), tasks=notebook.tasks)
    job.refresh_from_db()
    assert (job.state, job.tries) == (Job.State.DEAD, 3)
    assert Event.objects.get(kind="job.died").facts == {"job": job.pk, "task": "write"}
    assert "no ink" in job.attempts.last().error


def test_a_person_may_have_a_dead_job_tried_again(now: datetime, person: Callable[..., Agent]) -> None:
    notebook = Notebook()
    job = enqueue("nobody knows this", now=now)
    run_due(now, tasks=notebook.tasks)
    Job.objects.filter(pk=job.pk).update(task="write", arguments={"line": "alive"})
    try_again(job, by=person(Role.LEAD), now=now)
    run_due(now, tasks=notebook.tasks)
    assert notebook.lines == ["alive"]


def test_a_job_that_is_not_dead_is_not_revived(now: datetime, aino: Agent) -> None:
    job = enqueue("write", now=now, line="one")
    with pytest.raises(NotDead):
        try_again(job, by=aino, now=now)


def test_an_unknown_task_dies_at_once_and_says_why(now: datetime) -> None:
    job = enqueue("dance", now=now)
    run_due(now, tasks={})
    assert Job.objects.get().state == Job.State.DEAD
    assert "no task is called dance" in job.attempts.get().error


def test_what_comes_again_anyway_fails_without_dying(now: datetime) -> None:
    tasks = {"write": Task(do=Notebook(failures=9).write, most_tries=1, comes_again=True)}
    job = enqueue("write", now=now, line="x")
    run_due(now, tasks=tasks)
    job.refresh_from_db()
    assert (job.state, "no ink" in job.attempts.get().error) == (Job.State.DONE, True)


def test_one_failing_job_does_not_hold_up_the_next(now: datetime) -> None:
    notebook = Notebook(failures=1)
    enqueue("write", now=now, line="bad")
    enqueue("write", now=now, line="good")
    run_due(now, tasks=notebook.tasks)
    assert notebook.lines == ["bad", "good"]


def test_jobs_of_one_lock_run_one_at_a_time(now: datetime) -> None:
    for line in "ab":
        enqueue("write", now=now, lock="mailbox:1", line=line)
    enqueue("write", now=now, lock="mailbox:2", line="c")
    first = lease.claim(now, worker="w1", limit=10)
    assert [job.arguments["line"] for job in first] == ["a", "c"]
    assert lease.claim(now, worker="w2", limit=10) == []
    lease.done(first[0], now=now)
    assert [job.arguments["line"] for job in lease.claim(now, worker="w2", limit=10)] == ["b"]


def test_the_job_of_a_killed_worker_is_claimed_again_after_its_lease(now: datetime) -> None:
    job = enqueue("write", now=now, line="x")
    lease.claim(now, worker="killed", limit=1)
    assert lease.claim(now + lease.LEASE, worker="other", limit=1) == []
    later = now + lease.LEASE + timedelta(seconds=1)
    assert [taken.pk for taken in lease.claim(later, worker="other", limit=1)] == [job.pk]
    assert job.attempts.order_by("pk")[0].error == "the worker went away"


def test_a_worker_that_lives_keeps_its_job(now: datetime) -> None:
    job = enqueue("write", now=now, line="long")
    lease.claim(now, worker="slow", limit=1)
    lease.extend([job.pk], worker="slow", now=now + timedelta(seconds=50))
    assert lease.claim(now + timedelta(seconds=100), worker="other", limit=1) == []


def test_a_worker_that_slept_through_its_lease_cannot_end_the_job(now: datetime) -> None:
    enqueue("write", now=now, line="x")
    [slept] = lease.claim(now, worker="sleeper", limit=1)
    lease.claim(now + timedelta(minutes=2), worker="other", limit=1)
    assert not lease.done(slept, now=now + timedelta(minutes=3))
    assert Job.objects.get().state == Job.State.CLAIMED


def test_a_job_that_brings_down_every_worker_ends_dead(now: datetime) -> None:
    notebook = Notebook()
    enqueue("write", now=now, line="poison")
    for minute in range(3):
        assert lease.claim(now + timedelta(minutes=2 * minute), worker=f"w{minute}", limit=1)
    run_due(now + timedelta(minutes=10), tasks=notebook.tasks)
    assert notebook.lines == []
    assert Job.objects.get().state == Job.State.DEAD


def test_a_worker_does_not_take_its_own_job_twice_when_the_clock_jumps_ahead(now: datetime) -> None:
    job = enqueue("write", now=now, line="x")
    lease.claim(now, worker="w", limit=1)
    assert lease.claim(now + timedelta(hours=5), worker="w", limit=1, running=[job.pk]) == []


def test_a_lease_from_before_the_clock_was_set_back_does_not_last_for_hours(now: datetime) -> None:
    enqueue("write", now=now, line="x")
    lease.claim(now, worker="killed", limit=1)
    Job.objects.update(due_at=now - timedelta(hours=5))
    assert len(lease.claim(now - timedelta(hours=4), worker="other", limit=1)) == 1


def test_what_was_claimed_but_not_begun_goes_to_others_and_costs_no_try(now: datetime) -> None:
    job = enqueue("write", now=now, line="x")
    lease.give_back(lease.claim(now, worker="ending", limit=1), now=now)
    job.refresh_from_db()
    assert (job.state, job.tries) == (Job.State.READY, 0)
    assert len(lease.claim(now, worker="other", limit=1)) == 1


def test_what_is_waited_for_stands_behind_nothing_slow(now: datetime) -> None:
    for _ in range(9):
        enqueue("read", now=now)
    quick = enqueue("file", now=now)
    assert lease.claim(now, worker="one", limit=1, only={"file"}) == [quick]
    others = lease.claim(now, worker="one", limit=20, but_not={"file"})
    assert [job.task for job in others] == ["read"] * 9
