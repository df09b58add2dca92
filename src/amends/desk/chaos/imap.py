"""An IMAP server that drops the line, counts anew and repeats itself, while the worker reads from it."""

import time
from collections.abc import Callable
from typing import Final

from amends.desk.chaos.census import count_mails, let_finish, run_out_the_leases
from amends.desk.chaos.imap_server import MoodyImap
from amends.desk.chaos.people import mailbox
from amends.desk.chaos.plan import Plan, Toll
from amends.desk.chaos.programs import Program, running, soon
from amends.desk.chaos.senders import letter
from amends.desk.models import RawMessage

WAVES: Final = 4
LAST_WAVE_WITHIN_S: Final = 40.0


def run(plan: Plan, say: Callable[[str], None]) -> Toll:
    """Let mails arrive in waves; between them the server counts anew. Count what reached a case."""
    toll = Toll()
    with MoodyImap(seed=plan.seed).listening() as server:
        mailbox(imap_port=server.port)
        with running(Program(plan.home, "work")):
            for wave in range(WAVES):
                server.arrive(letter(number) for number in range(plan.mails)[wave::WAVES])
                _wait_for(plan, (wave + 1) / WAVES)
                if wave == WAVES // 2:
                    server.count_anew()
            say(f"{server.drops} lines dropped, {server.repeats} mails repeated, {server.renumberings} new countings")
            server.behave()
            done = soon(lambda: _here() >= plan.mails, at_most_s=max(1.0, plan.left_s), every_s=0.2)
            let_finish(plan)
        run_out_the_leases()
    count_mails(toll, range(plan.mails))
    toll.more |= {"drops": server.drops, "repeats": server.repeats, "renumberings": server.renumberings}
    toll.claim(done, f"only {_here()} of {plan.mails} mails were fetched in {plan.seconds:.0f} s")
    toll.claim(server.drops > 0 and server.renumberings > 0, "the server behaved")
    return toll


def _wait_for(plan: Plan, share: float) -> None:
    """Give the worker a fair share of the time for this wave; the last look waits for the rest."""
    until = time.monotonic() + max(1.0, plan.left_s / (2 * WAVES))
    soon(lambda: _here() >= plan.mails * share or time.monotonic() > until, at_most_s=LAST_WAVE_WITHIN_S, every_s=0.1)


def _here() -> int:
    return RawMessage.objects.filter(channel="imap").values("sha256").distinct().count()
