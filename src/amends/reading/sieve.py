"""Which patterns a text may hold at all, told from letters that stand in every match of theirs.

A set of expressions tells it too, but each text leads it to states it has never been in: it cost up to two thirds of
a reading (ADR 0177). Here each pattern is written out as its ways, "never ... again" as ` never ` and ` again `, and
the longest pieces of all are looked for in one pass (Aho and Corasick). A pattern let through may still match nothing;
one held back never matches.
"""

import re
from collections.abc import Collection, Iterable
from itertools import zip_longest
from typing import Final

from ahocorasick_rs import BytesAhoCorasick, Implementation

PART: Final = re.compile(
    r" \.\.\. |\{\d,\d\}|\\w\+|\\.|\*|#| +|[()|?]|\[[^\]]*\]|[^\s*#()|?\[\]\\{]+(?![?{])|[^ *#()|?\[\]]"
)
"""The parts of a pattern in the language of the packs; letters that stand together are one, but for a last one that
may be missing."""
MOST_WAYS: Final = 600
MOST_MISSING: Final = 2
SHORTEST: Final = 3
"""A piece of fewer bytes stands nearly everywhere."""
OPEN: Final = "\0"
"""Stands in a way for whatever is left open …"""
ANY_LETTERS: Final = "\1"
"""… and this for the rest of a word."""
_NOT_SAID: Final = re.compile(f"[{OPEN}{ANY_LETTERS}]")
_NOT_SAID_IN_BYTES: Final = re.compile(_NOT_SAID.pattern.encode())
_SPACES: Final = re.compile(rb" {2,}")
_EDGES: Final = bytes(byte if byte >= 0x80 or chr(byte).isalnum() else 0x20 for byte in range(256)).translate(
    bytes.maketrans(b"123456789", b"0" * 9)
)
"""Whatever parts words becomes a space: so a piece that begins or ends a word begins or ends with one. Digits are 0."""


Beside = dict[int, list[tuple[int, tuple[int, ...]]]]
"""By a second piece of a way: what is sought, and the other pieces of that way."""


class LetterSieve:
    """The ways of whatever is sought, numbered, by the longest piece of each and the longest beside it."""

    def __init__(self, sought: Iterable[Collection[str]]) -> None:
        """Take in all ways of each, as `ways` writes them."""
        numbers, open_, alone, beside = dict[bytes, int](), set[int](), dict[int, list[int]](), dict[int, Beside]()
        for sought_as, written in enumerate(sought):
            for pieces in set(map(pieces_of, written)):
                if len(pieces[0]) < SHORTEST:
                    open_.add(sought_as)
                    continue
                first, *others = (numbers.setdefault(piece, len(numbers)) for piece in pieces)
                if others:
                    beside.setdefault(first, {}).setdefault(others[0], []).append((sought_as, tuple(others[1:])))
                else:
                    alone.setdefault(first, []).append(sought_as)
        self._open = frozenset(open_)
        self._alone = {piece: tuple(each) for piece, each in alone.items()}
        self._beside = {
            piece: {other: tuple(each) for other, each in others.items()} for piece, others in beside.items()
        }
        self._pieces = BytesAhoCorasick(list(numbers), implementation=Implementation.ContiguousNFA)

    def let_through(self, text: bytes) -> list[int]:
        """Return which of what is sought may match, in order. `text`: as `edged`."""
        found, met = set(self._open), {place[0] for place in self._pieces.find_matches_as_indexes(text, True)}
        for piece in met & self._alone.keys():
            found.update(self._alone[piece])
        for piece in met & self._beside.keys():
            others = self._beside[piece]
            for other in met & others.keys():
                found.update([number for number, rest in others[other] if met.issuperset(rest)])
        return sorted(found)


def edged(raw: bytes) -> bytes:
    """Return a text with one space for whatever parts two words, and one around it."""
    return b" " + b" ".join(raw.translate(_EDGES).split()) + b" "


def pieces_of(way: str) -> tuple[bytes, ...]:
    """Return the pieces of a way that a text must hold, the longest first; a piece without letters tells nothing."""
    pieces = {_single(piece.translate(_EDGES)) for piece in _NOT_SAID_IN_BYTES.split(way.encode())}
    told = [piece for piece in pieces if piece and not piece.isspace()]
    if len(told) > 1:
        told.sort(key=lambda piece: (-len(piece), piece))
    return tuple(told) or (b"",)


def _single(piece: bytes) -> bytes:
    return _SPACES.sub(b" ", piece) if b"  " in piece else piece


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
