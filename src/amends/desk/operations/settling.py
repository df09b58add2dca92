"""The columns of a case that its words decide, set again after words came or went. Called inside a transaction."""

from amends.desk.models import Case, Message
from amends.desk.operations.case_life import whose_turn
from amends.desk.operations.drafting import last_words
from amends.desk.operations.heats import FELT, against_their_usual, standing_of
from amends.desk.operations.rows import NO_ANSWER, write
from amends.measures.heat import Sign


def settle(case: Case) -> None:
    """Set heat, waiting clock and times from what is said on the case now; their own word of how they feel counts."""
    last = last_words(case)
    ours = Message.objects.filter(conversation__case=case, direction=Message.Direction.OUT).exclude(NO_ANSWER)
    answered = ours.order_by("-at", "-pk").first()
    case.last_customer_at = last.at if last else None
    case.last_reply_at = answered.at if answered else None
    write(case, "last_customer_at", "last_reply_at")
    take_heat(case, last)
    whose_turn(case)


def take_heat(case: Case, last: Message | None) -> None:
    """Let what a customer showed be the heat of a case, and say how unlike them it is. `last`: their last message."""
    heat = standing_of(case) if last is not None and _is_known(case, last) else None
    case.intensity, case.anger = (int(heat.intensity), heat.anger) if heat else (None, None)
    case.above_usual = 0.0
    if last is not None and case.intensity is not None:
        usual = against_their_usual(_carrier(heat) or last, intensity=case.intensity)
        case.above_usual = max(0.0, usual.steps) if usual.is_notable else 0.0
    write(case, "intensity", "anger", "above_usual")


def rest_if_nobody_waits(case: Case) -> None:
    """Give a case that lost words the turn that is left: theirs after our answer, nobody's among machines."""
    if case.status != Case.Status.OPEN or case.waiting_since is not None:
        return
    if case.last_reply_at is not None:
        case.status = Case.Status.WAITING
    elif case.last_customer_at is None:
        case.status = Case.Status.MACHINE
    write(case, "status")


def _is_known(case: Case, last: Message) -> bool:
    """Return whether somebody read the last message, or its writer has said since how they feel."""
    return hasattr(last, "reading") or case.events.filter(kind=FELT, at__gte=last.at).exists()


def _carrier(heat: Sign | None) -> Message | None:
    """Return the message that the heat comes from; None for a customer's own word."""
    return Message.objects.filter(pk=heat.message_id).first() if heat and heat.message_id else None
