"""Clocks: "3 pm", "15.00", "half past two", "jam 3 sore", "บ่ายสามโมง", and the parts of a day."""

from datetime import time

from amends.promises.atoms import Atom, Hours, Rank, Said
from amends.promises.values import Basis

NOON = 12
HOUR = 60
HOURS = 24
MIDNIGHT = time(23, 59)
NIGHT = time(23)
DAWN = 6
FIRST_HOUR_OF_NOON = 10
END_OF_AFTERNOON = time(17)
EVENING = time(21)
LATEST_AFTER_EVENING = 4
LAST_HOUR_OF_LUNCH = 2
TODAY = " today"
FIRST_SURE_HOUR = 7
"""A bare "3" in a reply is three in the afternoon; a bare "8" is eight in the morning."""


def read_hours(said: Said) -> Atom | None:
    """Return a time of day, or the stretch between two."""
    last = _clock(said, "")
    stretches = "hour2" in said.slots or "hour2" in said.form
    first = _clock(said, "2") if stretches else last
    if first is None or last is None:
        return None
    sure = _is_sure(said)
    if stretches:
        # "between 2 and 4 pm" says pm once; "10–14" needs no help.
        last = _later(last) if last <= first else last
        first = first if "half2" in said.slots else _before(first, last)
        sure = bool(said.form.get("sure", True))
    if first > last:
        return None
    hours, leans = Hours(first=first, last=last, sure=sure), bool(said.form.get("leans", False))
    # "Six this evening" names its day, so no other day before it does.
    days = (said.setting.at.date(),) * 2 if said.slots.get("half", "").endswith(TODAY) else None
    return Atom(span=said.span, basis=Basis.RELATIVE, rank=Rank.PERIOD, days=days, hours=hours, leans=leans)


def read_half_hours(said: Said) -> Atom | None:
    """Return a stretch with an end half an hour before what it names: "puoli yhdeksän ja kymmenen välillä".

    The form's `halves` tells which: "first", "last" or "both".
    """
    first, last = said.number("hour2"), said.number("hour")
    if first is None or last is None or not 0 < first < HOURS or not 0 < last < HOURS:
        return None
    half = str(said.form["halves"])
    opens, ends = (
        time(hour - 1, 30) if half in (end, "both") else time(hour) for hour, end in ((first, "first"), (last, "last"))
    )
    ends = _later(ends) if ends < opens else ends
    hours = Hours(first=_before(opens, ends), last=ends, sure=ends.hour >= FIRST_SURE_HOUR)
    return Atom(span=said.span, basis=Basis.RELATIVE, rank=Rank.PERIOD, hours=hours)


def read_part(said: Said) -> Atom | None:
    """Return the end of a part of the day: "in the morning" is over at noon."""
    word = said.slots.get("part", said.form.get("part"))
    if word is None:
        return None
    hours, leans = part_of_day(str(word)), bool(said.form.get("leans", False))
    return Atom(span=said.span, basis=Basis.RELATIVE, rank=Rank.PERIOD, hours=hours, leans=leans)


def read_same_hours(said: Said) -> Atom:
    """Return a mark that the day beside it keeps the hours named before: "tomorrow at the same time"."""
    return Atom(span=said.span, basis=Basis.RELATIVE, rank=Rank.PERIOD, leans=True, same_hours=True)


def part_of_day(ends: str) -> Hours:
    """Return the hours of a part of the day that ends at `ends` ("12:00")."""
    hour, minute = ends.split(":")
    end = time(int(hour), int(minute))
    return Hours(first=end, last=end, part_of_day=True)


def settled(hours: Hours, *, part: Hours | None = None) -> Hours:
    """Return hours that are sure: read by the part of the day beside them, or by what an office means."""
    if hours.sure:
        return hours
    if part is not None and is_of_night(hours, part):
        return by_night(hours)
    late = hours.last.hour < FIRST_SURE_HOUR if part is None else _is_late(hours.last, part)
    return Hours(first=_later(hours.first) if late else hours.first, last=_later(hours.last) if late else hours.last)


def _is_late(clock: time, part: Hours) -> bool:
    """Return whether a bare hour beside a part of the day is one after noon.

    "Lunch, at two" is; so is three in the afternoon, but Indonesian "siang pukul 11" is still before noon.
    """
    if part.last == time(NOON):
        return 0 < clock.hour <= LAST_HOUR_OF_LUNCH
    if part.last < time(NOON):
        return False
    return clock.hour < (FIRST_HOUR_OF_NOON if part.last <= END_OF_AFTERNOON else NOON)


def later(hours: Hours) -> Hours:
    """Return hours twelve hours on, where that is still of the same day."""
    return Hours(first=_later(hours.first), last=_later(hours.last))


def is_of_night(hours: Hours, part: Hours) -> bool:
    """Return whether an hour beside "tonight" is one after midnight: "two", also when it is surely "2 am"."""
    hour = hours.last.hour if hours.sure else hours.last.hour % NOON
    after_midnight = DAWN if part.last >= NIGHT else LATEST_AFTER_EVENING if part.last >= EVENING else 0
    return hour < after_midnight and not hours.part_of_day


def by_night(hours: Hours) -> Hours:
    """Return the hours of "tonight at two": after midnight, and at twelve the end of the day."""
    if hours.last.hour == NOON:
        return Hours(first=MIDNIGHT, last=MIDNIGHT)
    return Hours(first=hours.first, last=hours.last, next_day=True)


def _clock(said: Said, number: str) -> time | None:
    hour = said.number(f"hour{number}")
    minute = said.number(f"minute{number}", int(said.form.get("minute", 0)))
    if hour is None or minute is None:
        return None
    hour = _shifted(hour, said, number) + int(said.form.get("add", 0))
    if said.form.get("to"):
        hour, minute = hour - 1, HOUR - minute
    if (hour, minute) == (24, 0):
        return MIDNIGHT
    return time(hour, minute) if 0 <= hour < 24 and 0 <= minute < 60 else None


def _shifted(hour: int, said: Said, number: str) -> int:
    half = said.slots.get(f"half{number}") or said.slots.get("half", said.form.get("half"))
    half = str(half or "").removesuffix(TODAY)
    if half == "noon":
        return hour + NOON if hour < FIRST_HOUR_OF_NOON else hour
    if half == "night":
        return hour + NOON if DAWN <= hour <= NOON else hour
    if half == "pm" and hour < NOON:
        return hour + NOON
    return 0 if half == "am" and hour == NOON else hour


def _is_sure(said: Said) -> bool:
    if "half" in said.slots or "half" in said.form or ("add" in said.form and said.form.get("sure", True)):
        return True
    written = said.slots.get("hour", "")
    return bool(said.form.get("sure", False)) or written.startswith("0") or int(written or 0) > NOON


def _before(first: time, last: time) -> time:
    """Return the start of "2 and 4 pm" in the afternoon, and of "11 and 2 pm" in the morning."""
    both_late = first.hour < NOON < last.hour and _later(first) < last and first.hour < FIRST_SURE_HOUR
    return _later(first) if both_late else first


def _later(clock: time) -> time:
    return clock.replace(hour=clock.hour + NOON) if clock.hour < NOON else clock
