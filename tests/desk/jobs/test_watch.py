"""What happens because time passed: each minute, once, whatever the clock does."""

from datetime import datetime, timedelta

import pytest

from amends.desk.enqueue import enqueue
from amends.desk.jobs import watch
from amends.desk.jobs.engine import run_due
from amends.desk.jobs.tasks import TASKS
from amends.desk.models import Case, Event, Job

pytestmark = pytest.mark.django_db


def watches() -> list[datetime]:
    return list(Job.objects.filter(task="watch_minute", state=Job.State.READY).values_list("due_at", flat=True))


def test_each_minute_is_watched_once(now: datetime) -> None:
    for second in range(0, 60, 7):
        watch.keep_watch(now + timedelta(seconds=second))
    assert watches() == [now + timedelta(minutes=1)]


def test_after_one_watch_comes_the_next(now: datetime) -> None:
    watch.keep_watch(now)
    run_due(now + timedelta(minutes=1), tasks=TASKS)
    watch.keep_watch(now + timedelta(minutes=1))
    assert watches() == [now + timedelta(minutes=2)]


def test_a_clock_set_back_does_not_stop_the_watch(now: datetime) -> None:
    watch.keep_watch(now)
    watch.keep_watch(now - timedelta(hours=3))
    assert now - timedelta(hours=3) + timedelta(minutes=1) in watches()


def test_a_clock_that_jumps_ahead_is_watched_once_not_for_every_minute_missed(now: datetime) -> None:
    watch.keep_watch(now)
    run_due(now + timedelta(hours=8), tasks=TASKS)
    assert Job.objects.filter(task="watch_minute", state=Job.State.DONE).count() == 1


def test_a_snooze_that_ends_is_woken_once(case: Case, now: datetime) -> None:
    Case.objects.update(snoozed_until=now)
    for _ in range(3):
        watch.watch_minute(now=now)
    assert Event.objects.filter(kind="case.woke").count() == 1


def test_one_look_that_fails_does_not_keep_the_others_from_theirs(
    case: Case, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(now: datetime) -> None:
        raise ValueError("blind")

    monkeypatch.setattr(watch, "LOOKS", (broken, *watch.LOOKS))
    Case.objects.update(snoozed_until=now)
    with pytest.raises(ExceptionGroup):
        watch.watch_minute(now=now)
    assert Event.objects.filter(kind="case.woke").exists()


def test_jobs_done_long_ago_are_forgotten_and_others_are_not(now: datetime) -> None:
    for days in (3, 30):
        enqueue("write", now=now)
        Job.objects.filter(done_at=None).update(state=Job.State.DONE, done_at=now - timedelta(days=days))
    enqueue("write", now=now)
    assert watch.forget_done_jobs(now) == 1
    assert Job.objects.count() == 2
