"""An agent's word on what is new in a message; it is read again, and remembered for the sender's next letter."""

from collections.abc import Collection, Iterable, Sequence

from django.db import transaction

from amends.desk.enqueue import enqueue
from amends.desk.events import record
from amends.desk.models import Agent, Marking, Message, MessageReading
from amends.desk.operations.errors import CannotMark, CannotTakeBack
from amends.desk.operations.rows import hold, write
from amends.mail.letter import Letter
from amends.mail.remark import Remarked, remark, remembered
from amends.mail.trust import Trust
from amends.text.spans import Span
from amends.vocabulary import Moment

Folds = list[list[int]]


def mark_new(message: Message, *, new_lines: Collection[int], by: Agent, now: Moment) -> Marking:
    """Let just these lines of a message, counted from 0, be its new words. Raises CannotMark when none has a word."""
    with transaction.atomic():
        before: Folds = hold(message).folded
        found = remark(message.text, spans(before), new_lines=new_lines)
        if found is None:
            raise CannotMark
        marking = Marking.objects.create(
            message=message, author=by, at=now, folded=_written(found), before=before,
            sender=message.sender.lower(), opening=found.opening, is_history=found.is_history,
        )  # fmt: skip
        _lay(message, found.new_text, marking.folded, by=by, now=now, marking=marking.pk)
    return marking


def take_back_marking(marking: Marking, *, by: Agent, now: Moment) -> Message:
    """Undo the newest marking of a message; it is forgotten for the sender too. Raises CannotTakeBack for others."""
    with transaction.atomic():
        message = hold(marking.message)
        if marking != message.markings.filter(undone_at=None).last():
            raise CannotTakeBack("It was taken back already.")
        marking.undone_at, marking.undone_by = now, by
        write(marking, "undone_at", "undone_by")
        folded = {place for span in marking.before for place in _lines(message.text, span)}
        every = range(message.text.count("\n") + 1)
        found = remark(message.text, (), new_lines=[place for place in every if place not in folded])
        words = found.new_text if found else message.text
        _lay(message, words, marking.before, by=by, now=now, undone=marking.pk)
    return message


def last_taught(senders: Iterable[str]) -> dict[str, Marking]:
    """Return what agents last taught us of each of these senders, by address in lower case."""
    standing = Marking.objects.filter(sender__in={sender.lower() for sender in senders if sender}, undone_at=None)
    return {marking.sender: marking for marking in standing.exclude(opening="").order_by("pk")}


def as_remembered(letter: Letter, last: Marking | None, *, trust: Trust) -> Remarked | None:
    """Return a letter's words parted by what an agent last taught us of its sender; None when nothing fits."""
    if last is None or trust.failed:
        return None
    return remembered(letter.text, letter.folded, opening=last.opening, is_history=last.is_history)


def spans(folded: Sequence[Sequence[int]]) -> list[Span]:
    """Return the folded stretches of a message as spans."""
    return [Span(start, end) for start, end in folded]


def _written(found: Remarked) -> Folds:
    return [[span.start, span.end] for span in found.folded]


def _lines(text: str, span: Sequence[int]) -> range:
    first = text.count("\n", 0, span[0])
    return range(first, first + text.count("\n", span[0], span[1]) + 1)


def _lay(message: Message, new_text: str, folded: Folds, *, by: Agent, now: Moment, **facts: int) -> None:
    """Write the words and have them read again; the old reading speaks of other words, so it goes at once."""
    message.new_text, message.folded = new_text, folded
    write(message, "new_text", "folded")
    MessageReading.objects.filter(message=message).delete()
    record("message.marked", at=now, case=message.conversation.case, actor=by, message=message.pk, **facts)
    if message.direction == Message.Direction.IN:
        enqueue("read_message", now=now, message_id=message.pk)
