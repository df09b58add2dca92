"""A customer's text made ready for matching, once for all readers."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from amends.reading.sieve import edged
from amends.text.normal import INVISIBLE, SAME_AS, Normal, normal
from amends.text.segments import SentenceRules, sentences
from amends.text.spans import Span

LONGEST_READ: Final = 20_000
_UNSEEN: Final = re.compile(f"[{''.join(INVISIBLE)}]")
_WHITE: Final = bytes.maketrans(b"\t\n\f\r", b" " * 4)
_RUN: Final = re.compile(rb" {2,}")
_LONG_RUN: Final = re.compile(r"([^\W\d_])\1{3}")
# Signs and pictures part words like a space does; the patterns see bytes and could not tell them from letters.
_SIGNS: Final = re.compile(
    "[\u0080-\u00bf\u060c\u061b\u061f\u06d4\u0964\u2000-\u2bff\u3000-\u303f\ufe00-\ufe0f\uff00-\uff0f\U00010000-\U0010ffff]"
)
_MONEY_STAYS: Final = "€£¥₦₱₹₫"
# Thai, Devanagari, Arabic and full-width digits are read as 0–9; they are as long.
_DIGITS: Final = {
    start + value: str(value) for start in (0x0E50, 0x0966, 0x0660, 0x06F0, 0xFF10) for value in range(10)
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Plain:
    """The first 20,000 code points of a message: as written, in normal form, and as bytes with signs blanked."""

    written: str
    normal: Normal

    @cached_property
    def blanked(self) -> str:
        """Return the normal form with signs as spaces and any digits as 0–9, letter for letter as long."""
        text = self.normal.text
        return text if text.isascii() else _SIGNS.sub(_blank, text.translate(_DIGITS))

    @cached_property
    def raw(self) -> bytes:
        """Return `blanked` as UTF-8, which the patterns read."""
        return self.blanked.encode("utf-8", "replace")

    @cached_property
    def edged(self) -> bytes:
        """Return `raw` with a space for all that parts words, which a sieve reads."""
        return edged(self.raw)

    @cached_property
    def single(self) -> bytes:
        """Return `raw` with one space for all white space that stands together."""
        return _RUN.sub(b" ", self.raw.translate(_WHITE))

    @cached_property
    def single_at(self) -> Sequence[int]:
        """Return where each byte of `single` stands in `raw`."""
        if len(self.single) == len(self.raw):
            return range(len(self.raw))
        kept, place = list[int](), 0
        for run in _RUN.finditer(self.raw.translate(_WHITE)):
            kept += range(place, run.start() + 1)
            place = run.end()
        return [*kept, *range(place, len(self.raw))]

    @cached_property
    def _starts(self) -> list[int] | None:
        if len(self.raw) == len(self.blanked):
            return None
        starts: list[int] = np.flatnonzero((np.frombuffer(self.raw, dtype=np.uint8) & 0xC0) != 0x80).tolist()
        return starts

    def span(self, start: int, end: int) -> Span:
        """Return a stretch of bytes of `raw` as a stretch of the normal text."""
        if self._starts is None:
            return Span(start, end)
        return Span(bisect_left(self._starts, start), bisect_left(self._starts, end))

    def back(self, span: Span) -> Span:
        """Return where a stretch of the normal text stands in the message as written."""
        return self.normal.back(span)

    def sentences(self, rules: SentenceRules) -> list[Span]:
        """Return the sentences of the normal text."""
        return sentences(self.blanked, rules)


def plain(text: str) -> Plain:
    """Return a message ready for matching; what lies beyond 20,000 code points is not read."""
    written = text[:LONGEST_READ]
    return Plain(written=written, normal=_quick_normal(written) or normal(written))


def _quick_normal(text: str) -> Normal | None:
    """Return the normal form of a text that maps onto it letter by letter (nearly all do), else None."""
    lowered = text.translate(SAME_AS).lower()
    if len(lowered) != len(text) or not unicodedata.is_normalized("NFC", lowered):
        return None
    if (not text.isascii() and _UNSEEN.search(text)) or _has_long_run(lowered):
        return None
    return Normal(lowered, range(len(text) + 1))


def _has_long_run(text: str) -> bool:
    """Return whether a letter stands four times in a row: asked of all places at once, which most texts end."""
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    same = letters[1:] == letters[:-1]
    runs = same[2:] & same[1:-1] & same[:-2]
    return bool(runs.any()) and _LONG_RUN.search(text) is not None


def _blank(sign: re.Match[str]) -> str:
    return sign.group() if sign.group() in _MONEY_STAYS else " "
