"""Find the cases somebody asks for, best first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from amends.desk.access import cases_for, notes_for
from amends.desk.models import Agent, Case
from amends.desk.search.asked import numbers_with
from amends.desk.search.filters import condition
from amends.desk.search.spelling import corrected
from amends.search.ask import Ask, understand
from amends.search.wanted import Node, Wanted, terms_in, wanted
from amends.search.words import asked_in
from amends.vocabulary import LanguageTag, Moment

MOST_RANKED: Final = 2_000
"""Of more cases than these, the newest are ranked: whoever asked so broadly wants those, or will say more."""
MOST_WITH_FILTERS: Final = 50_000
HALF_AS_FRESH_AFTER_DAYS: Final = 90
EXACTLY: Final = 2.0
IN_A_HEADING: Final = 2.0
BY_ITS_NUMBER: Final = 1_000.0
OPEN: Final = 1.5
LONGEST_NUMBER: Final = 18
OUT_OF_SIGHT: Final = (Case.Status.SPAM, Case.Status.MERGED)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was found: keys of cases, best first. `is_cut` when only the newest of more were ranked.

    `terms` and `tongues` say what to mark, `asked` how many things were looked for. `instead`: words that nobody here
    ever used, with those looked for in their place. `unread`: filters whose value could not be read; nothing is found
    then, because what is found may be acted on as a whole.
    """

    keys: tuple[int, ...] = ()
    is_cut: bool = False
    terms: frozenset[str] = frozenset()
    asked: int = 0
    tongues: tuple[LanguageTag, ...] = ()
    instead: tuple[tuple[str, str], ...] = ()
    unread: tuple[str, ...] = ()


def find(agent: Agent, text: str, *, now: Moment) -> Found:
    """Return the cases this person may see that are what they ask for. Nothing asked, nothing found.

    Only when nothing is found are words looked for that are spelt nearly so, and the answer says which.
    """
    ask = understand(text)
    found = _found(agent, ask, now=now)
    if found.keys or found.unread or not ask.pieces:
        return found
    better, instead = corrected(ask)
    if not instead:
        return found
    second = _found(agent, better, now=now)
    return Found(**(second.__dict__ | {"instead": instead})) if second.keys else found


def count(agent: Agent, text: str, *, now: Moment) -> tuple[int, bool]:
    """Return how many cases are what somebody asks for, and whether there may be more than that."""
    ask = understand(text)
    if ask.is_empty:
        return 0, False
    chosen, _, _ = _chosen(agent, ask, now=now)
    number = chosen.order_by()[: MOST_RANKED + 1].count()
    return min(number, MOST_RANKED), number > MOST_RANKED


def _found(agent: Agent, ask: Ask, *, now: Moment) -> Found:
    if ask.is_empty:
        return Found()
    chosen, what, unread = _chosen(agent, ask, now=now)
    columns = ("pk", "opened_at", "last_customer_at", "last_reply_at", "status")
    rows = list(chosen.order_by("-pk").values_list(*columns)[: MOST_RANKED + 1])
    better = _better(agent, what, among=len(rows))
    number = _number(ask)
    scores = {row[0]: _score(row, better, number, now=now) for row in rows[:MOST_RANKED]}
    keys = sorted(scores, key=lambda key: (-scores[key], -key))
    return Found(
        keys=tuple(keys),
        is_cut=len(rows) > MOST_RANKED,
        terms=terms_in(what.must),
        asked=sum(not piece.is_not for piece in ask.pieces),
        tongues=_tongues(agent, ask),
        unread=unread,
    )


def _chosen(agent: Agent, ask: Ask, *, now: Moment) -> tuple[QuerySet[Case], Wanted, tuple[str, ...]]:
    """Return the cases that are what is asked, what was looked for, and the filters nobody can read."""
    read = {each: condition(each, agent, now=now) for each in ask.filters}
    asked = [each for each in read.values() if each is not None]
    what = wanted(ask, _tongues(agent, ask))
    unread = tuple(f"{each.key}:{each.value}" for each, meant in read.items() if meant is None)
    found = cases_for(agent).none() if unread else cases_for(agent).filter(*asked)
    if not any(each.key == "is" and each.value.lower() in ("spam", "blocked") for each in ask.filters):
        found = found.exclude(status__in=OUT_OF_SIGHT)
    found = _with_words(found, what, agent, ask, most=MOST_WITH_FILTERS if asked else MOST_RANKED + 1)
    return found, what, unread


def _with_words(found: QuerySet[Case], what: Wanted, agent: Agent, ask: Ask, *, most: int) -> QuerySet[Case]:
    notes = _may_see_notes(agent)
    if what.must is not None:
        said = Q(pk__in=numbers_with(what.must, never=what.never, most=most, with_notes=notes))
        number = _number(ask)
        return found.filter(said | Q(pk=number)) if number else found.filter(said)
    if what.never is not None:
        return found.exclude(pk__in=numbers_with(what.never, most=MOST_WITH_FILTERS, with_notes=notes))
    return found


def _tongues(agent: Agent, ask: Ask) -> tuple[LanguageTag, ...]:
    return asked_in(" ".join(piece.text for piece in ask.pieces), agent.languages)


def _number(ask: Ask) -> int | None:
    """Return the case number that was asked for, if nothing but a number was."""
    text = ask.pieces[0].text.removeprefix("#") if len(ask.pieces) == 1 and not ask.pieces[0].key else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None


def _better(agent: Agent, what: Wanted, *, among: int) -> list[tuple[float, frozenset[int]]]:
    """Return which finds count for more: every word as it was typed, every word in a heading."""
    if among <= 1:
        return []
    return [
        (EXACTLY, _holding(agent, what.exactly)),
        (IN_A_HEADING, _holding(agent, what.heading)),
    ]


def _holding(agent: Agent, node: Node | None) -> frozenset[int]:
    if node is None:
        return frozenset()
    holding = numbers_with(node, most=MOST_RANKED, with_notes=_may_see_notes(agent))
    return frozenset(cases_for(agent).filter(pk__in=holding).values_list("pk", flat=True))


def _score(row: tuple[int, datetime, datetime | None, datetime | None, str],
           better: list[tuple[float, frozenset[int]]], number: int | None, *, now: Moment) -> float:  # fmt: skip
    key, opened_at, heard_at, answered_at, status = row
    age_days = max(0.0, (now - max(filter(None, (opened_at, heard_at, answered_at)))).total_seconds() / 86_400)
    relevance = 1.0 + sum(worth for worth, keys in better if key in keys) + (BY_ITS_NUMBER if key == number else 0)
    return relevance * (OPEN if status == Case.Status.OPEN else 1.0) / (1 + age_days / HALF_AS_FRESH_AFTER_DAYS)


def _may_see_notes(agent: Agent) -> bool:
    """Return whether notes may tell this person anything: the door that shows notes decides."""
    return notes_for(agent).exists()
