"""The clock jumps while mail comes in and replies leave: by days, by the hour of summer time, by a second."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from datetime import timedelta
from typing import Final

from django.conf import settings

from amends.desk import clock
from amends.desk.channels.gathering import Gatherer, gathering
from amends.desk.chaos.census import count_mails, run_out_the_leases
from amends.desk.chaos.clocks import jumps
from amends.desk.chaos.people import brand, colleagues, open_case
from amends.desk.chaos.plan import Plan, Toll
from amends.desk.chaos.programs import soon
from amends.desk.chaos.senders import letter
from amends.desk.jobs.engine import work
from amends.desk.jobs.tasks import TASKS
from amends.desk.jobs.watch import keep_watch
from amends.desk.models import Event, Message, Reply
from amends.desk.operations import drafting
from amends.desk.operations.receive import Delivery, Receipt
from amends.desk.operations.send import send

FILED_WITHIN_S: Final = 5.0
LONGEST_JUMP: Final = timedelta(days=400)
"""A reply queued while the clock was ahead leaves at that clock's time; later than this none may still wait."""
REPLIES_FROM: Final = 5_000_000
TEXT: Final = "Dear customer, this is our fault and I am sorry. Your parcel lay on our shelf. Aino"


def run(plan: Plan, say: Callable[[str], None]) -> Toll:
    """Run a worker in this process, whose clock is ours to set, and jump; count what was filed, and how often sent.

    Mail must be on its case within five seconds of the wall's time, whatever the clock says meanwhile.
    """
    settings.SENDING = "outbox"
    toll, stop, _ = Toll(), threading.Event(), brand()
    worker = threading.Thread(
        target=work, args=[stop], kwargs={"tasks": TASKS, "each_round": keep_watch, "threads": 2}, daemon=True
    )
    worker.start()
    with gathering() as gatherer:
        steps = [(name, by) for name, amounts in jumps(clock.now()).items() for by in amounts]
        for step, (name, amount) in enumerate(steps):
            with clock.wrong_by(amount):
                numbers = range(plan.mails)[step :: len(steps)]
                _wave(toll, gatherer, numbers, name)
                _answer(REPLIES_FROM + step)
            say(f"{name}: {len(numbers)} mails")
    soon(lambda: not Reply.objects.filter(state=Reply.State.QUEUED).exists(), at_most_s=FILED_WITHIN_S)
    stop.set()
    worker.join()
    toll.more["replies_that_waited_for_the_clock"] = Reply.objects.filter(state=Reply.State.QUEUED).count()
    with clock.wrong_by(LONGEST_JUMP):
        run_out_the_leases()
    count_mails(toll, [*range(plan.mails), *range(REPLIES_FROM, REPLIES_FROM + len(steps))])
    _count_replies(toll)
    toll.more["jumps"] = len(steps)
    return toll


def _wave(toll: Toll, gatherer: Gatherer, numbers: range, name: str) -> None:
    """Let mails come in at the clock's present, and see that they do not wait for a time that may never come."""
    kept: list[Future[Receipt]] = [gatherer.put(Delivery(raw=letter(number), channel="smtp")) for number in numbers]
    ids = [each.result().raw_id for each in kept]
    filed = Message.objects.filter(raw__in=ids)
    there = soon(lambda: filed.count() == len(ids), at_most_s=FILED_WITHIN_S, every_s=0.1)
    toll.claim(there, f"{name}: {len(ids) - filed.count()} of {len(ids)} mails wait for another time")


def _answer(number: int) -> None:
    case = open_case(number)
    draft = drafting.save_draft(case, author=colleagues()[0], text=TEXT, seen_version=case.version, now=clock.now())
    send(draft, reason="chaos", now=clock.now())


def _count_replies(toll: Toll) -> None:
    told = Counter(Event.objects.filter(kind="reply.sent").values_list("facts__reply", flat=True))
    toll.replies_out = Reply.objects.count()
    toll.sent = Reply.objects.filter(state=Reply.State.SENT).count()
    toll.uncertain = Reply.objects.filter(state=Reply.State.UNCERTAIN).count()
    toll.resent_maybe_delivered = sum(times - 1 for times in told.values())
    toll.claim(toll.sent == toll.replies_out, f"{toll.replies_out - toll.sent} replies never left")
    toll.claim(not toll.resent_maybe_delivered, f"{toll.resent_maybe_delivered} replies left twice")
