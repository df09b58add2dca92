"""One line that says what a case is about, put together in the reader's language from what the desk read."""

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext

from amends.desk.models import Case
from amends.desk.operations.heats import is_glad
from amends.desk.web.trade_words import cause_called, trade_of_case
from amends.desk.web.wording import word
from amends.vocabulary import JsonObject

MOST_FACTS: Final = 6
UNNAMED: Final = "other"
THINGS: Final = ("product", "order")


@dataclass(frozen=True, kw_only=True)
class Gist:
    """What they report, of which thing, and what they ask for; `threats` in words, `wishes` as ids."""

    line: str
    reported: str = ""
    wishes: tuple[str, ...] = ()
    threats: tuple[str, ...] = ()
    wants_manager: bool = False


def so_far(readings: Sequence[JsonObject]) -> JsonObject | None:
    """Return what stands on a case by all readings of it, oldest first: the newest, and what it leaves unsaid.

    What a customer wants, what went wrong and with which thing stands until they name another. So do threats, unless
    they thanked or settled since.
    """
    if not readings:
        return None
    newest_first = list(reversed(readings))
    angry = list(itertools.takewhile(lambda reading: not is_glad(reading), newest_first))
    return {
        **newest_first[0],
        "wishes": _first(newest_first, "wishes", lambda wish: wish["kind"] != UNNAMED),
        "causes": _first(newest_first, "causes", bool),
        "facts": _first(newest_first, "facts", lambda fact: fact["kind"] in THINGS),
        "trade": next(filter(None, (reading.get("trade") for reading in newest_first)), ""),
        "threats": _first(angry or newest_first[:1], "threats", bool),
        "demands_manager": any(reading.get("demands_manager") for reading in angry or newest_first[:1]),
    }


def gist_of(case: Case, reading: JsonObject | None) -> Gist:
    """Return the gist of a case: its cause, the thing bought, the wish; its subject until it was read."""
    found = reading or {}
    thing = _thing(case, found)
    causes = [case.cause] if case.cause else [cause["cause"] for cause in found.get("causes", ())[:1]]
    trade = trade_of_case(case, reading)
    reported = [cause_called(cause, trade) for cause in causes if cause]
    asked = tuple(kind for kind in _kinds(found.get("wishes", ())) if kind != UNNAMED)[:2]
    wishes = [word("wish", kind) for kind in asked]
    head = ": ".join([*reported, *([thing] if thing else [])])
    line = "; ".join(filter(None, [head, ", ".join(wishes)]))
    threats = tuple(word("threat", kind) for kind in _kinds(found.get("threats", ())))
    unclear = case.subject or gettext("No subject")
    return Gist(
        line=line if reported or wishes else unclear,
        reported=head if reported else "",
        wishes=asked,
        threats=threats,
        wants_manager=bool(found.get("demands_manager")),
    )


def facts_in(readings: Iterable[JsonObject]) -> list[tuple[str, str]]:
    """Return each fact that was read, its kind in words and the customer's own words for it, once."""
    facts = (
        (fact["kind"], " ".join(fact["value"].split())) for reading in readings for fact in reading.get("facts", ())
    )
    return [(word("fact", kind), value) for kind, value in dict.fromkeys(facts)][:MOST_FACTS]


def _thing(case: Case, reading: JsonObject) -> str:
    if case.order is not None and case.order.items:
        first: str = case.order.items[0]
        return first
    named = [fact["value"] for fact in reading.get("facts", ()) if fact["kind"] in THINGS]
    return named[0] if named else ""


def _first(readings: Iterable[JsonObject], name: str, is_named: Callable[[JsonObject], bool]) -> list[JsonObject]:
    """Return the rows of that name of the first reading that names any."""
    return next((list(rows) for one in readings if any(map(is_named, rows := one.get(name) or ()))), [])


def _kinds(rows: Iterable[JsonObject]) -> list[str]:
    return list(dict.fromkeys(row["kind"] for row in rows))
