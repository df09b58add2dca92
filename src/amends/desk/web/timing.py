"""Moments, spans of time, sums and languages, written as the reader writes them (CLDR)."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from babel import Locale, UnknownLocaleError
from babel.dates import (
    format_date,
    format_datetime,
    format_skeleton,
    format_time,
    format_timedelta,
    get_timezone_location,
)
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit
from django.utils import timezone, translation
from django.utils.translation import gettext

DAY: Final = timedelta(days=1)
UNITS: Final = (("duration-day", 86_400), ("duration-hour", 3_600), ("duration-minute", 60))
WRITTEN_AS: Final = {"en": "en-GB"}
"""Where a language writes times in several ways: a desk between countries keeps the 24 hours and day before month."""
UNIT_LENGTHS: Final[dict[str, Literal["narrow", "short", "long"]]] = {"en": "narrow", "id": "long"}
"""English says "3 hr" where the others are shorter; Indonesian's short "hr" and "j" are read by few."""
COUNTRY: Final = re.compile(r"(?!EU|EZ|UN|QO|X[ABK]|ZZ)[A-Z]{2}")
"""CLDR counts unions, and places that are none, among its territories; public holidays belong to countries."""
RIGHT_TO_LEFT: Final = "right-to-left"


def reader() -> Locale:
    """Return the locale of whoever reads the page."""
    tag = translation.get_language() or "en"
    return _locale(WRITTEN_AS.get(tag, tag)) or Locale("en")


def short_moment(at: datetime, *, now: datetime) -> str:
    """Return "09:08" for today with its day in words near now, else the date, with the time within a week."""
    here, today = timezone.localtime(at), timezone.localtime(now).date()
    clock = format_time(here, "short", locale=reader())
    near = {today: gettext("today"), today - DAY: gettext("yesterday"), today + DAY: gettext("tomorrow")}
    if here.date() in near:
        return f"{near[here.date()]} {clock}"
    if abs(here.date() - today) < 7 * DAY:
        return f"{format_skeleton('MMMEd', here, locale=reader())} {clock}"
    same_year = here.year == today.year
    return format_skeleton("MMMd", here, locale=reader()) if same_year else _date(here)


def full_moment(at: datetime) -> str:
    """Return date and time with the zone's name, for a tooltip."""
    return format_datetime(timezone.localtime(at), "d MMMM yyyy HH:mm zzz", locale=reader())


def day(at: datetime) -> str:
    """Return the date alone."""
    return _date(timezone.localtime(at))


def on_day(on: date) -> str:
    """Return a day of the calendar."""
    return _date(on)


def clock_in(zone_time: datetime) -> str:
    """Return the time of day of a moment that already is in the right zone."""
    return format_time(zone_time, "short", locale=reader())


def span(length: timedelta) -> str:
    """Return a length in its largest unit and the next, "1 h 52 min", "4 d"; less than a minute is 0 min."""
    rest = max(0, int(length.total_seconds()))
    largest = next((place for place, (_, seconds) in enumerate(UNITS) if rest >= seconds), len(UNITS) - 1)
    parts: list[str] = []
    for unit, seconds in UNITS[largest : largest + 2]:
        amount, rest = divmod(rest, seconds)
        if amount or not parts:
            parts.append(_unit(amount, unit))
    return " ".join(parts)


def tenure(length: timedelta) -> str:
    """Return a long length in its one largest unit, "4 years"."""
    return format_timedelta(length, threshold=1.5, locale=reader())


def money(amount: Decimal, currency: str) -> str:
    """Return a sum as the reader writes it; a whole one without its ",00", which says nothing in any currency."""
    is_whole = amount == amount.to_integral_value()
    pattern = reader().currency_formats["standard"].pattern
    whole_pattern = re.sub(r"([#0])[.]0+", r"\1", pattern)
    return format_currency(
        amount, currency, whole_pattern if is_whole else None, locale=reader(), currency_digits=not is_whole
    )


def percent(hundredths: int) -> str:
    """Return a share in whole percent with its sign: "42%", in Finnish "42 %"."""
    return format_percent(hundredths / 100, locale=reader())


def percent_range(low: int, high: int) -> str:
    """Return a range of whole percent that names the sign once, "21–67%"."""
    return f"{format_decimal(low, locale=reader())}–{percent(high)}"


def language_name(tag: str) -> str:
    """Return what a language is called in the reader's own, "" when unknown."""
    return _name_of(tag, str(reader()))


def city(zone_name: str) -> str:
    """Return what the city of a known time zone is called in the reader's language, the zone's own name for none."""
    return get_timezone_location(zone_name, locale=reader(), return_city=True)


def countries() -> list[tuple[str, str]]:
    """Return each country's ISO 3166 code with its name in the reader's language, by name."""
    names: dict[str, str] = dict(reader().territories.items())
    return sorted(((code, name) for code, name in names.items() if COUNTRY.fullmatch(code)), key=lambda pair: pair[1])


def is_right_to_left(tag: str) -> bool:
    """Return whether a language is written from right to left."""
    locale = _locale(tag)
    return locale is not None and locale.character_order == RIGHT_TO_LEFT


@lru_cache(maxsize=512)
def _name_of(tag: str, reader_tag: str) -> str:
    locale = _locale(tag)
    return (locale.get_display_name(reader_tag) if locale else None) or ""


def _date(here: date) -> str:
    return format_date(here, "medium", locale=reader())


def _unit(amount: int, unit: str) -> str:
    return _written_unit(amount, unit, str(reader()))


@lru_cache(maxsize=4096)
def _written_unit(amount: int, unit: str, locale: str) -> str:
    return format_unit(amount, unit, UNIT_LENGTHS.get(locale.partition("_")[0], "short"), locale=locale)


@lru_cache(maxsize=512)
def _locale(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag, sep="-") if tag and tag != "und" else None
    except (ValueError, UnknownLocaleError):
        return None
