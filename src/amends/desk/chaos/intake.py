"""Mail pours in while the receiver and the worker are killed at any moment."""

import math
import random
import time
from collections.abc import Callable

from amends.desk.chaos.census import count_mails, let_finish, run_out_the_leases
from amends.desk.chaos.plan import Plan, Toll
from amends.desk.chaos.programs import Program, free_port, running
from amends.desk.chaos.senders import Senders, all_sent

MOST_JITTER_MS = 20


def run(plan: Plan, say: Callable[[str], None]) -> Toll:
    """Kill receiver and worker in turn, spread over the whole pouring-in; then count."""
    toll, port = Toll(), free_port()
    receiver, worker = Program(plan.home, "receive-mail", f"127.0.0.1:{port}", port=port), Program(plan.home, "work")
    with running(receiver, worker):
        senders = Senders(port, range(plan.mails), servers=plan.senders, held=True)
        killer = Killer(plan, toll, [receiver, worker], so_far=lambda: len(senders.said_yes), of=plan.mails)

        def look() -> None:
            killer.look()
            senders.let_go(killer.leash)

        senders.start()
        done = all_sent(senders, at_most_s=plan.left_s, meanwhile=look)
        senders.stop()
        say(f"{len(senders.said_yes)} mails in, {toll.kills} kills")
        let_finish(plan)
    run_out_the_leases()
    count_mails(toll, senders.said_yes)
    toll.claim(done, f"only {len(senders.said_yes)} of {plan.mails} mails were taken in {plan.seconds:.0f} s")
    toll.claim(toll.kills >= plan.kills or not done, f"only {toll.kills} of {plan.kills} kills were done")
    return toll


class Killer:
    """Kills one program after another, each time a share of the work is done, a little earlier or later by chance."""

    def __init__(self, plan: Plan, toll: Toll, programs: list[Program], *, so_far: Callable[[], int], of: int) -> None:
        self._plan, self._toll, self._programs = plan, toll, programs
        self._so_far, self._of = so_far, of
        self._chance = random.Random(plan.seed)  # noqa: S311  # choices that can be made again

    @property
    def leash(self) -> int:
        """Return how much of the work may begin: half a share beyond the next kill, so that a late one still hits."""
        return math.ceil(self._of * (self._toll.kills + 1.5) / (self._plan.kills + 1))

    def look(self) -> None:
        """Kill when it is time, and start again what was killed."""
        done = self._so_far()
        if self._toll.kills < self._plan.kills and done * (self._plan.kills + 1) >= self._of * (self._toll.kills + 1):
            victim = self._programs[self._toll.kills % len(self._programs)]
            time.sleep(self._chance.uniform(0, MOST_JITTER_MS) / 1000)
            victim.kill()
            self._toll.kills += 1
            victim.start()

    def looked(self, claim: Callable[[], bool]) -> Callable[[], bool]:
        """Return the claim as one that looks for victims each time it is asked."""

        def asked() -> bool:
            self.look()
            return claim()

        return asked
