"""Which patterns a text may hold at all, told from letters that stand in every match of theirs.

A set of expressions tells it too, but each text leads it to states it has never been in: it cost up to two thirds of
a reading (ADR 0177). Here each pattern is written out as its ways, "never ... again" as ` never ` and ` again `, and a
few letters of its longest piece are looked up for every place of a text at once. A pattern let through may still match
nothing; one held back never matches.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Final

import numpy as np
from numpy.typing import NDArray

PART: Final = re.compile(r" \.\.\. |\{\d,\d\}|\\w\+|\\.|\*|#| +|[()|?]|\[[^\]]*\]|[^ *#()|?\[\]]")
"""The parts of a pattern in the language of the packs."""
MOST_WAYS: Final = 600
MOST_MISSING: Final = 2
LENGTHS: Final = (12, 8, 5, 3)
"""How many bytes of a piece are looked up: the first of these that it has."""
OPEN: Final = "\0"
"""Stands in a way for whatever is left open …"""
ANY_LETTERS: Final = "\1"
"""… and this for the rest of a word."""
_NOT_SAID: Final = re.compile(f"[{OPEN}{ANY_LETTERS}]")
_SPACES: Final = re.compile(rb" {2,}")
_AT_ONCE: Final = 8
_MASKS: Final = np.array([[256**length - 1] for length in LENGTHS[1:]], dtype=np.uint64)
_STIR: Final = np.array([[0x9E3779B97F4A7C15 + 2 * length] for length in LENGTHS[1:]], dtype=np.uint64)
BITS: Final = 21
_SHIFT: Final = np.uint64(64 - BITS)
_BIT: Final = np.left_shift(1, np.arange(8)).astype(np.uint8)
_EDGES: Final = bytes(byte if byte >= 0x80 or chr(byte).isalnum() else 0x20 for byte in range(256)).translate(
    bytes.maketrans(b"123456789", b"0" * 9)
)
"""Whatever parts words becomes a space: so a piece that begins or ends a word begins or ends with one. Digits are 0."""


Pieces = tuple[bytes, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Grams:
    """The numbers of what stands at all places of a text, and for each in which byte of a table it is, and its bit."""

    numbers: NDArray[np.int64]
    byte: NDArray[np.int64]
    bit: NDArray[np.uint8]


class LetterSieve:
    """The ways of whatever is sought, numbered, by the letters looked up."""

    def __init__(self, sought: Iterable[Collection[str]]) -> None:
        """Take in all ways of each, as `ways` writes them."""
        self._holds = np.zeros(2**BITS // 8, dtype=np.uint8)
        self._sure: dict[int, list[tuple[bytes, tuple[int, ...]]]] = {}
        self._more: dict[bytes, list[tuple[int, Pieces]]] = {}
        self._open: set[int] = set()
        held: dict[bytes, list[tuple[int, Pieces]]] = {}
        for number, written in enumerate(sought):
            for first, *others in set(map(pieces_of, written)):
                if len(first) < LENGTHS[-1]:
                    self._open.add(number)
                else:
                    held.setdefault(first, []).append((number, tuple(others)))
        for piece, place in zip(held, _looked_up(list(held)), strict=True):
            self._holds[place // 8] |= _BIT[place % 8]
            alone = tuple(dict.fromkeys(number for number, others in held[piece] if not others))
            self._sure.setdefault(place, []).append((piece, alone))
            if more := [(number, others) for number, others in held[piece] if number not in alone]:
                self._more[piece] = more

    def let_through(self, text: bytes, grams: Grams) -> list[int]:
        """Return which of what is sought may match, in order. `text`: as `edged`; `grams`: `grams_of` that."""
        found, holds = set(self._open), text.__contains__
        here = np.flatnonzero(self._holds.take(grams.byte) & grams.bit)
        places = set(grams.numbers[here].tolist())
        for piece, alone in chain.from_iterable(self._sure.get(place, ()) for place in places):
            if holds(piece):
                found.update(alone)
                found.update(number for number, others in self._more.get(piece, ()) if all(map(holds, others)))
        return sorted(found)


def edged(raw: bytes) -> bytes:
    """Return a text with one space for whatever parts two words, and one around it."""
    return b" " + b" ".join(raw.translate(_EDGES).split()) + b" "


def grams_of(text: bytes) -> Grams:
    """Return a number below 2^21 for the next 12, 8, 5 and 3 bytes at every place of an edged text."""
    windows: NDArray[np.uint64] = np.ndarray((len(text) + _AT_ONCE,), "<u8", text + bytes(2 * _AT_ONCE), 0, (1,))
    mixed = windows & _MASKS
    mixed *= _STIR
    behind = LENGTHS[0] - LENGTHS[2]
    longest = mixed[0, : len(text)] + mixed[1, behind : behind + len(text)]
    every = np.concatenate([longest[np.newaxis], mixed[:, : len(text)]])
    every >>= _SHIFT
    numbers = every.ravel().view(np.int64)
    return Grams(numbers=numbers, byte=numbers >> 3, bit=_BIT.take(numbers & 7))


def _looked_up(pieces: Sequence[bytes]) -> list[int]:
    """Return the number by which each piece is looked up: of those of its letters that fewest other pieces have."""
    together = b"".join(pieces)
    grams = grams_of(together).numbers.reshape(len(LENGTHS), -1)
    ends = np.cumsum([len(piece) for piece in pieces]).tolist()
    mine = []
    for piece, end in zip(pieces, ends, strict=True):
        row, length = next((row, length) for row, length in enumerate(LENGTHS) if length <= len(piece))
        mine.append(grams[row, end - len(piece) : end - length + 1])
    usual = np.bincount(np.concatenate(mine), minlength=2**BITS) if mine else np.zeros(0)
    return [int(each[usual[each].argmin()]) for each in mine]


def pieces_of(way: str) -> tuple[bytes, ...]:
    """Return the pieces of a way that a text must hold, the longest first; a piece without letters tells nothing."""
    pieces = {_SPACES.sub(b" ", piece.encode().translate(_EDGES)) for piece in _NOT_SAID.split(way)}
    told = sorted((piece for piece in pieces if piece.strip()), key=lambda piece: (-len(piece), piece))
    return tuple(told) or (b"",)


def ways(pattern: str, *, spaced: bool) -> list[str]:
    """Return what a pattern may look like, with OPEN for whatever is left open and ANY_LETTERS for the rest of a word.

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
        return f" {OPEN} " if spaced else OPEN
    if part.isspace():
        return " " if spaced else OPEN
    if part == "*":
        return ANY_LETTERS
    if part == "#":
        return "0" + OPEN
    return OPEN if part == r"\w+" or part[0] == "[" else part.removeprefix("\\")


def _repeats(part: str) -> bool:
    return part == "?" or (len(part) > 1 and part[0] == "{")


def _repeated(whole: list[str], behind: str) -> list[str]:
    """Return the ways of what may be missing, or stand there more than once."""
    if not _repeats(behind):
        return whole
    if len(whole) > MOST_MISSING:
        return [OPEN]
    return ["", *whole] if behind == "?" else ["", *(way + OPEN for way in whole)]


def _beside(row: list[str], more: list[str]) -> list[str]:
    if len(row) * len(more) <= MOST_WAYS:
        return list(dict.fromkeys(one + other for one in row for other in more))
    if _strength(row) >= _strength(more):
        return [way + OPEN for way in row]
    return [OPEN + way for way in more]


def _strength(row: list[str]) -> int:
    """Return how long the longest piece is in the way that tells least."""
    return min(max(map(len, _NOT_SAID.split(way))) for way in row)
