"""Tell the stories of the demo through the desk's own acts, each at its own moment of the past.

Nothing is written behind the back of the operations: a customer's words come in as bytes and are filed and read; an
agent's words are a draft, sent, delivered into the outbox; promises are confirmed chips. One transaction around it
all: a demo is seeded whole or not at all.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import groupby
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from amends.desk.demo.evidence import evidence
from amends.desk.demo.letters import form, mail, name_of
from amends.desk.demo.people import answering, found_company
from amends.desk.demo.sorted_by import sort_cases
from amends.desk.demo.story import Given, Said, Story, company, stories
from amends.desk.events import record
from amends.desk.jobs.engine import run_due
from amends.desk.jobs.tasks import TASKS
from amends.desk.jobs.watch import watch_minute
from amends.desk.models import Agent, Brand, Case, Customer, Draft, Event, Handle, Message, Order
from amends.desk.operations import case_life, customer_page, drafting, index, promises
from amends.desk.operations.errors import UndecidedPromise
from amends.desk.operations.notes import add_note
from amends.desk.operations.receive import receive
from amends.desk.operations.send import send
from amends.desk.operations.worth import weigh_customers
from amends.flow.aftercare import GIVEN_UP_AFTER
from amends.vocabulary import CannotSend, Fault, JsonObject, Moment, PromiseState

SEEDED: Final = "demo.seeded"
BEFORE_THE_COACH: Final = "Sent before we had the coach."
"""The reason under a few replies that must be bad, because the story is about them."""

Act = tuple[Moment, Callable[[Moment], None]]
Tell = Callable[[int, int], None]
"""Hears how many of the stories' letters and decisions are told, and of how many."""


def is_seeded() -> bool:
    """Return whether this desk holds the demo already."""
    return Event.objects.filter(kind=SEEDED).exists()


def seed(now: Moment, *, tell: Tell = lambda done, of: None) -> int:
    """Fill an empty desk with the stories, dated back from `now`; return how many."""
    told = stories()
    with transaction.atomic():
        founded = company()
        brand, people = found_company(founded, now=now)
        tellers = [_Teller(story, brand=brand, people=people, quoting=founded["quoting"], now=now) for story in told]
        for teller in tellers:
            teller.meet()
        acts = [act for teller in tellers for act in teller.acts()] + [_noted(note, now) for note in founded["notes"]]
        # Said to be weighed at the opening already, so that no night of the past weighs a desk half told.
        weigh_customers(now=now)
        _tell_all(acts, tell=tell)
        sort_cases(founded, now=now)
        weigh_customers(now=now)
        record(SEEDED, at=now, stories=len(told))
    index.index_cases(now=now)
    return len(told)


def _tell_all(acts: list[Act], *, tell: Tell) -> None:
    done = 0
    for at, together in groupby(sorted(acts, key=_moment_of), key=_moment_of):
        for _, act in together:
            act(at)
            done += 1
        _let_the_desk_work(at)
        tell(done, len(acts))


def _let_the_desk_work(at: Moment) -> None:
    """Do what its worker would have done: deliver after the undo time, file, read, watch."""
    run_due(at + timedelta(seconds=settings.UNDO_SECONDS), tasks=TASKS)
    watch_minute(now=at)


def _moment_of(act: Act) -> Moment:
    return act[0]


class _Teller:
    """Tells one story, act by act."""

    def __init__(
        self, story: Story, *, brand: Brand, people: dict[str, list[Agent]], quoting: JsonObject, now: Moment
    ) -> None:
        self._story, self._brand, self._now = story, brand, now
        self._quoting: str = quoting.get(story.language) or quoting["en"]
        self._agent = answering(people, language=story.language, turn=story.number, named=story.answered_by)

    def acts(self) -> Iterator[Act]:
        """Yield what happens and when, in any order."""
        story, now = self._story, self._now
        for number, said in enumerate(story.thread):
            act = self._customer_says if said.by == "customer" else self._agent_says
            yield self._at(said), _numbered(act, number)
        yield self._at(story.thread[0]) + timedelta(minutes=9), self._look_into_it
        for given in story.promises:
            if given.state == "kept":
                yield self._kept_at(given), _given(self._keep, given)
            elif given.state == "broken":
                yield now + timedelta(hours=given.due_hours, minutes=1) + GIVEN_UP_AFTER, _nothing
        yield now, self._bring_up_to_date

    def _at(self, said: Said) -> Moment:
        return self._now - timedelta(hours=said.hours_ago)

    @property
    def _case(self) -> Case:
        return Case.objects.get(customer__handles__value=self._story.customer["email"])

    def meet(self) -> None:
        """Write down who they are, since when they are with us, and what they bought."""
        told, since = self._story.customer, self._now - timedelta(days=self._story.customer["since_days"])
        customer = Customer.objects.create(
            name=told["name"], honorific=told["honorific"], language=self._story.language,
            country=told["country"], timezone=told["timezone"], since=since,
        )  # fmt: skip
        Handle.objects.create(customer=customer, channel="email", value=told["email"])
        if self._story.order:
            _buy(self._story.order, customer, now=self._now)

    def _customer_says(self, number: int, at: Moment) -> None:
        story, said = self._story, self._story.thread[number]
        ours = Message.objects.filter(
            conversation__case__customer__handles__value=story.customer["email"], direction=Message.Direction.OUT
        ).last()
        if story.channel == "webform" and ours is None:
            if number == 0:
                receive(form(story, said, at=at), channel="webform", now=at)
            else:
                customer_page.add_words(self._case, text=said.body, now=at)
            return
        answers = ours.internet_message_id if ours else name_of(story, number - 1) if number else ""
        letter = mail(
            story, number, brand=self._brand, at=at, ours=ours, quoting=self._quoting, answers=answers
        )  # fmt: skip
        receive(letter, channel="file", now=at)

    def _agent_says(self, number: int, at: Moment) -> None:
        case, said = self._case, self._story.thread[number]
        draft = drafting.save_draft(case, author=self._agent, text=said.body, seen_version=case.version, now=at)
        for given in self._story.promises:
            if given.said == number:
                due = self._now + timedelta(hours=given.due_hours)
                drafting.decide_chip(
                    draft, quote=given.quote, what=given.what, due_start=None, due_end=due, decision="confirmed", now=at
                )
        draft.refresh_from_db()
        try:
            send(draft, now=at)
        except (CannotSend, UndecidedPromise) as refused:
            _set_aside(draft, refused.context["promises"], at=at)
            send(draft, reason=BEFORE_THE_COACH if refused.context.get("findings") else "", now=at)

    def _look_into_it(self, at: Moment) -> None:
        if self._story.fault != Fault.UNKNOWN:
            case_life.set_fault(self._case, fault=self._story.fault, by=self._agent, now=at)
        if not self._story.nobodys:
            case_life.assign(self._case, to=self._agent, by=self._agent, now=at)

    def _kept_at(self, given: Given) -> Moment:
        made, due = self._at(self._story.thread[given.said]), self._now + timedelta(hours=given.due_hours)
        return made + (due - made) * 0.8

    def _keep(self, given: Given, at: Moment) -> None:
        promise = self._case.promises.get(quote=given.quote)
        promises.keep(promise, by=self._agent, evidence=evidence(given.what, self._story.language), now=at)

    def _bring_up_to_date(self, at: Moment) -> None:
        case = self._case
        if self._story.nobodys and case.owner:
            case_life.assign(case, to=None, by=case.owner, now=at)
        if self._story.status == "resolved":
            case_life.resolve(case, ending=Case.Ending.CUSTOMER_SAID, by=self._agent, now=at)
        elif self._story.status == "waiting" and case.status == Case.Status.OPEN:
            case_life.snooze(case, until=self._quiet_until(case), by=self._agent, now=at)

    def _quiet_until(self, case: Case) -> Moment:
        """Return until when a customer is content to wait: until what we promised them is due."""
        open_promises = case.promises.filter(state__in=[PromiseState.MADE, PromiseState.SLIPPING, PromiseState.TOLD])
        first = open_promises.order_by("due_at").first()
        return first.due_at if first else self._now + timedelta(days=2)


def _set_aside(draft: Draft, chips: Any, *, at: Moment) -> None:
    """Decide what the story does not count as a promise, as its agent would have when asked."""
    for chip in chips:
        drafting.decide_chip(
            draft, quote=chip["quote"], what=chip["what"], due_start=None, due_end=None, decision="dismissed", now=at
        )


def _noted(note: JsonObject, now: Moment) -> Act:
    """Return the act of a colleague leaving a note on a customer's case."""

    def leave(at: Moment) -> None:
        case = Case.objects.get(customer__handles__value=note["customer"])
        add_note(case, author=Agent.objects.get(username=note["author"]), text=note["text"], now=at)

    return now - timedelta(minutes=note["minutes_ago"]), leave


def _buy(order: JsonObject, customer: Customer, *, now: Moment) -> None:
    Order.objects.create(
        customer=customer, number=order["number"], items=order["items"], amount=order["amount"],
        currency=order["currency"], state=order["state"],
        placed_at=now - timedelta(days=order["placed_days_ago"]), due_at=now - timedelta(days=order["due_days_ago"]),
    )  # fmt: skip


def _numbered(act: Callable[[int, Moment], None], number: int) -> Callable[[Moment], None]:
    return lambda at: act(number, at)


def _given(act: Callable[[Given, Moment], None], given: Given) -> Callable[[Moment], None]:
    return lambda at: act(given, at)


def _nothing(at: Moment) -> None:
    """Let time pass: the watch that follows each act sees what is due."""
