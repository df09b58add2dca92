"""The customer beside their case: who they are, what they bought, what we promised."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from amends.desk.access import cases_for, orders_for, promises_for
from amends.desk.models import Agent, Case, Handle, Order, Promise
from amends.desk.web.locale import zone
from amends.desk.web.timing import clock_in

MOST = 6


@dataclass(frozen=True, kw_only=True)
class Card:
    """What the agent should have seen before writing (R29). `clock` is the customer's time of day now."""

    honorific: str
    with_us: timedelta
    clock: str
    place: str
    handles: list[Handle]
    orders: list[Order]
    late_orders: int
    promises: list[Promise]
    other_cases: list[Case]


def card(case: Case, agent: Agent, *, now: datetime) -> Card:
    """Return the customer's card for somebody who works on this case."""
    customer = case.customer
    orders = list(orders_for(agent).filter(customer=customer)[:MOST])
    place = customer.timezone or case.brand.timezone
    others = cases_for(agent).filter(customer=customer).exclude(pk=case.pk).order_by("-opened_at")[:MOST]
    return Card(
        honorific=customer.honorific or customer.name,
        with_us=now - customer.since,
        clock=clock_in(now.astimezone(zone(place))),
        place=place.rpartition("/")[2].replace("_", " "),
        handles=list(customer.handles.all()),
        orders=orders,
        late_orders=sum(order.state == Order.State.LATE for order in orders),
        promises=list(promises_for(agent).filter(case__customer=customer).order_by("-due_at")[:MOST]),
        other_cases=list(others),
    )
