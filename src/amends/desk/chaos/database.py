"""The database is locked by somebody else, or its connections are cut, while mail comes in."""

import random
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing, suppress

from django.db import DatabaseError, connection

from amends.desk.chaos.census import count_mails, let_finish, run_out_the_leases
from amends.desk.chaos.plan import Plan, Toll
from amends.desk.chaos.programs import Program, free_port, running
from amends.desk.chaos.senders import Senders, all_sent

LOCKED_S = (0.2, 1.5)
LOCKED_LONG_S = 13.0
"""Longer than the ten seconds that our connections wait: senders must be asked to come again."""
LONG_FROM_S = 40.0
FREE_S = (0.1, 0.6)
CUT_EVERY_S = (0.3, 1.2)
CUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def run(plan: Plan, say: Callable[[str], None]) -> Toll:
    """Disturb the database until every mail is in; then count."""
    toll, port, stop = Toll(), free_port(), threading.Event()
    receiver, worker = Program(plan.home, "receive-mail", f"127.0.0.1:{port}", port=port), Program(plan.home, "work")
    disturb = _cut_lines if connection.vendor == "postgresql" else _lock
    troublemaker = threading.Thread(target=disturb, args=[plan, toll, stop], daemon=True)
    with running(receiver, worker):
        senders = Senders(port, range(plan.mails), servers=plan.senders, rate=plan.mails / max(1.0, plan.left_s / 3))
        troublemaker.start()
        senders.start()
        done = all_sent(senders, at_most_s=plan.left_s)
        senders.stop()
        stop.set()
        troublemaker.join()
        say(f"{len(senders.said_yes)} mails in, {toll.more.get('disturbances')} disturbances")
        let_finish(plan)
    run_out_the_leases()
    count_mails(toll, senders.said_yes)
    toll.more |= {"database": connection.vendor, "asked_to_come_again": senders.refused}
    toll.claim(done, f"only {len(senders.said_yes)} of {plan.mails} mails were taken in {plan.seconds:.0f} s")
    toll.claim(bool(toll.more.get("disturbances")), "nothing was disturbed")
    return toll


def _lock(plan: Plan, toll: Toll, stop: threading.Event) -> None:
    """Hold SQLite's only writing place, most times briefly, once for longer than anybody waits."""
    chance = random.Random(plan.seed)  # noqa: S311  # choices that can be made again
    with closing(sqlite3.connect(plan.home / "desk.sqlite3", isolation_level=None, timeout=20)) as database:
        long_ones = [LOCKED_LONG_S] if plan.seconds >= LONG_FROM_S else []
        while not stop.is_set():
            with suppress(sqlite3.OperationalError):
                database.execute("BEGIN IMMEDIATE")
                stop.wait(long_ones.pop() if long_ones else chance.uniform(*LOCKED_S))
                database.execute("ROLLBACK")
                toll.more["disturbances"] = toll.more.get("disturbances", 0) + 1
            stop.wait(chance.uniform(*FREE_S))


def _cut_lines(plan: Plan, toll: Toll, stop: threading.Event) -> None:
    """End every connection but ours, as a restart of the server does."""
    chance = random.Random(plan.seed)  # noqa: S311  # choices that can be made again
    while not stop.wait(chance.uniform(*CUT_EVERY_S)):
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute(CUT)
            toll.more["disturbances"] = toll.more.get("disturbances", 0) + 1
    connection.close()
