"""The customer beside their case: who they are, what they bought, what we promised, what it cost them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db.models import Q, Sum

from amends.coach.culture import Voice, addressed
from amends.desk.access import cases_for, orders_for, promises_for
from amends.desk.models import Agent, Case, Customer, Handle, Message, Order, Promise
from amends.desk.operations.keeping import still_denied
from amends.desk.web.locale import zone
from amends.desk.web.timing import city, clock_in
from amends.languages import load
from amends.vocabulary import PromiseState

MOST: Final = 6
TAKEN_BACK: Final = (Order.State.CANCELLED, Order.State.RETURNED)
NOT_KEPT: Final = (PromiseState.BROKEN, PromiseState.KEPT_LATE)


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What this trouble has cost the customer: `letters` they wrote, how long they `waited` for our words in all, and
    how many promises were broken or kept late."""

    letters: int
    waited: timedelta
    promises_not_kept: int


@dataclass(frozen=True, kw_only=True)
class Card:
    """What the agent should have seen before writing (R29). `clock` is the customer's time of day now; `worth` what
    they bought and kept, a sum for each currency."""

    address_as: str
    with_us: timedelta
    worth: list[tuple[Decimal, str]]
    clock: str
    place: str
    handles: list[Handle]
    orders: list[Order]
    late_orders: int
    promises: list[Promise]
    other_cases: list[Case]
    cost: Cost


def card(case: Case, agent: Agent, *, messages: Sequence[Message], now: datetime) -> Card:
    """Return the customer's card for somebody who works on this case. `messages` of people, oldest first."""
    customer = case.customer
    theirs = orders_for(agent).filter(customer=customer)
    kept = theirs.exclude(state__in=TAKEN_BACK).order_by("currency").values_list("currency")
    orders = list(theirs[:MOST])
    place = zone(customer.timezone or case.brand.timezone)
    others = cases_for(agent).filter(customer=customer).exclude(pk=case.pk).exclude(status=Case.Status.MERGED)
    return Card(
        address_as=address_as(customer),
        with_us=now - customer.since,
        worth=[(amount, currency) for currency, amount in kept.annotate(Sum("amount")) if amount],
        clock=clock_in(now.astimezone(place)),
        place=city(place.key),
        handles=list(customer.handles.all()),
        orders=orders,
        late_orders=sum(order.state == Order.State.LATE for order in orders),
        promises=list(promises_for(agent).filter(case__customer=customer).order_by("-due_at")[:MOST]),
        other_cases=list(others.order_by("-opened_at")[:MOST]),
        cost=_cost(case, messages, now=now),
    )


def address_as(customer: Customer) -> str:
    """Return how a reply addresses them, as the coach's own sentences do; "" when no name is known."""
    voice = Voice(address=customer.honorific, country=customer.country)
    return addressed(customer.name, load(customer.language or "en"), voice)


def _cost(case: Case, messages: Sequence[Message], *, now: datetime) -> Cost:
    waited, since, letters = timedelta(), None, 0
    for message in messages:
        if message.direction == Message.Direction.IN:
            letters, since = letters + 1, since or message.at
        elif since:
            waited, since = waited + (message.at - since), None
    if since and case.waiting_since:
        waited += now - since
    missed = case.promises.filter(Q(state__in=NOT_KEPT) | Q(pk__in=still_denied(case.promises.all()))).count()
    return Cost(letters=letters, waited=waited, promises_not_kept=missed)
