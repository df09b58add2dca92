"""What keeps a reply from leaving now: a person's stop, a dead address, a budget; and what makes one needless."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.db.models import QuerySet

from amends.desk.models import Halt, Handle, Message, Reply
from amends.desk.operations.rows import NO_ANSWER
from amends.vocabulary import Moment

BUDGETS: Final = ((timedelta(hours=1), 6), (timedelta(days=1), 20))
"""How many letters one recipient may get from us in that time. A loop ends here, an honest talk never does."""
MACHINE_BUDGETS: Final = (
    ("recipient", timedelta(days=1), 3),
    ("case", timedelta(days=1), 2),
    ("desk", timedelta(hours=1), 200),
)
"""How much may leave in that time that no person wrote: to one recipient, on one case, from the whole desk."""
LEAVING: Final = (Reply.State.SENDING, Reply.State.SENT, Reply.State.UNCERTAIN)
UNASKED: Final = (Reply.Purpose.NOTICE, Reply.Purpose.FOLLOW_UP)


def is_halted() -> bool:
    """Return whether the stop switch is on."""
    return Halt.objects.filter(lifted_at=None).exists()


def why_held_back(reply: Reply, *, now: Moment) -> str:
    """Return what keeps a reply queued: `halted`, `muted`, `budget`, or "" when nothing does."""
    if is_halted():
        return "halted"
    if _theirs(reply).filter(muted_at__isnull=False).exists():
        return "muted"
    return "" if budget_free_at(reply, now=now) <= now else "budget"


def why_needless(reply: Reply) -> str:
    """Return why a reply should not leave at all any more: `unsubscribed`, `answered`, or "" when it should."""
    if reply.purpose in UNASKED and _theirs(reply).filter(unsubscribed_at__isnull=False).exists():
        return "unsubscribed"
    if reply.purpose != Reply.Purpose.ACKNOWLEDGEMENT:
        return ""
    ours = Message.objects.filter(conversation__case=reply.conversation.case, direction=Message.Direction.OUT)
    return "answered" if ours.filter(at__gte=reply.queued_at).exclude(NO_ANSWER).exists() else ""


def budget_free_at(reply: Reply, *, now: Moment) -> Moment:
    """Return when one more letter like this may leave; `now` when it already may."""
    free_at = now
    for left, span, most in _budgets(reply):
        recent = left.filter(state__in=LEAVING, sending_since__gt=now - span).order_by("-sending_since")
        times = list(recent.values_list("sending_since", flat=True)[:most])
        if len(times) == most and times[-1] is not None:
            free_at = max(free_at, times[-1] + span)
    return free_at


def _budgets(reply: Reply) -> Iterator[tuple[QuerySet[Reply], timedelta, int]]:
    for span, most in BUDGETS:
        yield Reply.objects.filter(recipient=reply.recipient), span, most
    if reply.automatic:
        counted = Reply.objects.filter(automatic=True)
        of = {
            "recipient": counted.filter(recipient=reply.recipient),
            "case": counted.filter(conversation__case=reply.conversation.case),
            "desk": counted,
        }
        for whose, span, most in MACHINE_BUDGETS:
            yield of[whose], span, most


def _theirs(reply: Reply) -> QuerySet[Handle]:
    return Handle.objects.filter(channel="email", value=reply.recipient.lower())
