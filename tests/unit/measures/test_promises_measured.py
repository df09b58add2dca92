"""Kept, late, told ahead: counted from the log alone."""

import random
from datetime import UTC, datetime, timedelta

from amends.measures.promises import Happened, fates, kept_rate, lateness, told_ahead_rate
from amends.vocabulary import PromiseState

DUE = datetime(2026, 11, 20, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)


def event(kind: str, number: int, hours: float, reply: int | None = None) -> Happened:
    """Something that happened so many hours after the due time."""
    return Happened(kind=f"promise.{kind}", at=DUE + hours * HOUR, promise=number, what="call", due_at=DUE, reply=reply)


LOG = [
    event("kept", 1, -5),
    event("kept_late", 2, 3),
    event("told", 2, -9, reply=7),
    event("broken", 3, 24),
    event("released", 4, -1),
    event("told", 4, -2, reply=8),
    event("released", 5, -2),
    event("kept", 6, -3),
    event("withdrawn", 6, -2),
]


def test_released_and_withdrawn_promises_are_neither_kept_nor_broken() -> None:
    rate = kept_rate(fates(LOG))
    assert (rate.hits, rate.n) == (1, 3)


def test_who_agreed_to_a_new_date_after_a_note_was_told_ahead() -> None:
    rate = told_ahead_rate(fates(LOG))
    assert (rate.hits, rate.n) == (2, 3)


def test_a_note_that_came_back_told_nobody() -> None:
    rate = told_ahead_rate(fates([*LOG, event("unheard", 2, -8, reply=7)]))
    assert (rate.hits, rate.n) == (1, 3)


def test_a_note_after_the_time_told_nobody_ahead() -> None:
    assert told_ahead_rate(fates([event("kept_late", 1, 5), event("told", 1, 1)])).hits == 0


def test_lateness_is_that_of_the_promises_kept_late() -> None:
    late = lateness(fates([event("kept_late", number, number) for number in range(1, 11)]))
    assert late is not None
    assert (late.median, late.p90, late.n) == (5 * HOUR, 9 * HOUR, 10)
    assert lateness(fates(LOG[:1])) is None


def test_the_order_in_which_the_log_is_read_does_not_matter() -> None:
    mixed = random.Random(1).sample(LOG, len(LOG))
    assert fates(mixed) == fates(LOG)


def test_only_the_first_end_counts() -> None:
    assert [fate.state for fate in fates([event("kept", 1, -5), event("broken", 1, 30)])] == [PromiseState.KEPT]
