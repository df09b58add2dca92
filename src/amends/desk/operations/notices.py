"""Notes to customers that the desk drafts and a person sends."""

import re
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime, format_skeleton, match_skeleton

from amends.desk.models import Promise
from amends.desk.operations.ledger import entry_of
from amends.languages import load
from amends.promises.warn import FILE, slip_note
from amends.vocabulary import BadPack, LanguageTag, Moment

WEEKDAY: Final = re.compile(r"E{1,4}|c{3,4}")
MONTH: Final = re.compile(r"[ML]{3,4}")
NAMELESS: Final = "[name]"
"""The coach lets no slot pass, so a note to somebody whose name we lack cannot leave before a person fills it."""


def drafted_note(promise: Promise) -> str:
    """Return a note that tells the customer ahead that a promise will be late, in their language.

    Empty for a language in which we have no such note: the agent is warned all the same, and writes it alone; and for
    a regulator's clock, of which the customer was told nothing.
    """
    if promise.kind == Promise.Kind.CLOCK:
        return ""
    case = promise.case
    language = case.language or case.customer.language or case.brand.default_language
    try:
        return slip_note(
            entry_of(promise),
            pack=load(language),
            customer_name=case.customer.honorific or case.customer.name or NAMELESS,
            agent_name=str(promise.owner or case.brand.name),
            due=spoken(promise.due_at, language=language, timezone=case.customer.timezone or case.brand.timezone),
        )
    except BadPack:
        return ""


def slot_of(promise: Promise) -> str:
    """Return the empty place of the new time in a drafted note, as it stands there; "" in a language without a note."""
    case = promise.case
    try:
        note = load(case.language or case.customer.language or case.brand.default_language).toml(FILE).get("note")
    except BadPack:
        return ""
    return f"[{note['slot']}]" if note else ""


def spoken_day(moment: Moment, *, language: LanguageTag, timezone: str) -> str:
    """Return the day of a moment as it stands in a sentence of that language: "November 27", "27. marraskuuta"."""
    locale = locale_of(language)
    return str(format_skeleton("MMMMd", moment, tzinfo=ZoneInfo(timezone), locale=locale))


def spoken(moment: Moment, *, language: LanguageTag, timezone: str) -> str:
    """Return a moment as one says it in that language: weekday, day, month and time in full, without the year."""
    locale = locale_of(language)
    day = str(locale.datetime_skeletons[match_skeleton("MMMMEd", locale.datetime_skeletons) or "MMMEd"])
    # The skeleton gives the order of its parts; a note that must not be misread spells them out.
    day = MONTH.sub("MMMM", WEEKDAY.sub("EEEE", day))
    joined = locale.datetime_formats["full"].replace("{1}", day).replace("{0}", locale.time_formats["short"].pattern)
    return format_datetime(moment, joined, tzinfo=ZoneInfo(timezone), locale=locale)


def locale_of(language: LanguageTag) -> Locale:
    """Return how a language writes times and sums, English for one that nobody knows."""
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
