"""Several workers at one queue, at the same moment. On PostgreSQL: SQLite has one writer anyway."""

import threading
from datetime import datetime

import pytest
from django.db import connection

from amends.desk.enqueue import enqueue
from amends.desk.jobs import lease

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer anyway"),
]
WORKERS = 6


def claimed_by_all(now: datetime, *, limit: int) -> list[list[int]]:
    """Let every worker claim at the same moment; return what each got."""
    start, got = threading.Barrier(WORKERS), [[] for _ in range(WORKERS)]

    def claim(number: int) -> None:
        start.wait()
        got[number] = [job.pk for job in lease.claim(now, worker=f"w{number}", limit=limit)]
        connection.close()

    threads = [threading.Thread(target=claim, args=[number]) for number in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def test_no_job_is_claimed_twice(now: datetime) -> None:
    asked = [enqueue("write", now=now).pk for _ in range(40)]
    claimed = [pk for got in claimed_by_all(now, limit=5) for pk in got]
    assert len(claimed) == len(set(claimed)) == 5 * WORKERS
    assert set(claimed) <= set(asked)


def test_two_workers_never_hold_the_same_lock(now: datetime) -> None:
    for _ in range(10):
        enqueue("write", now=now, lock="mailbox:1")
    assert sum(len(got) for got in claimed_by_all(now, limit=5)) == 1
