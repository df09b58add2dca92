"""What becomes of an order, as the shop tells. ADR 0132."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Customer, Handle, Order, Promise
from amends.desk.operations.keeping import kept_by_order
from amends.desk.operations.rows import hold, write
from amends.flow.order_lines import OrderTold
from amends.vocabulary import Moment


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What came of one order: new, moved or the same; the promises it kept; why it could not be taken in, else ""."""

    what: str = ""
    kept: tuple[Promise, ...] = ()
    why_not: str = ""


def take_in(told: OrderTold, *, now: Moment) -> Taken:
    """Write down an order, or where one is now. Telling it twice changes nothing.

    Found by its number. A new one belongs to the customer of its address, who need not have written yet.
    """
    with transaction.atomic():
        known = Order.objects.select_for_update().filter(number=told.number).first()
        if known is None:
            return _begin(told, now=now)
        if told.email and not known.customer.handles.filter(channel="email", value=told.email).exists():
            return Taken(why_not="this number belongs to another customer")
        changed = {name: value for name, value in _columns(told).items() if getattr(known, name) != value}
        for name, value in changed.items():
            setattr(known, name, value)
        write(known, *changed)
        moved = known.state != told.state
        kept = order_moved(known, state=told.state, now=now)
    return Taken(what="moved" if moved else "same", kept=tuple(kept))


def order_moved(order: Order, *, state: Order.State | str, now: Moment) -> list[Promise]:
    """Write down where an order is now; return the promises that this kept. Telling it twice changes nothing."""
    with transaction.atomic():
        before = hold(order).state
        if before == Order.State(state):
            return []
        order.state = Order.State(state)
        write(order, "state")
        record("order.moved", at=now, order=order.number, state=order.state, before=before)
        return kept_by_order(order, now=now)


def _begin(told: OrderTold, *, now: Moment) -> Taken:
    missing = [name for name in ("email", "amount", "currency", "placed_at") if getattr(told, name) in (None, "")]
    if missing:
        return Taken(why_not=f"a new order needs {', '.join(missing)}")
    handle = Handle.objects.filter(channel="email", value=told.email).select_related("customer").first()
    customer = handle.customer if handle else Customer.objects.create(name=told.name, since=told.placed_at or now)
    if handle is None:
        Handle.objects.create(customer=customer, channel="email", value=told.email)
    Order.objects.create(customer=customer, number=told.number, state=told.state, **_columns(told))
    record("order.told", at=now, order=told.number, state=told.state)
    return Taken(what="new")


def _columns(told: OrderTold) -> dict[str, Any]:
    """Return what was told besides its state, as columns; what was left out stays as it is."""
    said = {
        "items": list(told.items), "amount": told.amount, "currency": told.currency, "placed_at": told.placed_at,
        "due_at": told.due_at,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value not in (None, "", [])}
