"""Promises that the desk did not find in a draft, and its writer says are some."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from amends.desk.models import Draft
from amends.desk.operations.drafting import CONFIRMED, decide_chip
from amends.desk.operations.errors import CannotPromise, NotInDraft
from amends.desk.operations.labels import sentence_of
from amends.desk.operations.office import calendar_of
from amends.flow.marked import meant_by
from amends.vocabulary import Moment


def promise_too(draft: Draft, *, words: str, due_at: Moment | None, now: Moment) -> Draft:
    """Confirm words of a draft as a promise, due at `due_at`, else at the time they or their sentence name.

    Raises NotInDraft when they do not stand in it, CannotPromise when no time is named or given.
    """
    quote = words.strip()
    if not quote or quote not in draft.text:
        raise NotInDraft
    case = draft.case
    what, start, end = meant_by(
        quote,
        around=sentence_of(draft.text, quote),
        at=now.astimezone(ZoneInfo(case.customer.timezone or case.brand.timezone)),
        calendar=replace(calendar_of(case.brand), country=case.customer.country or case.brand.country or None),
        expected=case.language or case.customer.language or None,
    )
    if due_at is not None:
        start = end = due_at
    if end is None or end <= now:
        raise CannotPromise
    return decide_chip(draft, quote=quote, what=what, due_start=start, due_end=end, decision=CONFIRMED, now=now)
