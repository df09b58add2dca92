"""Replies meant for later: given back to their writer when the customer writes first."""

from amends.desk.models import Case, Message, Reply
from amends.desk.operations.rows import VOICES
from amends.desk.operations.send import take_back
from amends.vocabulary import Moment

CUSTOMER_FIRST = "customer_wrote"


def overtaken(case: Case, *, now: Moment) -> int:
    """Give back every reply of this case that waits for its time, because the customer spoke; return how many.

    Call inside the transaction that takes their words in. One that is being handed over at this moment is finished.
    """
    waiting = Reply.objects.filter(conversation__case=case, state=Reply.State.QUEUED, send_at__isnull=False)
    return sum(take_back(reply, by=None, why=CUSTOMER_FIRST, now=now) for reply in waiting)


def overtaken_unseen(reply_id: int, *, now: Moment) -> bool:
    """Give back one reply that is about to leave, if the customer wrote after it was written; return whether so."""
    reply = Reply.objects.filter(pk=reply_id, state=Reply.State.QUEUED, send_at__lte=now).first()
    if reply is None:
        return False
    said = Message.objects.filter(conversation__case=reply.conversation.case, direction=Message.Direction.IN)
    if not said.filter(kind__in=VOICES, at__gt=reply.queued_at).exists():
        return False
    return take_back(reply, by=None, why=CUSTOMER_FIRST, now=now)
