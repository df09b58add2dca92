"""Replies leave while the worker is killed and the mail server hangs up; two people send at the same moment."""

import asyncio
import email
import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier
from typing import Any, Final

from aiosmtpd.controller import Controller
from django.db import connection

from amends.desk import clock
from amends.desk.chaos.census import run_out_the_leases, to_do
from amends.desk.chaos.intake import Killer
from amends.desk.chaos.people import colleagues, open_case
from amends.desk.chaos.plan import Plan, Toll
from amends.desk.chaos.programs import Program, free_port, running, soon
from amends.desk.models import Agent, Case, Reply
from amends.desk.operations import drafting, outbox
from amends.desk.operations.send import send
from amends.vocabulary import StaleReply

HANGS_UP_AFTER_TEXT: Final = 0.1
ANSWERS_AFTER_S: Final = 0.03
LONG_AFTER: Final = outbox.LEASE + timedelta(minutes=2)
A_MOMENT: Final = timedelta(minutes=1)
HANDS_OF_A_WORKER: Final = 4
"""How many replies one worker hands over at the same moment, so how many a kill can leave uncertain."""
TEXT: Final = "Dear customer, this is our fault and I am sorry. Your parcel lay on our shelf. Aino"


def run(plan: Plan, say: Callable[[str], None]) -> Toll:
    """Race, then let replies leave through a mail server of moods while the worker is killed; then count."""
    toll, people = Toll(), colleagues()
    _race(plan, toll, people)
    say(f"{plan.races} races")
    server = MoodyServer(plan.seed)
    with server.listening() as port:
        replies = _queued(plan, people[0], port=port)
        worker = Program(plan.home, "work")
        with running(worker):
            killer = Killer(plan, toll, [worker], so_far=lambda: server.texts, of=plan.replies)
            soon(killer.looked(lambda: not to_do("deliver_reply")), at_most_s=max(1.0, plan.left_s))
            say(f"{server.texts} letters left, {toll.kills} kills")
        let_the_rest_leave()
    _count(plan, toll, server, replies)
    return toll


def let_the_rest_leave() -> None:
    """Do what happens later, when leases and patience have run out: each reply leaves or becomes uncertain."""
    run_out_the_leases()
    outbox.settle_stuck(clock.now() + LONG_AFTER)
    # What a killed worker had only begun to compose never came near the network, and is waiting once more.
    run_out_the_leases(after=LONG_AFTER + A_MOMENT)


class MoodyServer:
    """The customers' mail server: it takes a moment, and now and then hangs up when it has the whole text."""

    def __init__(self, seed: int) -> None:
        self.arrived: Counter[str] = Counter()
        self.hung_up = 0
        self._chance = random.Random(seed)  # noqa: S311  # choices that can be made again

    @property
    def texts(self) -> int:
        """Return how many letters it was given, taken or not."""
        return self.arrived.total()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the receiver's name
        """Take the letter, and then say so or not."""
        self.arrived[str(email.message_from_bytes(envelope.content)["Message-ID"])] += 1
        await asyncio.sleep(self._chance.uniform(0, ANSWERS_AFTER_S))
        if self._chance.random() < HANGS_UP_AFTER_TEXT:
            self.hung_up += 1
            server.transport.abort()
        return "250 OK"

    @contextmanager
    def listening(self) -> Any:
        """Listen while the context is open; gives the port."""
        controller = Controller(self, hostname="127.0.0.1", port=free_port())
        controller.start()
        try:
            yield controller.port
        finally:
            controller.stop()


def _queued(plan: Plan, author: Agent, *, port: int) -> list[Reply]:
    replies = []
    for number in range(plan.replies):
        case = open_case(number, smtp_port=port)
        draft = drafting.save_draft(case, author=author, text=TEXT, seen_version=case.version, now=clock.now())
        replies.append(send(draft, reason="chaos", now=clock.now()))
    return replies


def _count(plan: Plan, toll: Toll, server: MoodyServer, replies: list[Reply]) -> None:
    ends = Counter(Reply.objects.filter(pk__in=[reply.pk for reply in replies]).values_list("state", flat=True))
    sent = Reply.objects.filter(state=Reply.State.SENT).values_list("internet_message_id", flat=True)
    toll.replies_out, toll.sent, toll.uncertain = len(replies), ends[Reply.State.SENT], ends[Reply.State.UNCERTAIN]
    toll.lost = sum(not server.arrived[name] for name in sent) + ends[Reply.State.FAILED]
    toll.resent_maybe_delivered = sum(times - 1 for times in server.arrived.values())
    neither = toll.replies_out - toll.sent - toll.uncertain - ends[Reply.State.FAILED]
    toll.more |= {"letters_at_the_server": server.texts, "neither_sent_nor_uncertain": neither}
    toll.claim(not toll.lost, f"{toll.lost} replies are called sent or failed, and that is not so")
    toll.claim(not toll.resent_maybe_delivered, f"{toll.resent_maybe_delivered} letters reached the server twice")
    explained = server.hung_up + toll.kills * HANDS_OF_A_WORKER
    toll.claim(toll.uncertain <= explained, f"{toll.uncertain} replies are uncertain, {explained} had a reason to be")
    toll.claim(not neither, f"{neither} replies have no end")


def _race(plan: Plan, toll: Toll, people: tuple[Agent, Agent]) -> None:
    """Let two people answer the same customer at the same moment, again and again."""
    outcomes: Counter[str] = Counter()
    with ThreadPoolExecutor(2) as pool:
        for number in range(plan.races):
            case = open_case(10_000_000 + number)
            drafts = [
                drafting.save_draft(case, author=who, text=TEXT, seen_version=case.version, now=clock.now())
                for who in people
            ]
            start = Barrier(2)
            outcomes.update(pool.map(lambda draft, start=start: _sent_or_not(draft, start), drafts))
            outcomes["double"] += _replies_of(case) - 1
    Reply.objects.all().update(state=Reply.State.CANCELLED)
    toll.more |= {"races": plan.races, "double_sends": outcomes["double"], "told_of_the_other": outcomes["told"]}
    toll.claim(not outcomes["double"], f"{outcomes['double']} of {plan.races} races did not end with one reply")
    toll.claim(outcomes["told"] == plan.races, f"{plan.races - outcomes['told']} losers of a race were not told")


def _sent_or_not(draft: Any, start: Barrier) -> str:
    start.wait()
    try:
        send(draft, reason="chaos", now=clock.now())
    except StaleReply:
        return "told"
    finally:
        connection.close()
    return "sent"


def _replies_of(case: Case) -> int:
    return Reply.objects.filter(conversation__case=case).count()
