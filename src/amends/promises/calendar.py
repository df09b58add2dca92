"""Working days and hours: weekends, the country's public holidays, the company's own days off."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache

import holidays

from amends.vocabulary import AmendsError, Moment

DAY = timedelta(days=1)
FURTHEST_COUNT = 400
PART_MEANT = {"GB": "ENG"}
"""Whose bank holidays a country means that has hardly any in common: five in six of its people live there."""


class UnknownCountry(AmendsError):
    """No calendar of public holidays is known for this country. Use an ISO 3166 code, or leave the country out."""


@dataclass(frozen=True, kw_only=True)
class WorkCalendar:
    """When the desk works. `country` is an ISO 3166 code for its public holidays; None means weekends only.

    `opens` and `closes` are wall-clock times at the offset of the moment in question; `days_off` are the company's own
    holidays, on top of the country's. Raises UnknownCountry for a country whose holidays nobody has collected.
    """

    country: str | None = None
    opens: time = time(9)
    closes: time = time(17)
    days_off: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        _public_holidays(self.country)

    def works_on(self, day: date) -> bool:
        """Return whether `day` is a business day."""
        return day not in self.days_off and _public_holidays(self.country).is_working_day(day)

    def business_day(self, number: int, *, after: date) -> date:
        """Return the `number`-th business day after `after`; that day itself is never counted."""
        day = after
        for _ in range(min(number, FURTHEST_COUNT)):
            day += DAY
            while not self.works_on(day):
                day += DAY
        return day

    def last_business_day(self, first: date, last: date) -> date:
        """Return the last business day of a stretch of days, or `last` when the stretch has none."""
        day = last
        while day > first and not self.works_on(day):
            day -= DAY
        return day if self.works_on(day) else last

    def closing(self, day: date, zone: tzinfo | None) -> Moment:
        """Return the end of the working day of `day` in `zone`."""
        return datetime.combine(day, self.closes, zone)

    def after_working_hours(self, hours: int, *, at: Moment) -> Moment:
        """Return when `hours` of working time have passed since `at`."""
        left, moment = timedelta(hours=hours), at
        while True:
            opening = max(moment, datetime.combine(moment.date(), self.opens, moment.tzinfo))
            room = self.closing(moment.date(), moment.tzinfo) - opening
            if self.works_on(moment.date()) and left <= room:
                return opening + left
            if self.works_on(moment.date()) and room > timedelta(0):
                left -= room
            moment = datetime.combine(moment.date() + DAY, self.opens, moment.tzinfo)


@cache
def holiday(name: str, country: str, year: int) -> date | None:
    """Return the first day of a country's feast that goes by an English name, by the moon too, or None."""
    known = holidays.country_holidays(country, years=year, language="en_US")
    days = (day for day, names in sorted(known.items()) if day.year == year and names.startswith(name))
    return next(days, None)


@cache
def _public_holidays(country: str | None) -> holidays.HolidayBase:
    """Return the holidays of a country; the package fills in years as they are asked for."""
    if country is None:
        return holidays.HolidayBase()
    try:
        return holidays.country_holidays(country.upper(), subdiv=PART_MEANT.get(country.upper()))
    except (NotImplementedError, AttributeError, TypeError) as unknown:
        raise UnknownCountry(f"no public holidays are known for country {country!r}") from unknown
