"""What was before a reply: what we wrote to them, what its writer wrote to others, whether our word was broken."""

from typing import Final

from django.db.models import QuerySet, Sum

from amends.desk.models import Agent, Case, Message, Order, Promise
from amends.vocabulary import Moment, Money, PromiseState

MOST: Final = 5
TAKEN_BACK: Final = (Order.State.CANCELLED, Order.State.RETURNED)


def former_replies(case: Case) -> tuple[str, ...]:
    """Return what people of ours wrote on a case, the latest last, five at most."""
    return tuple(reversed(_ours().filter(conversation__case=case).values_list("new_text", flat=True)[:MOST]))


def recent_replies(writer: Agent, *, but: Case) -> tuple[str, ...]:
    """Return what somebody wrote lately on other cases, the latest first, five at most."""
    theirs = _ours().filter(author=writer).exclude(conversation__case=but)
    return tuple(theirs.values_list("new_text", flat=True)[:MOST])


def broken_since(case: Case, *, last_reply_at: Moment | None) -> bool:
    """Return whether a promise that we said on a case was broken and nobody has written to them since."""
    broken = Promise.objects.filter(case=case, state=PromiseState.BROKEN).exclude(kind=Promise.Kind.CLOCK)
    return broken.filter(ended_at__gt=last_reply_at or case.opened_at).exists()


def worth_of(case: Case) -> Money | None:
    """Return what the customer has bought and kept, in the currency where that is most; None without an order."""
    kept = Order.objects.filter(customer=case.customer).exclude(state__in=TAKEN_BACK).order_by("currency")
    sums = [(amount, currency) for currency, amount in kept.values_list("currency").annotate(Sum("amount")) if amount]
    amount, currency = max(sums, default=(None, ""))
    return None if amount is None else Money(amount=amount, currency=currency)


def _ours() -> QuerySet[Message]:
    return Message.objects.filter(direction=Message.Direction.OUT, author__isnull=False).order_by("-at", "-pk")
