"""Keep the words of every case in the search: the index follows the log, a second behind.

Whatever happens on a case is an event of it, so no act needs to know of the index, and an act that is added later is
followed too. What was read is written beside the newest event that was there, so that reading twice costs nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.db import transaction
from django.db.models import Max

from amends.desk.models import Case, Event, IndexedCase, KnownWord, SearchCursor
from amends.desk.search.case_words import words_of_case
from amends.desk.search.spelling import is_spelling
from amends.desk.search.table import put
from amends.vocabulary import Moment

SAYS_NOTHING_NEW: Final = (
    "case.assigned", "case.snoozed", "case.woke", "case.resolved", "case.reopened", "case.fault_set", "case.cause_set",
    "case.stage_walked", "case.tagged", "case.untagged", "case.spam", "case.not_spam",
)  # fmt: skip
"""Events after which a case is found by the same words as before."""
LATE_COMMITS: Final = 64
EVENTS_AT_ONCE: Final = 400
CASES_AT_ONCE: Final = 20
MOST_REMEMBERED: Final = 200_000


@dataclass(frozen=True, kw_only=True)
class Lag:
    """How far the search is behind: how many events, and since when; None when it is not."""

    events: int
    since: Moment | None


def index_cases(*, now: Moment) -> int:
    """Read the cases on which something happened since the last look; return how many were read."""
    read = 0
    while batch := _next_events():
        newest: dict[int, int] = {}
        for key, case_id, _ in batch:
            if case_id is not None:
                newest[case_id] = key
        read += _read_all(_not_yet(newest), now=now)
        with transaction.atomic():
            cursor = _cursor()
            cursor.event = max(cursor.event, batch[-1][0])
            cursor.save(update_fields=["event"])
    return read


def is_behind() -> bool:
    """Return whether anything happened that the search has not followed."""
    newest = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    followed = SearchCursor.objects.values_list("event", flat=True).first() or 0
    return newest > followed


def lag() -> Lag:
    """Return how far the search is behind the log."""
    followed = SearchCursor.objects.values_list("event", flat=True).first() or 0
    waiting = Event.objects.filter(pk__gt=followed).exclude(kind__in=SAYS_NOTHING_NEW).exclude(case=None)
    oldest = waiting.order_by("pk").values_list("at", flat=True).first()
    return Lag(events=waiting.count() if oldest else 0, since=oldest)


def begin_rebuild(*, now: Moment, anew: bool = False) -> int:
    """Say that every case is to be read anew, or go on with what was begun; return how many cases are left."""
    with transaction.atomic():
        cursor = _cursor()
        if cursor.rebuilding is None or anew:
            cursor.rebuilding = Case.objects.aggregate(newest=Max("pk"))["newest"] or 0
            cursor.rebuild_began_at = now
            cursor.save(update_fields=["rebuilding", "rebuild_began_at"])
    return Case.objects.filter(pk__lte=cursor.rebuilding).count()


def rebuild_some(*, now: Moment, at_once: int = 200) -> int:
    """Read the next cases of a rebuild, newest first, and write down how far it came; return how many, 0 at its end."""
    cursor = SearchCursor.objects.first()
    if cursor is None or cursor.rebuilding is None:
        return 0
    keys = list(Case.objects.filter(pk__lte=cursor.rebuilding).order_by("-pk").values_list("pk", flat=True)[:at_once])
    newest = dict(Event.objects.filter(case__in=keys).values_list("case").annotate(Max("pk")))
    _read_all({key: newest.get(key, 0) for key in keys}, now=now)
    with transaction.atomic():
        cursor = _cursor()
        cursor.rebuilding = keys[-1] - 1 if keys else None
        cursor.save(update_fields=["rebuilding"])
    return len(keys)


def _next_events() -> list[tuple[int, int | None, str]]:
    """Return events behind the cursor, and those just before it that may have been committed late."""
    followed = SearchCursor.objects.values_list("event", flat=True).first() or 0
    behind = Event.objects.filter(pk__gt=followed).order_by("pk").values_list("pk", "case_id", "kind")
    fresh = list(behind[:EVENTS_AT_ONCE])
    if not fresh:
        return []
    late = Event.objects.filter(pk__gt=followed - LATE_COMMITS, pk__lte=followed).order_by("pk")
    found = [*late.values_list("pk", "case_id", "kind"), *fresh]
    return [(key, None if kind in SAYS_NOTHING_NEW else case, kind) for key, case, kind in found]


def _not_yet(newest: dict[int, int]) -> dict[int, int]:
    read = dict(IndexedCase.objects.filter(pk__in=newest).values_list("pk", "event"))
    return {case: event for case, event in newest.items() if read.get(case, -1) < event}


def _read_all(newest: dict[int, int], *, now: Moment) -> int:
    """Read these cases. Their words are made outside of the transaction that keeps them."""
    keys = sorted(newest)
    for start in range(0, len(keys), CASES_AT_ONCE):
        cases = Case.objects.filter(pk__in=keys[start : start + CASES_AT_ONCE]).select_related(
            "customer", "brand", "order"
        )
        made = [(case.pk, *words_of_case(case)) for case in cases.prefetch_related("customer__handles", "notes")]
        with transaction.atomic():
            for key, told, noted in made:
                put(key, told=told, noted=noted)
            rows = [IndexedCase(case_id=key, event=newest[key], at=now) for key, _, _ in made]
            IndexedCase.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["case"], update_fields=["event", "at"]
            )
            _remember(word for _, told, _ in made for word in told.said)
    return len(keys)


def _remember(said: Iterable[str]) -> None:
    """Keep the spelling of words that were not said before."""
    known = _remembered()
    fresh = {word for word in said if word not in known and is_spelling(word)}
    KnownWord.objects.bulk_create((KnownWord(word=word) for word in fresh), ignore_conflicts=True)
    if len(known) + len(fresh) > MOST_REMEMBERED:
        known.clear()
    transaction.on_commit(lambda: known.update(fresh))


@cache
def _remembered() -> set[str]:
    """Return spellings that this process knows to be kept already."""
    return set()


def _cursor() -> SearchCursor:
    """Return the one row, held until the transaction ends."""
    SearchCursor.objects.get_or_create(pk=1)
    return SearchCursor.objects.select_for_update().get(pk=1)
