"""A person's word on what the desk read: the case follows it, and the reader is judged by it."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Agent, Case, Correction, Message, MessageReading
from amends.desk.operations.drafting import last_words
from amends.desk.operations.errors import CannotCorrect
from amends.desk.operations.heats import record_changes_around
from amends.desk.operations.rows import hold, write
from amends.desk.operations.settling import take_heat
from amends.vocabulary import EMOTIONS, CauseKind, Intensity, JsonObject, Moment, ThreatKind

Aspect = Correction.Aspect
A_PERSONS_WORD: Final = 1.0
NOT_SO: Final = 0.0
BELOW: Final = 0.99
"""What is left to a feeling that is not the one a person named."""


def correct(message: Message, *, aspect: str, after: Any, by: Agent, now: Moment) -> Correction:
    """Let a person's word stand in place of what was read in a message; correcting again replaces it.

    `after`: an intensity 0–4, a cause, a list of kinds of threats, or one of EMOTIONS. Raises CannotCorrect for a
    message nobody read yet, and ValueError for a value that is none.
    """
    said = _checked(Aspect(aspect), after)
    with transaction.atomic():
        case = hold(message.conversation.case)
        kept = MessageReading.objects.select_for_update().filter(message=message).first()
        if kept is None:
            raise CannotCorrect
        correction = Correction.objects.create(
            message=message, aspect=aspect, before=what_stands(kept, Aspect(aspect)), after=said, engine=kept.engine,
            by=by, at=now,
        )  # fmt: skip
        apply(kept, correction)
        write(kept, "intensity", "anger", "reading")
        _take_to_case(case, correction, now=now)
        record(
            "reading.corrected", at=now, case=case, actor=by, message=message.pk, aspect=aspect,
            before=correction.before, after=said,
        )  # fmt: skip
    return correction


def with_corrections(kept: MessageReading) -> MessageReading:
    """Return a fresh reading under what people said of this message before; writes nothing."""
    for correction in Correction.objects.filter(message=kept.message).order_by("pk"):
        apply(kept, correction)
    return kept


def apply(kept: MessageReading, correction: Correction) -> None:
    """Put a person's word into a reading, without writing it. Words of theirs that carry a claim stay marked."""
    _APPLY[Aspect(correction.aspect)](kept, correction.after)


def what_stands(kept: MessageReading, aspect: Aspect) -> Any:
    """Return what a reading says of an aspect, in the form of a correction; None when it says nothing."""
    found = kept.reading
    if aspect is Aspect.INTENSITY:
        return kept.intensity
    if aspect is Aspect.CAUSE:
        return found["causes"][0]["cause"] if found.get("causes") else None
    if aspect is Aspect.THREAT:
        return sorted({threat["kind"] for threat in found.get("threats", ())})
    return main_feeling(found)


def main_feeling(found: JsonObject) -> str | None:
    """Return the strongest feeling of a reading, None when none is likelier than not."""
    felt = found.get("emotions") or {}
    strongest = max(felt, key=lambda name: felt[name], default=None)
    return strongest if strongest is not None and felt[strongest] >= 0.5 else None


def labels() -> Iterator[JsonObject]:
    """Yield every standing correction as a label: the words, what was read, what a person says, by which reader.

    The customer's own name is taken out of the words; other names may stand in them.
    """
    standing: dict[tuple[int, str], Correction] = {}
    rows = Correction.objects.select_related("message__conversation__case__customer").order_by("pk")
    for correction in rows.iterator():
        standing[correction.message_id, correction.aspect] = correction
    yield from map(_label, standing.values())


def _label(correction: Correction) -> JsonObject:
    message = correction.message
    name = message.conversation.case.customer.name
    text = message.new_text.replace(name, "…") if name else message.new_text
    return {
        "id": str(message.pk), "text": text, "language": message.language, "aspect": correction.aspect,
        "before": correction.before, "after": correction.after, "engine": correction.engine,
        "at": correction.at.isoformat(),
    }  # fmt: skip


def _take_to_case(case: Case, correction: Correction, *, now: Moment) -> None:
    """Let a case follow a person's word; of words on several messages' causes, that on the newest message."""
    if correction.aspect == Aspect.INTENSITY:
        # Also an earlier message moves the heat: what is usual for its writer, and what followed our answers.
        take_heat(case, last_words(case))
        record_changes_around(case, correction.message, now=now)
    if correction.aspect == Aspect.CAUSE:
        told = Correction.objects.filter(message__conversation__case=case, aspect=Aspect.CAUSE)
        case.cause = told.order_by("-message__at", "-message__pk", "-pk")[0].after
        write(case, "cause")


def _checked(aspect: Aspect, after: Any) -> Any:
    if aspect is Aspect.INTENSITY:
        return int(Intensity(int(after)))
    if aspect is Aspect.CAUSE:
        return CauseKind(after).value
    if aspect is Aspect.THREAT:
        return sorted({ThreatKind(kind).value for kind in after})
    if after not in EMOTIONS:
        raise ValueError(f"no feeling: {after!r}")
    return after


def _intensity(kept: MessageReading, after: int) -> None:
    kept.intensity = after
    kept.anger = A_PERSONS_WORD if after >= Intensity.ANNOYED else NOT_SO
    kept.reading = {**kept.reading, "intensity": after, "anger": kept.anger}


def _cause(kept: MessageReading, after: str) -> None:
    others = [cause for cause in kept.reading.get("causes", ()) if cause["cause"] != after]
    kept.reading = {**kept.reading, "causes": [{"cause": after, "confidence": A_PERSONS_WORD}, *others]}


def _threats(kept: MessageReading, after: list[str]) -> None:
    known = [threat for threat in kept.reading.get("threats", ()) if threat["kind"] in after]
    seen = {threat["kind"] for threat in known}
    # Nobody was asked where it stands: an empty stretch is marked nowhere.
    new = [{"kind": kind, "start": 0, "end": 0, "confidence": A_PERSONS_WORD} for kind in after if kind not in seen]
    kept.reading = {**kept.reading, "threats": [*known, *new]}


def _feeling(kept: MessageReading, after: str) -> None:
    felt = {name: min(score, BELOW) for name, score in (kept.reading.get("emotions") or {}).items()}
    kept.reading = {**kept.reading, "emotions": {**felt, after: A_PERSONS_WORD}}


_APPLY: Final[dict[Aspect, Callable[[MessageReading, Any], None]]] = {
    Aspect.INTENSITY: _intensity,
    Aspect.CAUSE: _cause,
    Aspect.THREAT: _threats,
    Aspect.FEELING: _feeling,
}
