"""Who writes to whom: what the next best sentence may say of a case, and in which voice."""

from zoneinfo import ZoneInfo

from amends.coach.culture import Voice
from amends.desk.models import Agent, Case, MessageReading, Order, Promise
from amends.vocabulary import CauseKind, Fact, FactKind, Moment, PromiseState

NOT_KEPT = (PromiseState.BROKEN, PromiseState.KEPT_LATE)
OPEN = (PromiseState.MADE, PromiseState.SLIPPING, PromiseState.TOLD)
ARRIVED = (Order.State.DELIVERED, Order.State.CANCELLED, Order.State.RETURNED)
ABOUT_MONEY = (CauseKind.REFUND.value, CauseKind.BILLING.value)


def voice_of(case: Case, *, writer: Agent, now: Moment) -> Voice:
    """Return how a reply on a case speaks, with the days and sums that are on record. Reads rows, writes none."""
    return Voice(
        endings=writer.voices,
        address=case.customer.honorific,
        country=case.customer.country or case.brand.country,
        facts=(*_late(case, now=now), *_promised(case, now=now), *_sum(case)),
    )


def _late(case: Case, *, now: Moment) -> list[Fact]:
    """Return by how many days an order that has not arrived is late, by the customer's calendar."""
    order = case.order
    if order is None or order.due_at is None or order.state in ARRIVED:
        return []
    here = _zone(case)
    days = (now.astimezone(here).date() - order.due_at.astimezone(here).date()).days
    return [Fact(kind="late_days", value=str(days))] if days > 0 else []


def _promised(case: Case, *, now: Moment) -> list[Fact]:
    """Return when our next answer is due, and the last day that we named and let pass."""
    said = Promise.objects.filter(case=case, kind=Promise.Kind.SAID).order_by("due_at")
    rows = [
        (state, due.astimezone(_zone(case)).date().isoformat(), due)
        for state, due in said.values_list("state", "due_at")
    ]
    coming = [day for state, day, due in rows if state in OPEN and due >= now]
    missed = [day for state, day, due in rows if state in NOT_KEPT or (state in OPEN and due < now)]
    return [
        *(Fact(kind="due", value=day) for day in coming[:1]),
        *(Fact(kind="promised", value=day) for day in missed[-1:]),
    ]


def _sum(case: Case) -> list[Fact]:
    """Return the one sum that the customer names where money is what went wrong; of several none."""
    if case.cause.rpartition(".")[2] not in ABOUT_MONEY:
        return []
    readings = MessageReading.objects.filter(message__conversation__case=case).values_list("reading", flat=True)
    named = {fact["value"] for read in readings for fact in read.get("facts", ()) if fact["kind"] == FactKind.AMOUNT}
    return [Fact(kind="sum", value=named.pop())] if len(named) == 1 else []


def _zone(case: Case) -> ZoneInfo:
    return ZoneInfo(case.customer.timezone or case.brand.timezone)
