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
COUNTED: Final = (*ENDS, TOLD, UNHEARD, WITHDRAWN)
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
    """How one promise ended. `told_at` is when the customer heard that it would be late, None when they did not."""

    promise: int
    what: str
    owner: int | None
    case: int | None
    due_at: Moment
    ended_at: Moment
    state: PromiseState
    told_at: Moment | None

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
    withdrawn = set()
    for event in sorted(happened, key=lambda event: (event.at, event.kind == UNHEARD)):
        if event.kind in ENDS:
            ends.setdefault(event.promise, event)
        elif event.kind == TOLD:
            told.setdefault(event.promise, {})[event.reply] = event.at
        elif event.kind == UNHEARD:
            told.get(event.promise, {}).pop(event.reply, None)
        elif event.kind == WITHDRAWN:
            withdrawn.add(event.promise)
    found = [_fate(end, told.get(number, {})) for number, end in ends.items() if number not in withdrawn]
    return sorted(found, key=lambda fate: (fate.ended_at, fate.promise))


def owed(ended: Iterable[Fate]) -> list[Fate]:
    """Return the promises that were kept or not; those the customer released us from are neither."""
    return [fate for fate in ended if fate.state is not PromiseState.RELEASED]


def slipped(ended: Iterable[Fate]) -> list[Fate]:
    """Return the promises that were late or broken, or given another date once the customer had been told."""
    return [fate for fate in ended if fate.state is not PromiseState.KEPT and (fate in owed([fate]) or fate.told_at)]


def late(ended: Iterable[Fate]) -> list[Fate]:
    """Return the promises that were kept late."""
    return [fate for fate in ended if fate.state is PromiseState.KEPT_LATE]


def kept_rate(ended: Iterable[Fate]) -> Share:
    """Return how many of the promises that were owed were kept by their time."""
    counted = owed(ended)
    return Share(hits=sum(fate.state is PromiseState.KEPT for fate in counted), n=len(counted))


def told_ahead_rate(ended: Iterable[Fate]) -> Share:
    """Return of how many that slipped the customer heard before the time was over."""
    counted = slipped(ended)
    return Share(hits=sum(fate.is_told_ahead for fate in counted), n=len(counted))


def lateness(ended: Iterable[Fate]) -> Lateness | None:
    """Return how late those were that were kept late; None when there were none."""
    by = sorted(fate.late_by for fate in late(ended))
    return Lateness(median=_at(by, 0.5), p90=_at(by, 0.9), n=len(by)) if by else None


def _fate(end: Happened, told: dict[int | None, Moment]) -> Fate:
    return Fate(
        promise=end.promise, what=end.what, owner=end.owner, case=end.case, due_at=end.due_at, ended_at=end.at,
        state=ENDS[end.kind], told_at=min(told.values(), default=None),
    )  # fmt: skip


def _at(by: Sequence[timedelta], share: float) -> timedelta:
    """Return the smallest length that at least `share` of them do not exceed."""
    return by[max(0, math.ceil(share * len(by)) - 1)]
