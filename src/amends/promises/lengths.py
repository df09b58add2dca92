"""Lengths and periods: "within 3 working days", "2x24 jam", "next week", "week 49", "the end of the month"."""

import calendar as months
from dataclasses import replace
from datetime import date, datetime, timedelta

from amends.promises.atoms import END_OF_WEEK, SUNDAY, WEEK, Atom, Rank, Said, monday_of, on_day
from amends.promises.days import ERA_STARTS, read_date, read_day_of_month, read_figures
from amends.promises.values import Basis

EARLY_IN_WEEK, MIDDLE_OF_WEEK = 1, 2
EARLY_IN_MONTH, MIDDLE_OF_MONTH = 10, 15
MOST = 400
LONG_IN_DAYS = 7
FIRST_YEAR, LAST_YEAR = 1900, 2300
CLOCK_UNITS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "full_day": timedelta(hours=24)}
DAYS_IN = {"day": 1, "week": 7, "year": 365}
UNITS = frozenset({*CLOCK_UNITS, *DAYS_IN, "month", "business_day", "business_hour"})


def read_length(said: Said) -> Atom | None:
    """Return when a counted length of time has passed: days end with the working day, hours to the minute."""
    number, unit = said.number("number"), said.slots.get("unit", said.form.get("unit"))
    if number is None or unit not in UNITS or not 0 < number <= MOST:
        return None
    times = int(said.form.get("times", 1))
    # Nobody counts hours over a week: "14 vuorokauden kuluessa" ends with its last working day.
    unit = "day" if said.slots.get("unit") == "full_day" and number >= LONG_IN_DAYS else unit
    first = said.number("number2", number)
    if first is None or not 0 < first <= number:
        return None
    return _length(said, first * times, number * times, str(unit), more=_more(said, str(unit)))


def _more(said: Said, unit: str) -> timedelta:
    """Return what comes on top of whole units: "and a half", "1 hour 30 minutes"."""
    half = {"hour": timedelta(minutes=30), "full_day": timedelta(hours=12), "week": timedelta(days=4)}
    more = {**half, "month": timedelta(days=15)}.get(unit, timedelta()) if said.form.get("and_half") else timedelta()
    return more + timedelta(minutes=said.number("minute", 0) or 0)


def read_period(said: Said) -> Atom | None:
    """Return the end (or the edge that the form names) of a week, month, quarter or year."""
    reader = {"week": _week, "weekend": _weekend, "month": _month, "quarter": _quarter, "year": _year}
    return reader[str(said.form["unit"])](said)


def read_week_of(said: Said) -> Atom | None:
    """Return the end of the week that holds a date: "the week of 9 November"."""
    dated = read_date(said) or read_figures(said) or read_day_of_month(said)
    return None if dated is None or dated.days is None else _in_week(said, monday_of(dated.days[1]), Basis.EXPLICIT)


def read_length_again(said: Said) -> Atom | None:
    """Return "two days after that", counted from the day named before it.

    Where no day was named it is none, or counts from now in a form that may stand `alone`: "two days later". A form
    that looks `back` counts the other way: "two days before that".
    """
    plain, number, unit = read_length(said), said.number("number"), said.slots.get("unit", said.form.get("unit"))
    back = bool(said.form.get("back", False))
    if plain is None or number is None or plain.days is None or (back and unit not in DAYS_IN):
        return None if back else plain

    def again(named: date) -> date:
        return _days_on(said, -number if back else number, str(unit), named)

    return replace(plain, again=again, days=plain.days if said.form.get("alone") else None)


def _length(said: Said, first: int, last: int, unit: str, *, more: timedelta) -> Atom | None:
    at, calendar = said.setting.at, said.setting.calendar
    if unit in CLOCK_UNITS:
        return _to_the_minute(said, at + CLOCK_UNITS[unit] * first + more, at + CLOCK_UNITS[unit] * last + more)
    if unit == "business_hour":
        return _to_the_minute(
            said, calendar.after_working_hours(first, at=at), calendar.after_working_hours(last, at=at), business=True
        )
    days = (_day_after(said, first, unit) + more, _day_after(said, last, unit) + more)
    basis = Basis.BUSINESS_DAYS if unit == "business_day" else Basis.RELATIVE
    return Atom(span=said.span, basis=basis, rank=Rank.DAY, days=days, counted=True)


def _to_the_minute(said: Said, first: datetime, last: datetime, *, business: bool = False) -> Atom:
    basis = Basis.BUSINESS_DAYS if business else Basis.RELATIVE
    return Atom(span=said.span, basis=basis, moments=(first, last), counted=True)


def _day_after(said: Said, number: int, unit: str) -> date:
    return _days_on(said, number, unit, said.setting.at.date())


def _days_on(said: Said, number: int, unit: str, day: date) -> date:
    """Return the day so many units after a day."""
    if unit == "business_day":
        return said.setting.calendar.business_day(number, after=day)
    if unit == "month":
        return months_later(day, number)
    return day + timedelta(days=number * DAYS_IN[unit])


def months_later(day: date, number: int) -> date:
    """Return the same day `number` months on, or the last day of a month too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def _week(said: Said) -> Atom | None:
    today, number = said.setting.at.date(), said.number("number")
    if number is not None:
        monday = _numbered_week(today, number)
        if monday is None:
            return None
        basis = Basis.EXPLICIT
    else:
        monday, basis = monday_of(today) + WEEK * int(said.form.get("offset", 0)), Basis.RELATIVE
    return _in_week(said, monday, basis)


def _in_week(said: Said, monday: date, basis: Basis) -> Atom:
    edge = said.form.get("edge", "end")
    early = {"early": EARLY_IN_WEEK, "middle": MIDDLE_OF_WEEK}
    if edge in early:
        day = monday + timedelta(days=early[edge])
        return Atom(span=said.span, basis=basis, rank=Rank.DAY, days=(day, day), week=monday)
    if edge == "working":
        day = said.setting.calendar.last_business_day(monday, monday + timedelta(days=4))
        return Atom(span=said.span, basis=basis, rank=Rank.DAY, days=(day, day), week=monday)
    sunday = monday + timedelta(days=SUNDAY)
    return Atom(span=said.span, basis=basis, rank=Rank.PERIOD, days=(sunday, sunday), until=END_OF_WEEK, week=monday)


def _numbered_week(today: date, number: int) -> date | None:
    """Return the Monday of an ISO week of this year, or of the next when it has passed."""
    for year in (today.year, today.year + 1):
        try:
            monday = date.fromisocalendar(year, number, 1)
        except ValueError:
            continue
        if monday + timedelta(days=SUNDAY) >= today:
            return monday
    return None


def _weekend(said: Said) -> Atom:
    monday = monday_of(said.setting.at.date()) + WEEK * int(said.form.get("offset", 0))
    sunday = monday + timedelta(days=SUNDAY)
    return Atom(span=said.span, basis=Basis.RELATIVE, rank=Rank.PERIOD, days=(sunday, sunday), until=END_OF_WEEK)


def _month(said: Said) -> Atom | None:
    today, named = said.setting.at.date(), said.number("month")
    if named is None:
        first = months_later(today.replace(day=1), int(said.form.get("offset", 0)))
        return _in_month(said, first, Basis.RELATIVE)
    year = _year_said(said, today.year + (named < today.month))
    return None if year is None else _in_month(said, date(year, named, 1), Basis.EXPLICIT)


def _year_said(said: Said, default: int) -> int | None:
    """Return the common year that the words name (พ.ศ. 2570 is 2027), or the default; None for no real year."""
    written = said.number("full_year")
    if written is None:
        return default
    year = written - said.setting.era if written >= ERA_STARTS else written
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def _in_month(said: Said, first: date, basis: Basis) -> Atom:
    edge = said.form.get("edge", "end")
    last = first.replace(day=months.monthrange(first.year, first.month)[1])
    calendar = said.setting.calendar
    day = {
        "early": first.replace(day=EARLY_IN_MONTH),
        "middle": first.replace(day=MIDDLE_OF_MONTH),
        "first_working": calendar.business_day(1, after=first - timedelta(days=1)),
        "last_working": calendar.last_business_day(first, last),
        "end": last,
    }[edge]
    return on_day(said, day, basis=basis, rank=Rank.DAY)


def _quarter(said: Said) -> Atom | None:
    today = said.setting.at.date()
    this = (today.month - 1) // 3
    quarter = said.number("quarter")
    year = _year_said(said, today.year)
    if year is None:
        return None
    if quarter is None:
        number = this + int(said.form.get("offset", 0))
    else:
        number = quarter - 1 + (4 if "full_year" not in said.slots and quarter - 1 < this else 0)
    first = months_later(date(year, 1, 1), number * 3 + 2)
    return _in_month(said, first, Basis.RELATIVE if quarter is None else Basis.EXPLICIT)


def _year(said: Said) -> Atom | None:
    year = _year_said(said, said.setting.at.year + int(said.form.get("offset", 0)))
    return None if year is None else on_day(said, date(year, 12, 31), basis=Basis.RELATIVE, rank=Rank.DAY)
