"""No open case is without its next step: a promise to the customer, or a person's task. ADR 0105."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from amends.desk.models import Agent, Case, Membership, Message, Promise, Role, Todo
from amends.desk.operations.ledger import LONGEST_QUOTE, tell_of
from amends.desk.operations.office import answer_due
from amends.desk.operations.rows import hold
from amends.desk.operations.todos import ask_for, end_needless
from amends.vocabulary import FINAL_PROMISE_STATES, Deed, Moment

FOLLOW_UP_AFTER: Final = timedelta(days=7)
MOST_A_LOOK: Final = 500
OPEN_AGAIN: Final = "The case is open again."
NO_LONGER_OPEN: Final = "The case is not open any more."


def lead_of(case: Case) -> Agent | None:
    """Return who answers for a case that nobody has: a lead of its team, else of any; None where there is none."""
    leads = Membership.objects.filter(role=Role.LEAD, agent__is_active=True).order_by("pk").select_related("agent")
    own = leads.filter(team=case.team).first() if case.team_id else None
    found = own or leads.first()
    return found.agent if found else None


def promise_answer(case: Case, *, message: Message, quote: str, due_at: Moment, now: Moment) -> Promise:
    """Write down that our words promise an answer by a time. Inside the caller's transaction.

    Owned from the start: by the case's owner, else by a lead, until somebody takes the case.
    """
    promise = Promise.objects.create(
        case=case, message=message, owner=case.owner or lead_of(case), kind=Promise.Kind.RECEIPT, what=Deed.ANSWER,
        quote=quote[:LONGEST_QUOTE], due_start=due_at, due_at=due_at, made_at=now,
    )  # fmt: skip
    tell_of(promise, "promise.made", by=None, now=now, by_kind=promise.kind)
    return promise


def plan_answer(case: Case, *, now: Moment) -> bool:
    """See to it that an open case has a next step; return whether one had to be made. Inside a transaction."""
    if not without_next_step().filter(pk=case.pk).exists():
        return False
    ask_for(case, Todo.Kind.ANSWER, now=now, due_at=answer_due(case, since=case.waiting_since or now))
    return True


def plan_follow_up(case: Case, *, by: Agent | None, at: Moment | None, owner: Agent | None, now: Moment) -> Todo:
    """Plan to ask after a case that is about to rest (R186). Inside the caller's transaction."""
    asks = owner or case.owner or by or lead_of(case)
    return ask_for(case, Todo.Kind.FOLLOW_UP, now=now, due_at=at or now + FOLLOW_UP_AFTER, owner=asks)


def end_follow_up(case: Case, *, why: str, now: Moment, planned_at: Moment | None = None) -> None:
    """End the plan to ask after a case, or only the one made then. Inside the caller's transaction."""
    planned = Todo.objects.filter(case=case, kind=Todo.Kind.FOLLOW_UP, done_at=None)
    for todo in planned.filter(made_at=planned_at) if planned_at else planned:
        end_needless(todo, why=why, now=now)


def see_next_steps(now: Moment) -> int:
    """Give every open case without a next step one, and end answers asked of cases no longer open; return how many."""
    made = 0
    for case in without_next_step()[:MOST_A_LOOK]:
        with transaction.atomic():
            made += plan_answer(hold(case), now=now)
    needless = Todo.objects.filter(done_at=None, kind=Todo.Kind.ANSWER).exclude(case__status=Case.Status.OPEN)
    for todo in needless[:MOST_A_LOOK]:
        with transaction.atomic():
            made += end_needless(todo, why=NO_LONGER_OPEN, now=now)
    return made


def without_next_step() -> QuerySet[Case]:
    """Return the open cases for which nothing says what comes next."""
    promised = Promise.objects.filter(case=OuterRef("pk")).exclude(state__in=FINAL_PROMISE_STATES)
    asked = Todo.objects.filter(case=OuterRef("pk"), done_at=None)
    return Case.objects.filter(~Exists(promised), ~Exists(asked), status=Case.Status.OPEN).order_by("pk")
