"""Days: dates in figures and words, weekdays, "tomorrow", "the 28th"."""

from dataclasses import replace
from datetime import date, timedelta

from amends.promises.atoms import WEEK, Atom, Rank, Said, monday_of, on_day
from amends.promises.calendar import holiday
from amends.promises.clocks import part_of_day
from amends.promises.easter import easter
from amends.promises.values import Basis

NEAREST_PAST = timedelta(days=62)
FARTHEST_SHORT_YEAR = 8
CENTURY = 2000
BUDDHIST_CENTURY = 2500
ERA_STARTS = 2300


def read_date(said: Said) -> Atom | None:
    """Return the day of "28 November 2026", or the stretch of "24–26 November"."""
    month = said.number("month")
    first_month = said.number("month2", month)
    if month is None or first_month is None:
        return None
    last = _dated(said, month, said.number("day"))
    first = _dated(said, first_month, said.number("day2", said.number("day")))
    return _explicit(said, _day_beside(said, first), _day_beside(said, last))


def read_figures(said: Said) -> Atom | None:
    """Return the day of "28.11.2026", "28/11" or, where the month goes first, "11/28"."""
    day, month = said.number("day"), said.number("figure_month")
    if day is None or month is None:
        return None
    if month > 12 and not said.setting.slashes:
        return None
    if month > 12 or (said.setting.month_first and day <= 12 and "full_year" not in said.form):
        day, month = month, day
    first_day, first_month = said.number("day2", day), said.number("figure_month2", month)
    return _explicit(said, _dated(said, first_month or month, first_day), _dated(said, month, day))


def read_day_of_month(said: Said) -> Atom | None:
    """Return the coming day of "the 28th", in this month or the next that has it; "of next month" by its `offset`."""
    day, today = said.number("day"), said.setting.at.date()
    if "offset" in said.form:
        return _explicit(said, _of_later_month(said, said.number("day2", day)), _of_later_month(said, day))
    first = _coming_day(today, said.number("day2", day))
    last = _coming_day(first or today, day, same_day=True)
    return _explicit(said, first, last)


def read_weekday(said: Said) -> Atom | None:
    """Return the day of "Friday": the coming one, or the one in the week the form names."""
    weekday, today = _weekday(said), said.setting.at.date()
    if weekday is None:
        return None
    week = said.form.get("week")
    if week is None:
        day = _coming(weekday, after=today) + WEEK * int(said.form.get("later", 0))
    else:
        day = monday_of(today) + WEEK * int(week) + timedelta(days=weekday)
    rank = Rank.WEEKDAY if week is None else Rank.DAY
    # Some name an evening after the day it leads to: "malam Minggu" is Saturday's.
    atom = on_day(said, day + timedelta(days=int(said.form.get("shift", 0))), basis=Basis.EXPLICIT, rank=rank)
    return _with_hours(said, atom)


def read_weekday_range(said: Said) -> Atom | None:
    """Return the days of "maanantaista keskiviikkoon": from the coming first to the next last."""
    first, last = _weekday(said, "2"), _weekday(said)
    if first is None or last is None:
        return None
    day = _coming(first, after=said.setting.at.date())
    return on_day(said, day, basis=Basis.EXPLICIT, rank=Rank.DAY, last=_coming(last, after=day))


def read_day(said: Said) -> Atom | None:
    """Return the day of "tomorrow"."""
    offset = said.number("dayword")
    if offset is None:
        return None
    day = said.setting.at.date() + timedelta(days=offset)
    return _with_hours(said, on_day(said, day, basis=Basis.RELATIVE, rank=Rank.DAY))


def read_feast(said: Said) -> Atom | None:
    """Return a feast that moves, the coming one, or so many days off it: "before Lebaran", "H-2 Lebaran", "H+2".

    It is so many days from Easter, a date, the nth weekday of a month, a `holiday` of a country (`of`), or of a list
    (`on`).
    """
    today = said.setting.at.date()
    earlier = timedelta(days=said.number("number", said.number("before", 0)) or 0)
    later = timedelta(days=said.number("number2", said.number("number3", 0)) or 0)
    days = (_day_beside(said, feast) for feast in _feasts(said, today.year))
    coming = next((day + later for day in days if day is not None and day + later >= today), None)
    return None if coming is None else on_day(said, coming - earlier, basis=Basis.EXPLICIT, rank=Rank.DATE)


def _day_beside(said: Said, feast: date | None) -> date | None:
    """Return the day before a feast or after it where the form says so (`eve`, `morrow`), or the weekday named there.

    "Before Easter" ends the day before it: on the feast itself nobody works.
    """
    beside = {slot.rstrip("2") for slot in said.slots}
    if feast is None or not {"eve", "morrow"} & beside:
        return feast
    weekday = next((said.number(slot) for slot in ("weekday", "weekday2") if slot in said.slots), None)
    if "morrow" in beside:
        return feast + timedelta(days=1) if weekday is None else _coming(weekday, after=feast)
    return feast - timedelta(days=1) if weekday is None else _coming(weekday, after=feast - WEEK - timedelta(days=1))


def read_nth_weekday(said: Said) -> Atom | None:
    """Return "the third Friday in December", "the last Monday of next month" (`nth` 5 is the last), the coming one."""
    weekday, nth, today = _weekday(said), said.number("nth"), said.setting.at.date()
    if weekday is None or nth is None:
        return None
    month = said.number("month")
    firsts = [date(today.year + more, month, 1) for more in (0, 1)] if month else [_first_of_month(said, today)]
    days = (_nth(weekday, nth, first) for first in firsts)
    return next((on_day(said, day, basis=Basis.EXPLICIT, rank=Rank.DATE) for day in days if day >= today), None)


def _first_of_month(said: Said, today: date) -> date:
    """Return the first day of the month that lies the form's `offset` ahead, of this month without one."""
    year, month = divmod(today.year * 12 + today.month - 1 + int(said.form.get("offset", 0)), 12)
    return date(year, month + 1, 1)


def _nth(weekday: int, nth: int, first: date) -> date:
    found = _coming(weekday, after=first - timedelta(days=1)) + WEEK * (nth - 1)
    return found if found.month == first.month else found - WEEK


def read_again(said: Said) -> Atom:
    """Return a day by the one named before: "that day", "the day after" (`shift` 1), "the Friday after that".

    "By then" keeps the hour too (`by_then`); "the Monday before that" looks `back`. With `dayword` it is said also
    where no day was named.
    """
    offset, weekday = said.number("dayword"), _weekday(said)
    days = None if offset is None else (said.setting.at.date() + timedelta(days=offset),) * 2
    shift = timedelta(days=int(said.form.get("shift", 0)))

    def again(named: date) -> date:
        if weekday is None:
            return named + shift
        return _coming(weekday, after=named - WEEK - timedelta(days=1) if said.form.get("back") else named)

    leans = bool(said.form.get("leans", False))
    by_then = bool(said.form.get("by_then", False))
    atom = Atom(span=said.span, basis=Basis.RELATIVE, days=days, again=again, leans=leans, by_then=by_then)
    return _with_hours(said, atom)


def _feasts(said: Said, year: int) -> list[date | None]:
    """Return a feast in a year and the next, or on the days that the form lists; its 8th day where a `day` is said."""
    listed: list[date | None] = [date.fromisoformat(day) for day in said.form.get("on", ())]
    into = timedelta(days=int(said.slots.get("day", 1)) - 1)
    found = listed or [_feast(said, each) for each in (year, year + 1)]
    return [feast and feast + into for feast in found]


def _feast(said: Said, year: int) -> date | None:
    if "easter" in said.form:
        return easter(year) + timedelta(days=int(said.form["easter"]))
    if "holiday" in said.form:
        return holiday(str(said.form["holiday"]), str(said.form["of"]), year)
    if "day" in said.form:
        return date(year, int(said.form["month"]), int(said.form["day"]))
    first = date(year, int(said.form["month"]), int(said.form.get("earliest", 1)))
    return _coming(int(said.form["weekday"]), after=first - timedelta(days=1)) + WEEK * int(said.form.get("later", 0))


def _weekday(said: Said, number: str = "") -> int | None:
    """Return the weekday of a slot, whichever of its tables the word is from, 0 for Monday."""
    slots = (f"{table}{number}" for table in ("weekday", "short_weekday", "weekday_stem"))
    return next((found for slot in slots if (found := said.number(slot)) is not None), None)


def _coming(weekday: int, *, after: date) -> date:
    """Return the next such weekday after a day, never that day itself."""
    return after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)


def _with_hours(said: Said, day: Atom) -> Atom:
    """Return a day, all else of it as it was, with the hours of the part of it that the words name, if any."""
    word = said.slots.get("part", said.form.get("part"))
    return replace(day, hours=part_of_day(str(word))) if word else day


def _explicit(said: Said, first: date | None, last: date | None) -> Atom | None:
    if first is None or last is None or first > last:
        return None
    return on_day(said, first, basis=Basis.EXPLICIT, rank=Rank.DATE, last=last)


def _dated(said: Said, month: int, day: int | None) -> date | None:
    """Return the day in the year said, or else in the year that puts it nearest ahead."""
    if day is None:
        return None
    year, at = said.slots.get("year") or said.slots.get("full_year"), said.setting.at.date()
    if year is not None:
        full = _year(year, at.year, era=said.setting.era)
        # "30 Oct 11 a.m.": two figures that name a far year are no year.
        return None if len(year) == 2 and abs(full - at.year) > FARTHEST_SHORT_YEAR else _valid(full, month, day)
    for candidate in (at.year - 1, at.year, at.year + 1):
        found = _valid(candidate, month, day)
        if found is not None and found >= at - NEAREST_PAST:
            return found
    return None


def _year(written: str, this_year: int, *, era: int) -> int:
    """Return the common year of "2026", "26" or, in a pack with an era, "2569" and "69" (พ.ศ.)."""
    year = int(written)
    if year >= ERA_STARTS and era:
        return year - era
    if year >= 100:
        return year
    in_era = BUDDHIST_CENTURY + year - era
    return in_era if era and abs(in_era - this_year) < abs(CENTURY + year - this_year) else CENTURY + year


def _of_later_month(said: Said, day: int | None) -> date | None:
    """Return a day of the month that lies the form's `offset` ahead, or None when that month has no such day."""
    first = _first_of_month(said, said.setting.at.date())
    return None if day is None else _valid(first.year, first.month, day)


def _coming_day(today: date, day: int | None, *, same_day: bool = False) -> date | None:
    if day is None:
        return None
    year, month = today.year, today.month
    for _ in range(3):
        found = _valid(year, month, day)
        if found is not None and (found > today or (same_day and found == today)):
            return found
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
