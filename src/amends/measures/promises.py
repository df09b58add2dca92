"""What became of promises, counted from the log alone: kept, how late, and told before it was late."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from amends.measures.shares import Share
from amends.vocabulary import FINAL_PROMISE_STATES, Moment, PromiseState

ENDS: Final = {f"promise.{state}": state for state in FINAL_PROMISE_STATES}
TOLD: Final = "promise.told"
UNHEARD: Final = "promise.unheard"
WITHDRAWN: Final = "promise.withdrawn"
DISPUTED: Final = "promise.disputed"
UPHELD: Final = "promise.upheld"
CORRECTED: Final = "promise.corrected"
DOUBTS: Final = (UPHELD, CORRECTED, DISPUTED)
"""What is said of a promise that was counted as kept: it happened after all, it did not, the customer denies it."""
COUNTED_AS_KEPT: Final = (PromiseState.KEPT, PromiseState.KEPT_LATE)
COUNTED: Final = (*ENDS, TOLD, UNHEARD, WITHDRAWN, *DOUBTS)
"""Kinds of events that the figures are made of; no other says anything about them."""


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One event about one promise, as it stands in the log. `reply` is the letter it speaks of, if it does."""

    kind: str
    at: Moment
    promise: int
    what: str
    due_at: Moment
    owner: int | None = None
    case: int | None = None
    reply: int | None = None


@dataclass(frozen=True, kw_only=True)
class Fate:
    """How one promise ended. `told_at` is when the customer heard that it would be late, None when they did not.

    `doubt` is what was said last of one counted as kept: DISPUTED until somebody settles it, CORRECTED once we agreed
    that it did not happen; empty where nothing was said, or where it was upheld.
    """

    promise: int
    what: str
    owner: int | None
    case: int | None
    due_at: Moment
    ended_at: Moment
    state: PromiseState
    told_at: Moment | None
    doubt: str = ""

    @property
    def is_kept(self) -> bool:
        """Return whether it was kept by its time, and nobody denies it or denied it rightly."""
        return self.state is PromiseState.KEPT and not self.doubt

    @property
    def is_disputed(self) -> bool:
        """Return whether the customer denies what we counted as kept, and nobody has settled that yet."""
        return self.doubt == DISPUTED and self.state in COUNTED_AS_KEPT

    @property
    def late_by(self) -> timedelta:
        """Return how long after its time it ended, nothing when it was in time."""
        return max(timedelta(0), self.ended_at - self.due_at)

    @property
    def is_told_ahead(self) -> bool:
        """Return whether the customer heard of it before its time was over."""
        return self.told_at is not None and self.told_at <= self.due_at


@dataclass(frozen=True, kw_only=True)
class Lateness:
    """How late promises were that were kept late: half of `n` at most `median`, nine of ten at most `p90`."""

    median: timedelta
    p90: timedelta
    n: int


def fates(happened: Iterable[Happened]) -> list[Fate]:
    """Return how each promise ended, in the order of their ends; the order of the events given does not matter.

    A promise that was withdrawn with its letter was never made. A note that came back told nobody.
    """
    told: dict[int, dict[int | None, Moment]] = {}
    ends: dict[int, Happened] = {}
    withdrawn, doubts = set(), {}
    for event in sorted(happened, key=lambda event: (event.at, event.kind == UNHEARD)):
        if event.kind in ENDS:
            ends.setdefault(event.promise, event)
        elif event.kind == TOLD:
            told.setdefault(event.promise, {})[event.reply] = event.at
        elif event.kind == UNHEARD:
            told.get(event.promise, {}).pop(event.reply, None)
        elif event.kind == WITHDRAWN:
            withdrawn.add(event.promise)
        elif event.kind in DOUBTS:
            doubts[event.promise] = "" if event.kind == UPHELD else event.kind
    found = [
        _fate(end, told.get(number, {}), doubts.get(number, ""))
        for number, end in ends.items()
        if number not in withdrawn
    ]
    return sorted(found, key=lambda fate: (fate.ended_at, fate.promise))


def owed(ended: Iterable[Fate]) -> list[Fate]:
    """Return the promises that were kept or not; those the customer released us from are neither."""
    return [fate for fate in ended if fate.state is not PromiseState.RELEASED]


def slipped(ended: Iterable[Fate]) -> list[Fate]:
    """Return the promises that were late or broken, or given another date once the customer had been told.

    Of one that the customer denies nobody knows yet; it slipped once we agree that it did not happen.
    """
    known = [fate for fate in ended if not fate.is_kept and not fate.is_disputed]
    return [fate for fate in known if fate.state is not PromiseState.RELEASED or fate.told_at]


def disputed(ended: Iterable[Fate]) -> list[Fate]:
    """Return the promises counted as kept that the customer denies, until somebody settles it."""
    return [fate for fate in ended if fate.is_disputed]


def late(ended: Iterable[Fate]) -> list[Fate]:
    """Return the promises that were kept late, those left out that the customer denies or denied rightly."""
    return [fate for fate in ended if fate.state is PromiseState.KEPT_LATE and not fate.doubt]


def kept_rate(ended: Iterable[Fate]) -> Share:
    """Return how many of the promises that were owed were kept by their time; one that they deny was not."""
    counted = owed(ended)
    return Share(hits=sum(fate.is_kept for fate in counted), n=len(counted))


def told_ahead_rate(ended: Iterable[Fate]) -> Share:
    """Return of how many that slipped the customer heard before the time was over."""
    counted = slipped(ended)
    return Share(hits=sum(fate.is_told_ahead for fate in counted), n=len(counted))


def lateness(ended: Iterable[Fate]) -> Lateness | None:
    """Return how late those were that were kept late; None when there were none."""
    by = sorted(fate.late_by for fate in late(ended))
    return Lateness(median=_at(by, 0.5), p90=_at(by, 0.9), n=len(by)) if by else None


def _fate(end: Happened, told: dict[int | None, Moment], doubt: str) -> Fate:
    return Fate(
        promise=end.promise, what=end.what, owner=end.owner, case=end.case, due_at=end.due_at, ended_at=end.at,
        state=ENDS[end.kind], told_at=min(told.values(), default=None), doubt=doubt,
    )  # fmt: skip


def _at(by: Sequence[timedelta], share: float) -> timedelta:
    """Return the smallest length that at least `share` of them do not exceed."""
    return by[max(0, math.ceil(share * len(by)) - 1)]
