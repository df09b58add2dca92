"""Working time between two moments: how long people are there to do something about a promise."""

from datetime import UTC, date, datetime, timedelta, tzinfo

from amends.promises.calendar import DAY, WorkCalendar
from amends.vocabulary import Moment

NOTHING = timedelta(0)


def working_time(calendar: WorkCalendar, start: Moment, end: Moment, *, zone: tzinfo) -> timedelta:
    """Return how much working time lies between two moments; none when `end` is not after `start`.

    It is time that passes, not time on a clock: the night in which the hour changes counts for what it is.
    """
    day, last, found = start.astimezone(zone).date(), end.astimezone(zone).date(), NOTHING
    while day <= last:
        opens, closes = _hours(calendar, day, zone)
        found += max(NOTHING, min(closes, end.astimezone(UTC)) - max(opens, start.astimezone(UTC)))
        day += DAY
    return found


def somebody_works(calendar: WorkCalendar, now: Moment, *, zone: tzinfo) -> bool:
    """Return whether it is within working hours."""
    opens, closes = _hours(calendar, now.astimezone(zone).date(), zone)
    return opens <= now.astimezone(UTC) < closes


def ahead_of(calendar: WorkCalendar, end: Moment, needed: timedelta, *, not_before: Moment, zone: tzinfo) -> Moment:
    """Return the latest moment from which `needed` of working time is left; at the earliest `not_before`."""
    day, first, left = end.astimezone(zone).date(), not_before.astimezone(zone).date(), needed
    while day >= first:
        opens, closes = _hours(calendar, day, zone)
        closes = min(closes, end.astimezone(UTC))
        if closes - opens >= left:
            return max(closes - left, not_before)
        left -= max(NOTHING, closes - opens)
        day -= DAY
    return not_before


def _hours(calendar: WorkCalendar, day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return from when until when somebody works, in UTC: moments of one zone are subtracted by its clock otherwise.

    Both are the same on a day on which nobody does.
    """
    opens = datetime.combine(day, calendar.opens, zone).astimezone(UTC)
    return opens, calendar.closing(day, zone).astimezone(UTC) if calendar.works_on(day) else opens
