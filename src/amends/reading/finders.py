"""How one pattern of a pack is found in a text: word by word where it says all its letters, else as an expression.

Most patterns are plain words in a few ways; for those an expression would first build states that no text needs again.
"""

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Protocol

from amends.reading.plain import Plain
from amends.reading.sieve import ANY_LETTERS, OPEN
from amends.text.linear import Search

Edged = tuple[int, int, int, int]
"""Where a match begins and ends with the byte on either side, if there is one, that parts it from other words; and
where without them, -1 and -1 where the finder cannot tell."""
LETTERS: Final = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") | set(range(0x80, 0x100))

_GOES_ON: Final = re.compile(f"{ANY_LETTERS}(?! |$)|(?:^| ){ANY_LETTERS}")
"""What may go on in more than one way, or may be missing between two spaces."""


class Finder(Protocol):
    """Finds one pattern."""

    def first(self, plain: Plain, place: int) -> Edged | None:
        """Return the first match in the raw bytes from `place` on, of those that begin there the longest."""
        ...


@dataclass(frozen=True, slots=True)
class Words:
    """Whole words that stand just so, parted by any white space; between two `pieces` a word goes on as it likes."""

    pieces: tuple[bytes, ...]

    def first(self, plain: Plain, place: int) -> Edged | None:
        """Return where they stand first."""
        text, at, (head, *tails) = plain.single, plain.single_at, self.pieces
        start = text.find(head, bisect_left(at, place) if place else 0)
        while start >= 0:
            first = at[start]
            if first == 0 or (first > place and text[start - 1] not in LETTERS):
                end = _behind(text, start + len(head), tails)
                if end and (end == len(text) or text[end] not in LETTERS):
                    return max(0, first - 1), min(len(plain.raw), at[end - 1] + 2), first, at[end - 1] + 1
            start = text.find(head, start + 1)
        return None


def _behind(text: bytes, end: int, tails: list[bytes]) -> int:
    """Return where words end whose first piece ends at `end`, 0 where the other pieces do not follow."""
    for tail in tails:
        while end < len(text) and text[end] in LETTERS:
            end += 1
        if not text.startswith(tail, end):
            return 0
        end += len(tail)
    return end


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters of a script that parts no words."""

    said: bytes

    def first(self, plain: Plain, place: int) -> Edged | None:
        """Return where they stand first."""
        start = plain.raw.find(self.said, place)
        end = start + len(self.said)
        return (start, end, start, end) if start >= 0 else None


@dataclass(frozen=True)
class Expression:
    """A pattern that leaves something open. `compiled` is asked for at the first text that may hold it."""

    compiled: Callable[[], Search]

    @cached_property
    def _search(self) -> Search:
        return self.compiled()

    def first(self, plain: Plain, place: int) -> Edged | None:
        """Return where it matches first."""
        found = self._search(plain.raw, place)
        return (*found[0], -1, -1) if found else None


def words_of(way: str) -> Words | None:
    """Return the finder of a way of whole words; None where something else than the end of a word is left open."""
    if OPEN in way:
        return None
    inside = way[1:-1]
    if (ANY_LETTERS in inside and _GOES_ON.search(inside)) or inside != " ".join(inside.split()) or not inside:
        return None
    return Words(tuple(piece.encode() for piece in inside.split(ANY_LETTERS)))


def letters_of(way: str) -> Letters | None:
    """Return the finder of a way in a script that parts no words; None where anything is left open."""
    return None if not way or OPEN in way or ANY_LETTERS in way else Letters(way.encode())
