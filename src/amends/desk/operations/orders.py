"""What becomes of an order, as the shop tells."""

from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Order, Promise
from amends.desk.operations.keeping import kept_by_order
from amends.desk.operations.rows import hold, write
from amends.vocabulary import Moment


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
