"""A word that nobody here ever used is probably mistyped: the nearest one that was."""

from dataclasses import replace
from typing import Final

from django.db.models import Q

from amends.desk.models import KnownWord
from amends.search.ask import Ask, Piece
from amends.search.folding import folded
from amends.search.tokens import THAI_RUN

LEAST_LETTERS: Final = 4
LONG_WORD: Final = 8
MOST_LETTERS: Final = 30
MOST_COMPARED: Final = 5_000


def corrected(ask: Ask) -> tuple[Ask, tuple[tuple[str, str], ...]]:
    """Return the ask with each unknown word replaced by the nearest known one, and which were replaced."""
    instead: dict[str, str] = {}
    for piece in ask.pieces:
        if _may_be_mistyped(piece) and (near := _nearest(folded(piece.text))):
            instead[piece.text] = near
    pieces = tuple(replace(piece, text=instead.get(piece.text, piece.text)) for piece in ask.pieces)
    return replace(ask, pieces=pieces), tuple(instead.items())


def is_spelling(word: str) -> bool:
    """Return whether a word is worth remembering as a spelling: letters only, in a script with spaces."""
    return LEAST_LETTERS <= len(word) <= MOST_LETTERS and word.isalpha() and not THAI_RUN.search(word)


def _may_be_mistyped(piece: Piece) -> bool:
    return not piece.key and not piece.is_not and is_spelling(folded(piece.text))


def _nearest(word: str) -> str | None:
    """Return the known word that is one slip away, two for a long one; None for a known word, or without any."""
    if KnownWord.objects.filter(word=word).exists():
        return None
    slips = 2 if len(word) >= LONG_WORD else 1
    begins = Q(word__startswith=word[:2]) | Q(word__startswith=word[1::-1]) | Q(word__startswith=word[0] + word[2])
    near = KnownWord.objects.filter(begins).values_list("word", flat=True)[:MOST_COMPARED]
    ranked = sorted((distance(word, each), each) for each in near if abs(len(each) - len(word)) <= slips)
    return ranked[0][1] if ranked and ranked[0][0] <= slips else None


def distance(one: str, other: str) -> int:
    """Return how many slips lie between two words: a letter more, less or other, or two in each other's place."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, against in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
