"""How the heat of a case changed after our answers, and how a message stands against its writer's usual."""

from collections.abc import Sequence
from typing import Final

from django.db.models import Q

from amends.desk.events import record
from amends.desk.models import Case, Correction, Event, Message, MessageReading
from amends.desk.operations.rows import NO_ANSWER, VOICES
from amends.measures.heat import Answer, Change, Sign, changes, felt, standing
from amends.reading.baseline import MOST_REMEMBERED, AgainstUsual, against_usual
from amends.reading.told import PointKind
from amends.vocabulary import Heat, Intensity, JsonObject, Moment

CHANGED = "heat.changed"
FELT: Final = "customer.felt"
SOLVED: Final = "customer.said_solved"
GLAD: Final = 0.5
ASKS: Final = (PointKind.QUESTION, PointKind.REQUEST)


def against_their_usual(message: Message, *, intensity: int) -> AgainstUsual:
    """Return how upset a message is for its writer, by their messages of all cases before it."""
    customer = message.conversation.case.customer_id
    earlier = MessageReading.objects.filter(
        Q(message__at__lt=message.at) | Q(message__at=message.at, message__pk__lt=message.pk),
        message__conversation__case__customer=customer,
        message__direction=Message.Direction.IN,
    )
    newest = earlier.order_by("-message__at", "-message__pk").values_list("intensity", flat=True)[:MOST_REMEMBERED]
    return against_usual(Intensity(intensity), before=list(newest)[::-1])


def record_change(case: Case, message: Message, *, now: Moment) -> Change | None:
    """Write down what followed our answer when these are the first words after it; again only when it differs."""
    if case.last_reply_at is None:
        return None
    change = next((found for found in changes_of(case) if found.after.message_id == message.pk), None)
    if change is not None:
        _record(case, change, now=now)
    return change


def record_changes_around(case: Case, message: Message, *, now: Moment) -> None:
    """Write down again what followed an answer before or after a message, where it differs now."""
    for change in changes_of(case):
        if message.pk in {change.before.message_id, change.after.message_id}:
            _record(case, change, now=now)


def standing_of(case: Case) -> Sign | None:
    """Return how upset the customer of a case is by all that was read and that they said of it themselves."""
    said = Message.objects.filter(conversation__case=case)
    theirs = said.filter(direction=Message.Direction.IN, kind__in=VOICES, reading__isnull=False).order_by("at", "pk")
    heats = list(theirs.select_related("reading"))
    plain = _plain(heats)
    signs = [_sign(message, is_plain=message.pk in plain) for message in heats]
    own_words = case.events.filter(kind=FELT).order_by("pk")
    signs += [Sign(at=event.at, intensity=Intensity(event.facts["intensity"])) for event in own_words]
    answered = said.filter(direction=Message.Direction.OUT).exclude(NO_ANSWER).values_list("at", flat=True)
    solved = case.events.filter(kind=SOLVED).values_list("at", flat=True)
    return standing(signs, list(answered), settled=list(solved))


def is_glad(reading: JsonObject) -> bool:
    """Return whether calm words thank, praise or settle. Who asks for something thanks by custom, and still waits."""
    if any(point["kind"] in ASKS for point in reading.get("points", ())):
        return False
    joy = (reading.get("emotions") or {}).get("joy", 0)
    return joy >= GLAD or any(row.get("why") == "calm" for row in reading.get("evidence", ()))


def changes_of(case: Case) -> list[Change]:
    """Return what followed each stretch of our answers on a case, by what was read. A plain line follows as nothing."""
    said = Message.objects.filter(conversation__case=case)
    theirs = said.filter(direction=Message.Direction.IN, kind__in=VOICES, reading__isnull=False)
    read = list(theirs.select_related("reading"))
    solved = list(case.events.filter(kind=SOLVED).values_list("at", flat=True))
    shown = felt([heat_of(message) for message in read], plain=_plain(read), settled=solved)
    answered = said.filter(direction=Message.Direction.OUT).exclude(NO_ANSWER).values_list("at", "pk")
    return changes(shown, [Answer(at=at, id=key) for at, key in answered])


def heat_of(message: Message) -> Heat:
    """Return the heat of a message that was read."""
    read = message.reading
    return Heat(at=message.at, intensity=Intensity(read.intensity), anger_probability=read.anger, message_id=message.pk)


def _plain(read: Sequence[Message]) -> set[int]:
    """Return which messages show no feeling either way, by what was read; what a person says of one counts."""
    kinds = Correction.objects.filter(aspect=Correction.Aspect.INTENSITY)
    told = set(kinds.filter(message__in=read).values_list("message", flat=True))
    calm = (message for message in read if message.reading.intensity == Intensity.CALM and message.pk not in told)
    return {message.pk for message in calm if not is_glad(message.reading.reading)}


def _sign(message: Message, *, is_plain: bool) -> Sign:
    read = message.reading
    return Sign(
        at=message.at, intensity=Intensity(read.intensity), anger=read.anger, message_id=message.pk,
        is_plain=is_plain,
    )  # fmt: skip


def _record(case: Case, change: Change, *, now: Moment) -> None:
    message = change.after.message_id
    before = Event.objects.filter(case=case, kind=CHANGED, facts__message=message).order_by("pk").last()
    if before is None or before.facts["steps"] != change.steps:
        record(
            CHANGED, at=now, case=case, message=message, reply=change.reply, answers=change.answers,
            before=int(change.before.intensity), after=int(change.after.intensity), steps=change.steps,
        )  # fmt: skip
