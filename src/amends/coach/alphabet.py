"""One byte a letter for a script that UTF-8 writes in three: the engine walks a third as far, on smaller machines.

A page holds beyond ASCII only letters, marks, digits and « » (page.py). docs/decisions/0171-one-byte-a-letter.md
"""

import re
import unicodedata
from collections import Counter
from typing import Final

from amends.coach.expression import LETTER
from amends.coach.page import PLAIN

BLOCK: Final = 0x80
"""Code points beside each other that share a script, and as many bytes as there are beyond ASCII."""
OTHER: Final = 0xFF
"""The byte of all letters that no pattern names: any letter to a pattern, none in particular."""
ANY_BYTE: Final = r"a-z\x80-\xff"
"""LETTER, of bytes."""
BY_NUMBER: Final = re.compile(r"\\[pPxCQ]|\(\?[^:]")
"""What tells letters by their number or kind, which a byte no longer has, or does not care for their case."""
RANGE: Final = re.compile(r"([^\x00-\x7f])-(.)|([\x00-\x7f])-([^\x00-\x7f])", re.DOTALL)


class Alphabet:
    """The letters of one block as bytes in their order; behind them bytes for a few others that patterns name."""

    def __init__(self, block: range) -> None:
        """Take the letters of a block, which leaves two bytes at least beside OTHER."""
        self._block = block
        self._bytes = _Bytes({code: BLOCK + place for place, code in enumerate(block)})
        self._never, *self._spare = range(BLOCK + len(block), OTHER)

    def text(self, plain: str) -> bytes:
        """Return a page, one byte a letter."""
        return plain.translate(self._bytes).encode("latin-1")

    def pattern(self, source: str) -> bytes | None:
        """Return a pattern over such bytes, None where it tells letters by number or names too many of other scripts.

        Every pattern must have been asked for before a page is: a page gives OTHER to what no pattern named.
        """
        if BY_NUMBER.search(source.replace(LETTER, "")) or not all(map(self._keeps_order, RANGE.finditer(source))):
            return None
        for letter in sorted({letter for letter in source if not letter.isascii() and ord(letter) not in self._bytes}):
            if PLAIN[ord(letter)] != letter:
                self._bytes[ord(letter)] = self._never
            elif self._spare:
                self._bytes[ord(letter)] = self._spare.pop(0)
            else:
                return None
        return source.replace(LETTER, ANY_BYTE).translate(self._bytes).encode("latin-1")

    def _keeps_order(self, between: "re.Match[str]") -> bool:
        """Return whether a range, `[ก-ฮ]`, holds the same letters as bytes."""
        return all(ord(letter) in self._block for letter in between.groups() if letter)


class _Bytes(dict[int, int]):
    """Code point → byte: ASCII as it is, what is not known OTHER."""

    def __missing__(self, code: int) -> int:
        return code if code < BLOCK else OTHER


def alphabet(words: str) -> Alphabet | None:
    """Return the alphabet of the script that most of the words are in, None where it leaves no byte to spare."""
    blocks = Counter(ord(letter) // BLOCK for letter in words if not letter.isascii())
    first = max(blocks, key=blocks.__getitem__, default=0) * BLOCK
    last = max(code for code in range(first, first + BLOCK) if unicodedata.category(chr(code))[0] in "LMN")
    fits = first > 0 and last + 3 < first + BLOCK
    return Alphabet(range(first, last + 1)) if fits else None
