"""The table of words: one row a case, written by the index and asked by the search."""

from collections.abc import Iterable
from typing import Final

from django.db import connection

from amends.desk.search.asked import NOTED
from amends.search.words import Words

LAST_POSITION: Final = 16_383
MOST_POSITIONS: Final = 255
"""What a tsvector can say of where a word stands; beyond, the word is found but no phrase with it."""


def put(case_id: int, *, told: Words, noted: Words) -> None:
    """Keep the words of a case in place of those kept before; `noted` are those of its notes."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM search_words WHERE rowid = %s", [case_id])
            cursor.execute(
                "INSERT INTO search_words (rowid, said, forms, noted) VALUES (%s, %s, %s, %s)",
                [case_id, " ".join(told.said), _joined(told.forms), " ".join([*noted.said, *sorted(noted.forms)])],
            )
        else:
            cursor.execute(
                "INSERT INTO search_words (rowid, terms) VALUES (%s, %s::tsvector)"
                " ON CONFLICT (rowid) DO UPDATE SET terms = EXCLUDED.terms",
                [case_id, tsvector(told, noted)],
            )


def tsvector(told: Words, noted: Words) -> str:
    """Return the words of a case as PostgreSQL writes them: each with its places, notes with a sign before."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate([*told.said, *(NOTED + word for word in noted.said)], start=1):
        places.setdefault(word, []).append(place)
    lines = [_lexeme(word, at) for word, at in places.items()]
    others = {*told.forms, *(NOTED + form for form in noted.forms)} - places.keys()
    return " ".join([*lines, *(_lexeme(form, []) for form in sorted(others))])


def _lexeme(word: str, places: list[int]) -> str:
    quoted = "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
    at = [str(place) for place in places[:MOST_POSITIONS] if place <= LAST_POSITION]
    return f"{quoted}:{','.join(at)}" if at else quoted


def _joined(forms: Iterable[str]) -> str:
    return " ".join(sorted(forms))
