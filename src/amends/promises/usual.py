"""How long such things usually take here: a real date instead of "soon", from the desk's own record."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Final

from amends.promises.calendar import DAY, FURTHEST_COUNT, WorkCalendar
from amends.vocabulary import Moment

LEAST: Final = 5
"""From fewer cases nothing is proposed: the next one may be quite another."""
SHARE: Final = 0.8


@dataclass(frozen=True, kw_only=True)
class Usual:
    """`share` (0–1, at least 0.8) of `n` such promises were kept within `days` business days."""

    days: int
    share: float
    n: int


def usual(took: Sequence[int | None]) -> Usual | None:
    """Return how many business days are enough for eight in ten of what `took` so long; None stands for never kept.

    Nothing from fewer than five, nor where more than two in ten were never kept: no date would be honest.
    """
    if len(took) < LEAST:
        return None
    done = sorted(days for days in took if days is not None)
    needed = math.ceil(SHARE * len(took))
    if len(done) < needed:
        return None
    days = done[needed - 1]
    return Usual(days=days, share=sum(each <= days for each in done) / len(took), n=len(took))


def business_days(calendar: WorkCalendar, start: Moment, end: Moment, *, zone: tzinfo) -> int:
    """Return how many business days after the day of `start` were begun until `end`; the day itself is not counted."""
    return sum(map(calendar.works_on, _days(start.astimezone(zone).date(), end.astimezone(zone).date())))


def proposed(found: Usual, *, calendar: WorkCalendar, now: Moment, zone: tzinfo) -> Moment:
    """Return the end of the business day by which it should be done, the next one at the earliest."""
    return calendar.closing(calendar.business_day(max(1, found.days), after=now.astimezone(zone).date()), zone)


def _days(first: date, last: date) -> Iterable[date]:
    return (first + DAY * number for number in range(1, min((last - first).days, FURTHEST_COUNT) + 1))
