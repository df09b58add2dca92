"""Which groups of patterns a text may hold at all, told from letters that stand in every match of theirs.

A set of expressions tells it too, but each text leads it to states it has never been in: it cost up to two thirds of
a reading (ADR 0177). Here each pattern is written out as its ways, "never ... again" as ` never ` and ` again `, and a
few letters of its longest piece are looked up for every place of a text at once. A group let through may still match
nothing; one held back never matches.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Final

import numpy as np
from numpy.typing import NDArray

PART: Final = re.compile(r" \.\.\. |\{\d,\d\}|\\w\+|\\.|\*|#| +|[()|?]|\[[^\]]*\]|[^ *#()|?\[\]]")
"""The parts of a pattern in the language of the packs."""
MOST_WAYS: Final = 200
MOST_MISSING: Final = 2
LENGTHS: Final = (12, 8, 5, 3)
"""How many bytes of a piece are looked up: the first of these that it has."""
_BREAK: Final = "\0"
_SPACES: Final = re.compile(rb" {2,}")
_AT_ONCE: Final = 8
_MASKS: Final = np.array([[256**length - 1] for length in LENGTHS[1:]], dtype=np.uint64)
_STIR: Final = np.array([[0x9E3779B97F4A7C15 + 2 * length] for length in LENGTHS[1:]], dtype=np.uint64)
_BITS: Final = 18
_SHIFT: Final = np.uint64(64 - _BITS)
_EDGES: Final = bytes(byte if byte >= 0x80 or chr(byte).isalnum() else 0x20 for byte in range(256))
"""Whatever parts words becomes a space: so a piece that begins or ends a word begins or ends with one."""


Way = tuple[bytes, ...]


class Sieve:
    """The ways of numbered groups of patterns, by the letters looked up."""

    def __init__(self, groups: Iterable[Sequence[str]], *, spaced: bool) -> None:
        """Write out all patterns of each group. `spaced`: whether the script parts words."""
        self._holds = np.zeros(2**_BITS, dtype=bool)
        self._sure: dict[int, dict[bytes, frozenset[int]]] = {}
        self._more: dict[bytes, list[tuple[int, Way]]] = {}
        self._open: set[int] = set()
        held: dict[bytes, list[tuple[int, Way]]] = {}
        for number, patterns in enumerate(groups):
            for first, *others in {pieces_of(way) for pattern in patterns for way in ways(pattern, spaced=spaced)}:
                if len(first) < LENGTHS[-1]:
                    self._open.add(number)
                else:
                    held.setdefault(first, []).append((number, tuple(others)))
        for piece, place in zip(held, _looked_up(list(held)), strict=True):
            self._holds[place] = True
            alone = frozenset(number for number, others in held[piece] if not others)
            self._sure.setdefault(place, {})[piece] = alone
            if more := [(number, others) for number, others in held[piece] if number not in alone]:
                self._more[piece] = more

    def let_through(self, text: bytes, grams: NDArray[np.int64]) -> list[int]:
        """Return the groups that may match, in order. `text`: as `edged`; `grams`: what `grams_of` makes of that."""
        found = set(self._open)
        for place in set(grams[self._holds.take(grams)].tolist()):
            for piece, alone in self._sure[place].items():
                if piece in text:
                    found |= alone
                    for number, others in self._more.get(piece, ()):
                        if number not in found and all(other in text for other in others):
                            found.add(number)
        return sorted(found)


def edged(raw: bytes) -> bytes:
    """Return a text with one space for whatever parts two words, and one around it."""
    return b" " + b" ".join(raw.translate(_EDGES).split()) + b" "


def grams_of(text: bytes) -> NDArray[np.int64]:
    """Return a number below 2^18 for the next 12, 8, 5 and 3 bytes at every place of an edged text."""
    windows: NDArray[np.uint64] = np.ndarray((len(text) + _AT_ONCE,), "<u8", text + bytes(2 * _AT_ONCE), 0, (1,))
    mixed = windows & _MASKS
    mixed *= _STIR
    longest = mixed[0, : len(text)] ^ (mixed[1, _AT_ONCE:] >> np.uint64(_BITS))
    every = np.concatenate([longest[np.newaxis], mixed[:, : len(text)]])
    every >>= _SHIFT
    return every.ravel().view(np.int64)


def _looked_up(pieces: Sequence[bytes]) -> list[int]:
    """Return the number by which each piece is looked up: of those of its letters that fewest other pieces have."""
    together = b"".join(pieces)
    grams = grams_of(together).reshape(len(LENGTHS), -1)
    ends = np.cumsum([len(piece) for piece in pieces]).tolist()
    mine = []
    for piece, end in zip(pieces, ends, strict=True):
        row, length = next((row, length) for row, length in enumerate(LENGTHS) if length <= len(piece))
        mine.append(grams[row, end - len(piece) : end - length + 1])
    usual = np.bincount(np.concatenate(mine), minlength=2**_BITS) if mine else np.zeros(0)
    return [int(each[usual[each].argmin()]) for each in mine]


def pieces_of(way: str) -> tuple[bytes, ...]:
    """Return the pieces of a way that a text must hold, the longest first; a piece without letters tells nothing."""
    pieces = {_SPACES.sub(b" ", piece.encode().translate(_EDGES)) for piece in way.split(_BREAK)}
    told = sorted((piece for piece in pieces if piece.strip()), key=lambda piece: (-len(piece), piece))
    return tuple(told) or (b"",)


def ways(pattern: str, *, spaced: bool) -> list[str]:
    """Return what a pattern may look like, with a NUL for whatever is left open.

    Where there are too many ways, the weaker side of two that stand beside each other is left open.
    """
    parts = PART.findall(pattern.strip().lower())
    frames: list[tuple[list[str], list[str]]] = [([], [""])]
    for part, behind in zip_longest(parts, parts[1:], fillvalue=""):
        if part == "(":
            frames.append(([], [""]))
        elif part == "|":
            either, row = frames.pop()
            frames.append((either + row, [""]))
        elif not _repeats(part):
            whole = [_meant(part, spaced=spaced)]
            if part == ")":
                either, row = frames.pop()
                whole = either + row
            either, row = frames.pop()
            frames.append((either, _beside(row, _repeated(whole, behind))))
    either, row = frames.pop()
    edge = " " if spaced else ""
    return [edge + way + edge for way in either + row]


def _meant(part: str, *, spaced: bool) -> str:
    if part == " ... ":
        return f" {_BREAK} " if spaced else _BREAK
    if part.isspace():
        return " " if spaced else _BREAK
    return _BREAK if part in {"*", "#", r"\w+"} or part[0] == "[" else part.removeprefix("\\")


def _repeats(part: str) -> bool:
    return part == "?" or (len(part) > 1 and part[0] == "{")


def _repeated(whole: list[str], behind: str) -> list[str]:
    """Return the ways of what may be missing, or stand there more than once."""
    if not _repeats(behind):
        return whole
    if len(whole) > MOST_MISSING:
        return [_BREAK]
    return ["", *whole] if behind == "?" else ["", *(way + _BREAK for way in whole)]


def _beside(row: list[str], more: list[str]) -> list[str]:
    if len(row) * len(more) <= MOST_WAYS:
        return list(dict.fromkeys(one + other for one in row for other in more))
    if _strength(row) >= _strength(more):
        return [way + _BREAK for way in row]
    return [_BREAK + way for way in more]


def _strength(row: list[str]) -> int:
    """Return how long the longest piece is in the way that tells least."""
    return min(max(map(len, way.split(_BREAK))) for way in row)
