"""Another time for a promise that will be late: a note ahead proposes it, the customer's yes makes it ours. ADR 0130.

Until they say yes the old time stands, and a note that did not reach them proposes nothing.
"""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.db import transaction

from amends.desk.models import Promise, Reply
from amends.desk.operations.errors import NoteSaysOtherwise, NothingProposed
from amends.desk.operations.labels import sentence_of
from amends.desk.operations.ledger import act_on, replace
from amends.desk.operations.notices import slot_of, spoken
from amends.desk.operations.rows import hold
from amends.promises.ledger import Act, Deal
from amends.promises.values import FoundPromise
from amends.vocabulary import Moment, PromiseState


def with_time(text: str, *, promise: Promise, new_due_at: Moment | None) -> str:
    """Return a note with its empty slot filled by the new time, in the customer's words and by their clock."""
    slot = slot_of(promise)
    return text.replace(slot, said(promise, new_due_at)) if new_due_at and slot else text


def time_proposed(
    found: Iterable[FoundPromise], text: str, *, promise: Promise, chosen: Moment | None
) -> Moment | None:
    """Return the time that a note proposes: the one chosen, else the only later one that its words name.

    `found`: the promises in `text`. Raises NoteSaysOtherwise when the words name other days alone than the one chosen.
    """
    later = {one.due_end for one in found if one.due_end and one.due_end > promise.due_at}
    if chosen is None:
        return later.pop() if len(later) == 1 else None
    if said(promise, chosen) in text:
        return chosen
    zone = ZoneInfo(_zone(promise))
    if later and chosen.astimezone(zone).date() not in {each.astimezone(zone).date() for each in later}:
        raise NoteSaysOtherwise
    return chosen


def proposal(promise: Promise) -> Reply | None:
    """Return the note that told the customer of a new time they have not answered to; None when there is none."""
    if promise.state != PromiseState.TOLD:
        return None
    # In Python, so that pages may bring the notes of many promises along at once.
    notes = [note for note in promise.told_by.all() if note.state == Reply.State.SENT]
    last = max(notes, key=lambda note: (note.sent_at, note.pk), default=None)
    return last if last is not None and last.new_due_at is not None else None


def agree(promise: Promise, *, customers_words: str, now: Moment) -> Promise:
    """Take the customer's yes to the time we proposed: the old promise is released, the new one replaces it.

    Raises NothingProposed when no note proposed a time that is still to come; the promise then stays as it is.
    """
    with transaction.atomic():
        hold(promise.case)
        note = proposal(hold(promise))
        if note is None or note.new_due_at is None or note.new_due_at <= now:
            raise NothingProposed
        act_on(promise, Act(deal=Deal.RELEASE, words=customers_words), by=None, now=now, reply=note.pk)
        quote = sentence_of(note.text, said(promise, note.new_due_at))
        return replace(promise, due_at=note.new_due_at, by=None, now=now, message=note.message, quote=quote)


def said(promise: Promise, moment: Moment) -> str:
    """Return a moment as a note to this customer says it."""
    case = promise.case
    language = case.language or case.customer.language or case.brand.default_language
    return spoken(moment, language=language, timezone=_zone(promise))


def _zone(promise: Promise) -> str:
    return promise.case.customer.timezone or promise.case.brand.timezone
