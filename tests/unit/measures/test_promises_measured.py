"""Kept, late, told ahead: counted from the log alone."""

import random
from datetime import UTC, datetime, timedelta

from amends.measures.promises import Happened, disputed, fates, kept_rate, lateness, slipped, told_ahead_rate
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


def test_what_the_customer_denies_is_not_kept_until_it_is_settled() -> None:
    ended = fates([*LOG, event("disputed", 1, 20)])
    assert (kept_rate(ended).hits, kept_rate(ended).n) == (0, 3)
    assert [fate.promise for fate in disputed(ended)] == [1]
    assert 1 not in [fate.promise for fate in slipped(ended)]


def test_a_denied_promise_counts_as_kept_again_once_it_is_upheld() -> None:
    log = [*LOG, event("disputed", 1, 20), event("upheld", 1, 30)]
    assert (kept_rate(fates(log)).hits, disputed(fates(log))) == (1, [])
    assert kept_rate(fates([*log, event("disputed", 1, 40)])).hits == 0


def test_a_promise_that_the_customer_denied_rightly_slipped_and_nobody_told_them() -> None:
    ended = fates([*LOG, event("disputed", 1, 20), event("corrected", 1, 30)])
    assert (kept_rate(ended).hits, disputed(ended)) == (0, [])
    assert (told_ahead_rate(ended).hits, told_ahead_rate(ended).n) == (2, 4)


def test_what_was_kept_late_and_denied_says_nothing_of_how_late() -> None:
    ended = fates([event("kept_late", 1, 5), event("disputed", 1, 20)])
    assert (lateness(ended), len(disputed(ended))) == (None, 1)
