"""Laws of promises on the real rows: whatever people do, and however the clock jumps, in whatever order."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from amends.desk.jobs.watch import watch_minute
from amends.desk.models import Agent, Brand, Case, Conversation, Customer, Event, Handle, Membership, Message, Promise
from amends.desk.operations import case_life, customer_page, handing_over, new_dates, outbox, people, promises
from amends.desk.operations.ledger import make, rebuilt
from amends.desk.operations.next_step import without_next_step
from amends.desk.operations.send import write_to_customer
from amends.promises.ledger import Alarm
from amends.vocabulary import FINAL_PROMISE_STATES, AmendsError

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOTE = "Dear Priya, I am sorry. Your parcel will be late, because I packed it too late. Aino"
TURNS = st.sampled_from([
    datetime(2026, 10, 24, 12, tzinfo=UTC),  # summer time ends in Finland that night
    datetime(2027, 3, 27, 12, tzinfo=UTC),  # and begins
    datetime(2028, 2, 28, 12, tzinfo=UTC),  # the day before a leap day
    datetime(2026, 12, 31, 12, tzinfo=UTC),
])  # fmt: skip
JUMPS = st.sampled_from([timedelta(minutes=1), HOUR, 9 * HOUR, DAY, 3 * DAY, -HOUR, -DAY])
WHICH = st.integers(0, 9)


class ADesk(RuleBasedStateMachine):
    """One case with promises, three people, a customer, and a clock that also goes backwards."""

    def __init__(self) -> None:
        super().__init__()
        self.ended: dict[int, str] = {}
        self.block = transaction.atomic()
        self.block.__enter__()

    def teardown(self) -> None:
        try:
            self._nothing_is_skipped()
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    @initialize(now=TURNS)
    def opens(self, now: datetime) -> None:
        self.now = now
        brand = Brand.objects.create(name="L", address="c@l.example", timezone="Europe/Helsinki", country="FI")
        priya = Customer.objects.create(name="Priya", language="en", since=now)
        Handle.objects.create(customer=priya, channel="email", value="p@example.com")
        case = Case.objects.create(customer=priya, brand=brand, language="en", opened_at=now, waiting_since=now)
        talk = Conversation.objects.create(case=case, token="t", started_at=now, participants=["p@example.com"])
        self.ours = Message.objects.create(conversation=talk, direction="out", text="x", at=now, dedupe_key="1")
        self.people = [Agent.objects.create_user(username=name) for name in ("aino", "ville", "maya")]
        team = people.Team.objects.create(name="T")
        Membership.objects.create(agent=self.people[2], team=team, role="lead")

    @property
    def case(self) -> Case:
        return Case.objects.get()

    def _one(self, which: int) -> Promise | None:
        rows = list(Promise.objects.order_by("pk"))
        return rows[which % len(rows)] if rows else None

    def _on(self, which: int, act: Any) -> None:
        promise = self._one(which)
        if promise is not None:
            with suppress(AmendsError):
                act(promise)

    @rule(jump=JUMPS)
    def the_clock_moves(self, jump: timedelta) -> None:
        self.now += jump

    @rule(hours=st.integers(1, 200), who=st.integers(0, 2))
    def somebody_promises(self, hours: int, who: int) -> None:
        due = (self.now + hours * HOUR).isoformat()
        chip = {"quote": "by then", "what": "delivery", "due_start": due, "due_end": due}
        make(chip, case=self.case, message=self.ours, owner=self.people[who], now=self.now)

    @rule(which=WHICH)
    def kept(self, which: int) -> None:
        self._on(which, lambda one: promises.keep(one, by=self.people[0], evidence="done", now=self.now))

    @rule(which=WHICH, words=st.sampled_from(["", "never mind"]), days=st.integers(0, 3))
    def released(self, which: int, words: str, days: int) -> None:
        new = self.now + days * DAY if days else None
        by = self.people[0]
        self._on(which, lambda one: promises.release(one, by=by, customers_words=words, new_due_at=new, now=self.now))

    @rule(which=WHICH, days=st.integers(0, 5), waits=st.sampled_from([timedelta(0), HOUR, DAY]))
    def told(self, which: int, days: int, waits: timedelta) -> None:
        def tell(promise: Promise) -> None:
            new = promise.due_at + days * DAY if days else None
            note = promises.tell(promise, by=self.people[0], text=NOTE, reason="so", new_due_at=new, now=self.now)
            taken = outbox.claim(note.pk, now=note.due_at + waits)
            if taken is not None:
                outbox.sent(taken, now=note.due_at + waits)

        self._on(which, tell)

    @rule(which=WHICH)
    def they_agree(self, which: int) -> None:
        self._on(which, lambda one: new_dates.agree(one, customers_words="Yes", now=self.now))

    @rule(which=WHICH)
    def they_deny(self, which: int) -> None:
        self._on(which, lambda one: customer_page.says_not_kept(one, now=self.now))

    @rule(needless=st.sampled_from(["", "not needed"]))
    def they_say_it_is_solved(self, needless: str) -> None:
        customer_page.says_solved(self.case, needless=needless, now=self.now)

    @rule()
    def answered(self) -> None:
        note = write_to_customer(self.case, author=self.people[1], text=NOTE, reason="so", now=self.now)
        taken = outbox.claim(note.pk, now=note.due_at)
        if taken is not None:
            outbox.sent(taken, now=note.due_at)

    @rule(act=st.sampled_from(["resolve", "reopen", "snooze"]))
    def lived(self, act: str) -> None:
        with suppress(AmendsError):
            if act == "resolve":
                case_life.resolve(self.case, ending=Case.Ending.QUIET, by=None, now=self.now)
            elif act == "reopen":
                case_life.reopen(self.case, by=None, now=self.now)
            else:
                case_life.snooze(self.case, until=self.now + DAY, by=self.people[0], now=self.now)

    @rule(who=st.integers(-1, 2))
    def given(self, who: int) -> None:
        case_life.assign(self.case, to=self.people[who] if who >= 0 else None, by=self.people[2], now=self.now)

    @rule(who=st.integers(0, 2), leaves=st.booleans())
    def comes_or_goes(self, who: int, leaves: bool) -> None:
        if leaves:
            people.leave(self.people[who], by=self.people[2], now=self.now)
            open_ones = Promise.objects.exclude(state__in=FINAL_PROMISE_STATES)
            assert not open_ones.filter(owner=self.people[who]).exists()
        else:
            people.come_back(self.people[who], by=self.people[2], now=self.now)

    @rule(to=st.integers(0, 2))
    def handed_over(self, to: int) -> None:
        rows = list(Promise.objects.all())
        handing_over.hand_over_promises(rows, to=self.people[to], by=self.people[2], now=self.now)

    @rule()
    def a_minute_passes(self) -> None:
        watch_minute(now=self.now)
        assert not without_next_step().exists()

    @invariant()
    def what_has_ended_stays_ended(self) -> None:
        now_ended = dict(Promise.objects.filter(state__in=FINAL_PROMISE_STATES).values_list("pk", "state"))
        assert self.ended.items() <= now_ended.items()
        self.ended = now_ended

    @invariant()
    def nobody_counts_as_told_who_heard_it_late(self) -> None:
        assert all(p.told_at <= p.due_at for p in Promise.objects.exclude(told_at=None))

    @invariant()
    def no_alarm_sounds_twice(self) -> None:
        kinds = [f"promise.{alarm}" for alarm in Alarm if alarm is not Alarm.OWNER_AWAY]
        said = [(event.kind, event.facts["promise"]) for event in Event.objects.filter(kind__in=kinds)]
        assert len(said) == len(set(said))

    @invariant()
    def the_log_alone_tells_each_state(self) -> None:
        assert all(rebuilt(promise) == promise.state for promise in Promise.objects.all())

    def _nothing_is_skipped(self) -> None:
        for days in (0, 1, 30, 32, 34):
            watch_minute(now=self.now + days * DAY)
        assert not Promise.objects.exclude(state__in=FINAL_PROMISE_STATES).exists()
        assert not without_next_step().exists()


@pytest.mark.django_db
def test_the_laws_hold_whatever_people_do_in_whatever_order() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        ADesk,
        settings=settings(
            max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
