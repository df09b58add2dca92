"""Atoms: the smallest pieces of time in a sentence, each already on the calendar. `moments.py` joins them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum

from amends.promises.calendar import WorkCalendar
from amends.promises.forms import Vocabulary
from amends.promises.values import Basis
from amends.text.spans import Span
from amends.vocabulary import JsonObject, Moment


class Rank(IntEnum):
    """Which of two neighbouring pieces rules: a date absorbs its weekday, a weekday its week."""

    PERIOD = 0
    WEEKDAY = 1
    DAY = 2
    DATE = 3


@dataclass(frozen=True, kw_only=True)
class Hours:
    """A time of day, or a stretch of one. `sure` is False for a "3" that may be night or afternoon.

    `next_day` is True for "two o'clock tonight", which is tomorrow by the calendar.
    """

    first: time
    last: time
    sure: bool = True
    part_of_day: bool = False
    next_day: bool = False


@dataclass(frozen=True, kw_only=True)
class Atom:
    """One piece of time. It has `days` (first and last), or `hours`, or both, or `moments` fixed to the minute.

    `until` is when the last day ends when no hour is said; None means the end of the working day.
    `week` is the Monday of a named week, in which a weekday beside it falls; `counted` is True for "within 3 days".
    `leans` is True for words that are a time only beside another: "lunch" in "tomorrow lunch", not in "lunch is on us".
    `again` gives the day by the one named before it: "at 3 pm that day", "two days later"; `days` hold what it is where
    none was named, if anything. `by_then`: it keeps the hour of that time too.
    `same_hours`: its hours are those named before: "tomorrow at the same time".
    """

    span: Span
    basis: Basis
    rank: Rank = Rank.DAY
    days: tuple[date, date] | None = None
    hours: Hours | None = None
    moments: tuple[Moment, Moment] | None = None
    until: time | None = None
    week: date | None = None
    counted: bool = False
    leans: bool = False
    again: Callable[[date], date] | None = None
    by_then: bool = False
    same_hours: bool = False


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What a piece of time is read against: the moment of writing, the calendar, the pack's words and habits."""

    at: Moment
    calendar: WorkCalendar
    words: Vocabulary
    era: int = 0
    month_first: bool = False
    slashes: bool = False
    """Whether some who write the language put the month first, so that "11/28" is a day too."""
    dinner: bool = False
    """Whether the sentence speaks of a dinner, so that "at 8" is in the evening."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """The words of one form: its place, its slots with their values, and the form's own settings."""

    span: Span
    slots: Mapping[str, str]
    form: JsonObject
    setting: Setting

    def number(self, slot: str, default: int | None = None) -> int | None:
        """Return a slot as a number: what it says, what the form fixes, or the default."""
        said = self.slots.get(slot, self.form.get(slot))
        return default if said is None else int(said)


Reader = Callable[[Said], Atom | None]
END_OF_WEEK = time(23, 59)
SUNDAY = 6
WEEK = timedelta(days=7)


def on_day(said: Said, day: date, *, basis: Basis, rank: Rank, last: date | None = None) -> Atom:
    """Return the atom of a day, or of a stretch of days."""
    return Atom(span=said.span, basis=basis, rank=rank, days=(day, last or day))


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def local(day: date, clock: time, at: Moment) -> datetime:
    """Return a wall-clock time on a day, at the offset of `at`."""
    return datetime.combine(day, clock, at.tzinfo)
