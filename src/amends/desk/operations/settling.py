"""The columns of a case that its words decide, set again after words came or went. Called inside a transaction."""

from amends.desk.models import Case, Message
from amends.desk.operations.case_life import whose_turn
from amends.desk.operations.drafting import last_words
from amends.desk.operations.heats import against_their_usual
from amends.desk.operations.rows import NO_ANSWER, write


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
    """Let a customer's last words be the heat of a case, and say how unlike them it is."""
    case.intensity, case.anger = _heat(case, last)
    case.above_usual = 0.0
    if last is not None and case.intensity is not None:
        usual = against_their_usual(last, intensity=case.intensity)
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


def _heat(case: Case, last: Message | None) -> tuple[int | None, float | None]:
    if last is None:
        return None, None
    reading = getattr(last, "reading", None)
    felt = case.events.filter(kind="customer.felt", at__gte=last.at).order_by("pk").last()
    anger = reading.anger if reading else None
    return (felt.facts["intensity"] if felt else reading.intensity if reading else None), anger
