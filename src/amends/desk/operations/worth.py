"""What each customer is worth among all, weighed once a night, so that the queue need not."""

from collections import defaultdict
from datetime import timedelta
from typing import Final

from django.db.models import Sum

from amends.desk.enqueue import enqueue_unless_under_way
from amends.desk.events import record
from amends.desk.models import Customer, Event, Order
from amends.routing.worth import worths
from amends.vocabulary import Moment

TASK: Final = "weigh_customers"
WEIGHED: Final = "customers.weighed"
EVERY: Final = timedelta(hours=24)
TAKEN_BACK: Final = (Order.State.CANCELLED, Order.State.RETURNED)
A_BATCH: Final = 500


def see_to_worth(now: Moment) -> None:
    """Ask for customers to be weighed when that was last done a day ago, or never."""
    last = Event.objects.filter(kind=WEIGHED).order_by("-pk").first()
    # One dated ahead was written before the clock was set back: ranks of yesterday do no harm meanwhile.
    if last is not None and last.at > now - EVERY:
        return
    enqueue_unless_under_way(TASK, now=now, lock=TASK)


def weigh_customers(*, now: Moment) -> int:
    """Write where each customer stands among all; return how many changed."""
    since = dict(Customer.objects.values_list("pk", "since"))
    kept = Order.objects.exclude(state__in=TAKEN_BACK).order_by().values_list("customer", "currency")
    bought = {(customer, currency): amount for customer, currency, amount in kept.annotate(Sum("amount")) if amount}
    found, changed = worths(since, bought), defaultdict[float | None, list[int]](list)
    for key, before in Customer.objects.values_list("pk", "worth"):
        if found.get(key) != before:
            changed[found.get(key)].append(key)
    for worth, keys in changed.items():
        # A short transaction for each hundredth: mail that comes in meanwhile must not wait for a hundred thousand.
        for first in range(0, len(keys), A_BATCH):
            Customer.objects.filter(pk__in=keys[first : first + A_BATCH]).update(worth=worth)
    record(WEIGHED, at=now, customers=len(since), changed=sum(map(len, changed.values())))
    return sum(map(len, changed.values()))
