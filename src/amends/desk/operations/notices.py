"""Notes to customers that the desk drafts and a person sends."""

from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton, format_time

from amends.desk.models import Promise
from amends.desk.operations.ledger import entry_of
from amends.languages import load
from amends.promises.warn import slip_note
from amends.vocabulary import BadPack, LanguageTag, Moment

NAMELESS = "[name]"
"""The coach lets no slot pass, so a note to somebody whose name we lack cannot leave before a person fills it."""


def drafted_note(promise: Promise) -> str:
    """Return a note that tells the customer ahead that a promise will be late, in their language.

    Empty for a language in which we have no such note: the agent is warned all the same, and writes it alone.
    """
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


def spoken(moment: Moment, *, language: LanguageTag, timezone: str) -> str:
    """Return a moment as one says it in that language: weekday, day, month and time, without the year."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    there = moment.astimezone(ZoneInfo(timezone))
    return f"{format_skeleton('MMMMEEEEd', there, locale=locale)} {format_time(there, 'short', locale=locale)}"
