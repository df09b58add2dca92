"""Alphabet: one byte for each letter that a pack's patterns name, so that RE2 need not spell out all of Unicode.

"No letter stands here" is 1,300 instructions a pattern in UTF-8 and one in bytes: searching takes a third of the time,
and a place in the bytes is the place in the text.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from amends.vocabulary import BadPack

ASCII = 128
LATIN_1 = 256
RANGE = re.compile(r"(.)-(.)")
LONGEST_RANGE = 100
"""A longer one ("à-ỹ") is of the pack's own letters: those in between that it never names are other letters."""
MOST_REMEMBERED = 256


@dataclass(frozen=True, kw_only=True, eq=False)
class Alphabet:
    """The letters beyond ASCII that some patterns name, in order, and a byte each for all other letters and marks.

    The order keeps ranges whole: "[ก-๙]" is a range of bytes too.
    """

    letters: str

    def bytes_of(self, text: str) -> bytes:
        """Return a text, or a pattern, with one byte for each of its characters."""
        return text.encode("ascii") if text.isascii() else _bytes_of(self, text)

    @cached_property
    def word(self) -> bytes:
        """Return what letters, marks and figures are written with, as the inside of a class of characters."""
        named = [self.bytes_of(letter) for letter in self.letters if _is_of_word(letter)]
        return b"0-9A-Za-z" + b"".join([*named, bytes([self._other_letter])])

    @cached_property
    def table(self) -> Mapping[int, int]:
        """Return the byte of each character, for `str.translate`."""
        known = {place: place for place in range(ASCII)} | {ord(c): ASCII + n for n, c in enumerate(self.letters)}
        return _Table(known, other_letter=self._other_letter)

    @property
    def _other_letter(self) -> int:
        return LATIN_1 - 1


def alphabet_of(patterns: Iterable[str], *, where: str) -> Alphabet:
    """Return the alphabet of some patterns. Raises BadPack, with `where`, for more letters than it can hold."""
    named: set[str] = set()
    for pattern in patterns:
        named.update(pattern)
        for first, last in RANGE.findall(pattern):
            between = range(ord(first), ord(last))
            named.update(map(chr, between if len(between) <= LONGEST_RANGE else ()))
    letters = "".join(sorted(letter for letter in named if not letter.isascii()))
    if len(letters) > LATIN_1 - ASCII - 2:
        raise BadPack(f"{where}: its patterns name {len(letters)} letters beyond ASCII; 126 is the most")
    return Alphabet(letters=letters)


class _Table(dict[int, int]):
    """A table for `str.translate` in which every character has a byte."""

    def __init__(self, known: Mapping[int, int], *, other_letter: int) -> None:
        super().__init__(known)
        self.other_letter = other_letter

    def __missing__(self, character: int) -> int:
        return self.other_letter if _is_of_word(chr(character)) else self.other_letter - 1


def _is_of_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"


@lru_cache(maxsize=MOST_REMEMBERED)
def _bytes_of(alphabet: Alphabet, text: str) -> bytes:
    return text.translate(alphabet.table).encode("latin-1")
