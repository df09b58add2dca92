"""Until when somebody's automatic note says that they are away."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from amends.languages import LanguagePack

FILE = "automatic.toml"
DATES = "dates.toml"
READ_CODE_POINTS = 4_000
FARTHEST_AHEAD = timedelta(days=550)
NEAR_BEHIND = 40
NEAR_BEFORE = 8
WEEKDAY_NEAR = 16
BUDDHIST_ERA = 543
BUDDHIST_FROM = 2400
CENTURY = 2000
ISO = re.compile(r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
CHINESE = re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
# "14.05" is an hour in half of our languages: two figures are a date only with a year, a last point or a slash.
FIGURES = re.compile(
    r"(?<![\d.,:/-])(?P<day>\d{1,2})(?:\.(?P<month>\d{1,2})\.(?:(?P<year>\d{4}|\d{2})(?!\d))?"
    r"|/(?P<month2>\d{1,2})(?:/(?P<year2>\d{4}|\d{2}))?(?![\d/])|-(?P<month3>\d{1,2})-(?P<year3>\d{4})(?!\d))"
)
DAY_BEFORE = r"(?<![\d.,:/-])(?P<day>\d{1,2})(?:st|nd|rd|th|er|:a|[.º°])?[ ,]{0,2}(?:of |de |di |den )?"
YEAR = r"(?:,?\s{0,2}(?:de |of |del |พ\.ศ\.? ?|ค\.ศ\.? ?)?(?P<year>\d{4})(?!\d))?"


@dataclass(frozen=True, kw_only=True, eq=False)
class AwayWords:
    """How languages write a day and say until when: `until` and `back` stand before a day, `until_behind` after it."""

    months: dict[str, int]
    weekdays: dict[str, int]
    day_month: re.Pattern[str]
    month_day: re.Pattern[str]
    weekday: re.Pattern[str]
    until: re.Pattern[str]
    until_behind: re.Pattern[str]
    back: re.Pattern[str]


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day that a text names, and where."""

    start: int
    end: int
    day: date


def away_until(text: str, *, written: date, packs: Sequence[LanguagePack]) -> date | None:
    """Return the day until which the writer of an automatic note is away, None when the note does not say.

    The last day away where it is said, else the day of return. A day without a year is the next such day after
    `written`; of "5/6" the day comes first, as in most of the world; no day that has passed, or lies 18 months ahead.
    """
    words = away_words(tuple(packs))
    read = text[:READ_CODE_POINTS].lower()
    days = sorted(_days(read, words, written), key=lambda found: found.start)
    named = _after(read, words.until, days) or _before(read, words.until_behind, days) or _after(read, words.back, days)
    return named or _weekday_after(read, words, written)


@cache
def away_words(packs: tuple[LanguagePack, ...]) -> AwayWords:
    """Return these words of all packs together."""
    months = _numbered(packs, "month", first=1)
    weekdays = _numbered(packs, "weekday", first=0)
    month = _either(months)
    return AwayWords(
        months=months,
        weekdays=weekdays,
        day_month=re.compile(rf"{DAY_BEFORE}(?P<word>{month}){YEAR}"),
        month_day=re.compile(rf"(?P<word>{month}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]){YEAR}"),
        weekday=re.compile(rf"(?P<word>{_either(weekdays)})"),
        until=_cues(packs, "until"),
        until_behind=_cues(packs, "until_behind"),
        back=_cues(packs, "back"),
    )


def _numbered(packs: Sequence[LanguagePack], kind: str, *, first: int) -> dict[str, int]:
    """Return word → number of the months or weekdays of all packs."""
    tables = [pack.toml(DATES).get("words", {}).get(kind, {}) for pack in packs if pack.has(DATES)]
    numbers = {str(number): number for number in range(first, first + 12)}
    return {word.lower(): numbers[key] for table in tables for key, words in table.items() for word in words}


def _cues(packs: Sequence[LanguagePack], key: str) -> re.Pattern[str]:
    tables = [pack.toml(FILE).get("out_of_office", {}) for pack in packs if pack.has(FILE)]
    return re.compile(_either(word.lower() for table in tables for word in table.get(key, [])))


def _either(words: Iterable[str]) -> str:
    """Return a pattern of any of these words, whole where a language writes spaces; the longest first."""
    return "|".join(map(_whole, sorted(set(words), key=len, reverse=True))) or r"(?!)"


def _whole(word: str) -> str:
    before = r"(?<![^\W\d_])" if word[0].isalpha() and ord(word[0]) < 0x0E00 else ""
    after = r"(?![^\W\d_])" if word[-1].isalpha() and ord(word[-1]) < 0x0E00 else ""
    return f"{before}{re.escape(word)}{after}"


def _days(text: str, words: AwayWords, written: date) -> Iterator[Day]:
    taken: list[tuple[int, int]] = []
    for pattern in (ISO, CHINESE, words.day_month, words.month_day, FIGURES):
        for found in pattern.finditer(text):
            if any(found.start() < end and start < found.end() for start, end in taken):
                continue
            day = _day(found, words, written)
            if day is not None:
                taken.append(found.span())
                yield Day(start=found.start(), end=found.end(), day=day)


def _day(found: re.Match[str], words: AwayWords, written: date) -> date | None:
    parts = {name.rstrip("23"): value for name, value in found.groupdict().items() if value}
    month = words.months[parts["word"]] if "word" in parts else int(parts["month"])
    day = int(parts["day"])
    if month > 12 >= day:
        day, month = month, day
    years = [_common(int(parts["year"]))] if "year" in parts else [written.year, written.year + 1]
    said = (_valid(year, month, day) for year in years)
    return next((one for one in said if one and written <= one <= written + FARTHEST_AHEAD), None)


def _common(year: int) -> int:
    """Return the common year of "2025", "25" and the Buddhist "2568"."""
    if year >= BUDDHIST_FROM:
        return year - BUDDHIST_ERA
    return year if year >= 100 else CENTURY + year


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _after(text: str, cue: re.Pattern[str], days: Sequence[Day]) -> date | None:
    """Return the day right after the first cue that has one."""
    for found in cue.finditer(text):
        near = (day for day in days if 0 <= day.start - found.end() <= NEAR_BEHIND)
        day = next((day for day in near if not _ends_sentence(text[found.end() : day.start])), None)
        if day is not None:
            return day.day
    return None


def _before(text: str, cue: re.Pattern[str], days: Sequence[Day]) -> date | None:
    """Return the day right before the first cue that has one: "5.5. asti"."""
    for found in cue.finditer(text):
        near = next((day for day in reversed(days) if 0 <= found.start() - day.end <= NEAR_BEFORE), None)
        if near is not None:
            return near.day
    return None


def _ends_sentence(between: str) -> bool:
    return any(mark in between for mark in (". ", "!", "?", "\n\n", "。"))


def _weekday_after(text: str, words: AwayWords, written: date) -> date | None:
    """Return the coming weekday that stands right after a cue: "until Monday"."""
    for cue in (words.until, words.back):
        for found in cue.finditer(text):
            named = words.weekday.search(text[found.end() : found.end() + WEEKDAY_NEAR])
            if named:
                ahead = (words.weekdays[named["word"]] - written.weekday() - 1) % 7 + 1
                return written + timedelta(days=ahead)
    return None
