"""The disk fills up while mail comes in, and is freed again."""

import resource
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from amends.desk.chaos.census import count_mails, let_finish, run_out_the_leases
from amends.desk.chaos.plan import Plan, Toll
from amends.desk.chaos.programs import Program, free_port, running, soon
from amends.desk.chaos.senders import Senders, all_sent

ROOM_BYTES: Final = 1_500_000
"""How much the largest file may still grow before the disk counts as full."""
MAIL_BYTES: Final = 30_000
REFUSED_AT_LEAST: Final = 5


def run(plan: Plan, say: Callable[[str], None]) -> Toll:
    """Let the receiver and the worker meet a full disk, free it, and count.

    A limit on the size of files stands for the disk, so nobody needs to be root: every write beyond it fails.
    """
    toll, port = Toll(), free_port()
    senders = Senders(port, range(plan.mails), servers=plan.senders, padding=MAIL_BYTES)
    limit = partial(_limit_files, _largest(plan.home) + ROOM_BYTES)
    with running(*_programs(plan, port, limit)):
        senders.start()
        soon(lambda: senders.refused >= REFUSED_AT_LEAST or senders.is_done(), at_most_s=plan.left_s / 2)
    toll.more |= {"kept_before_full": len(senders.said_yes), "refused_when_full": senders.refused}
    say(f"{len(senders.said_yes)} mails in, then {senders.refused} refused; the disk is freed")
    with running(*_programs(plan, port, None)):
        done = all_sent(senders, at_most_s=plan.left_s)
        senders.stop()
        let_finish(plan)
    run_out_the_leases()
    count_mails(toll, senders.said_yes)
    toll.claim(done, f"only {len(senders.said_yes)} of {plan.mails} mails were taken in {plan.seconds:.0f} s")
    toll.claim(senders.refused > 0, "the disk was never full: take more --mails")
    return toll


def _programs(plan: Plan, port: int, limit: Callable[[], None] | None) -> list[Program]:
    return [
        Program(plan.home, "receive-mail", f"127.0.0.1:{port}", port=port, before=limit),
        Program(plan.home, "work", before=limit),
    ]


def _largest(home: Path) -> int:
    return max(path.stat().st_size for path in home.rglob("*") if path.is_file())


def _limit_files(most_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
