"""When a brand works, and by when it answers."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from amends.desk.models import Brand, Case
from amends.promises.calendar import UnknownCountry, WorkCalendar
from amends.promises.office import working_time
from amends.routing.queue import market, target_minutes
from amends.vocabulary import Moment

AFTER_OPENING: Final = timedelta(hours=2)
"""An answer that would fall due at night is due this long after somebody is there again, or sooner if it was less."""
FURTHEST: Final = timedelta(days=30)
STEP: Final = timedelta(days=1)


def calendar_of(brand: Brand, *, country: str | None = None) -> WorkCalendar:
    """Return when a brand works; weekends only where nobody knows its country's holidays.

    `country`: whose public holidays count instead of the brand's own.
    """
    days_off = frozenset(map(date.fromisoformat, brand.days_off))
    usual = WorkCalendar(opens=brand.opens, closes=brand.closes, days_off=days_off)
    try:
        return replace(usual, country=country or brand.country or None)
    except UnknownCountry:
        return usual


def zone_of(brand: Brand) -> ZoneInfo:
    """Return the brand's own clock."""
    return ZoneInfo(brand.timezone)


def answer_due(case: Case, *, since: Moment) -> Moment:
    """Return by when somebody who wrote at `since` gets an answer: their target time, within working hours."""
    target = timedelta(minutes=target_minutes(case.intensity, targets=market(case.brand.targets)))
    calendar, zone = calendar_of(case.brand), zone_of(case.brand)
    due = (since + target).astimezone(zone)
    if _is_open(calendar, due):
        return since + target
    opening = _next_opening(calendar, due)
    already = working_time(calendar, since, due, zone=zone)
    return (opening + min(AFTER_OPENING, max(target - already, timedelta(0)))).astimezone(since.tzinfo)


def _is_open(calendar: WorkCalendar, at: Moment) -> bool:
    return calendar.works_on(at.date()) and calendar.opens <= at.time() <= calendar.closes


def _next_opening(calendar: WorkCalendar, at: Moment) -> Moment:
    """Return when somebody is there again; of a brand that never works within a month, that far away."""
    opening = at.replace(hour=calendar.opens.hour, minute=calendar.opens.minute, second=0, microsecond=0)
    while opening < at or not calendar.works_on(opening.date()):
        opening += STEP
        if opening - at > FURTHEST:
            break
    return opening
