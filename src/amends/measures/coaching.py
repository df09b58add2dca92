"""What the coach said of one person's replies, and what they did with it. Counted for themself, never beside others."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from amends.vocabulary import Moment

Key = TypeVar("Key", date, str)


class Outcome(StrEnum):
    """What became of words the coach spoke of: its own used instead, changed, set aside, or sent as they stood."""

    USED = "used"
    CHANGED = "changed"
    SET_ASIDE = "set_aside"
    SENT = "sent"


@dataclass(frozen=True, kw_only=True)
class Said:
    """One thing the coach said of a reply. `quote` is "" for the reply as a whole; `why` is what the writer wrote:
    for setting it aside, or for sending it all the same. `at` stands in the reader's zone."""

    rule: str
    severity: str
    quote: str
    outcome: Outcome
    why: str
    at: Moment
    case: int
    reply: int


@dataclass(frozen=True, kw_only=True)
class Count:
    """How much was said of one rule or in one week, in how many `replies`, and what became of it.

    `changed` in whatever words; in the coach's own in `used` of them.
    """

    replies: int
    used: int
    changed: int
    set_aside: int
    sent: int

    @property
    def said(self) -> int:
        """Return how much was said in all."""
        return self.changed + self.set_aside + self.sent


def week_of(at: Moment) -> date:
    """Return the Monday of a moment's week, in the moment's own zone."""
    return at.date() - timedelta(days=at.weekday())


def by_week(said: Iterable[Said]) -> list[tuple[date, Count]]:
    """Return what was said week by week (its Monday), the latest first; a week without anything is left out."""
    return sorted(_counted(said, lambda one: week_of(one.at)).items(), reverse=True)


def by_rule(said: Iterable[Said]) -> list[tuple[str, Count]]:
    """Return what was said of each rule, the most frequent first."""
    return sorted(_counted(said, lambda one: one.rule).items(), key=lambda each: (-each[1].said, each[0]))


def _counted(said: Iterable[Said], key: Callable[[Said], Key]) -> dict[Key, Count]:
    heaps: dict[Key, list[Said]] = defaultdict(list)
    for one in said:
        heaps[key(one)].append(one)
    return {name: _count(heap) for name, heap in heaps.items()}


def _count(heap: list[Said]) -> Count:
    of = {outcome: sum(one.outcome is outcome for one in heap) for outcome in Outcome}
    return Count(
        replies=len({one.reply for one in heap}),
        used=of[Outcome.USED],
        changed=of[Outcome.CHANGED] + of[Outcome.USED],
        set_aside=of[Outcome.SET_ASIDE],
        sent=of[Outcome.SENT],
    )
