"""Which forms a text may hold at all, told by one look for the words that they need.

Searching for a form leads RE2 to states that it has to build for each new text. Of a thousand forms a text holds ten.
"""

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from itertools import chain
from operator import or_
from typing import Final, TypeVar

from ahocorasick_rs import BytesAhoCorasick, Implementation

from amends.promises.forms import Glue, Pattern, spans
from amends.promises.needed import Need, Needs, spaced_out, told_apart
from amends.text.spans import Span

MOST_REMEMBERED: Final = 512
NOTHING: Final = ()
Same = TypeVar("Same", bound=Hashable)


class Sieve:
    """Patterns of one alphabet, numbered, by the words they need."""

    def __init__(self, patterns: Sequence[Pattern], *, parts: Sequence[Glue] = ()) -> None:
        """Take patterns that are searched in whole texts, and behind them those that are in `parts` of one."""
        searched: list[Pattern | Glue] = [*patterns, *parts]
        self._alphabet = searched[0].alphabet if searched else None
        self._table = spaced_out(self._alphabet) if self._alphabet else b""
        whole, part = Needs(self._table), Needs(self._table, edge="")
        told = [*(whole.of(each.written) for each in patterns), *(part.of(each.written) for each in parts)]
        bits = {need: 1 << number for number, need in enumerate(dict.fromkeys(chain.from_iterable(told)))}
        self._open = [pattern for pattern, needed in enumerate(told) if not needed]
        said: dict[bytes, int] = {}
        for need, bit in bits.items():
            for piece in need:
                said[piece] = said.get(piece, 0) | bit
        self._met = _shared(said.values())
        asked: dict[bytes, list[tuple[int, int]]] = {}
        for pattern, needed in enumerate(told):
            asking = pattern, reduce(or_, map(bits.__getitem__, needed), 0)
            for piece in max(needed, key=_rarity, default=()):
                asked.setdefault(piece, []).append(asking)
        self._asked = _shared(tuple(asked.get(piece, NOTHING)) for piece in said)
        self._pieces = BytesAhoCorasick(list(said), implementation=Implementation.ContiguousNFA)

    def let_through(self, text: str) -> list[int]:
        """Return the numbers of the patterns that may stand in `text`, in order."""
        if self._alphabet is None:
            return []
        apart = told_apart(self._alphabet.bytes_of(text), self._table)
        pieces = {place[0] for place in self._pieces.find_matches_as_indexes(apart, overlapping=True)}
        found, met = {*self._open}, 0
        for piece in pieces:
            met |= self._met[piece]
        for piece in pieces:
            for pattern, needed in self._asked[piece]:
                if needed & met == needed:
                    found.add(pattern)
        return sorted(found)

    def among(self, text: str, patterns: range) -> Sequence[int]:
        """Return which of some patterns may stand in `text`, counted from the first of them; a text is sifted once."""
        found = _let_through(self, text)
        first, last = bisect_left(found, patterns.start), bisect_left(found, patterns.stop)
        return [number - patterns.start for number in found[first:last]]


@lru_cache(maxsize=MOST_REMEMBERED)
def _let_through(sieve: Sieve, text: str) -> Sequence[int]:
    return sieve.let_through(text)


def _shared(values: Iterable[Same]) -> list[Same]:
    """Return values of which those that are equal are one: thousands of words are needed by the same forms."""
    known: dict[Same, Same] = {}
    return [known.setdefault(value, value) for value in values]


def _rarity(need: Need) -> tuple[int, int]:
    """Return how seldom texts hold one of some pieces: the longer the shortest of them, the fewer they are."""
    return min(map(len, need)), -len(need)


@dataclass(frozen=True, slots=True, eq=False)
class Holds:
    """What a text may hold of some groups of patterns, and where it does, as far as somebody asked."""

    text: str
    may: Mapping[Hashable, Sequence[Pattern]]
    found: dict[Hashable, tuple[Span, ...]] = field(default_factory=dict)

    def places(self, group: Hashable) -> tuple[Span, ...]:
        """Return where patterns of a group stand, left to right, without overlaps."""
        if group not in self.may:
            return NOTHING
        found = self.found.get(group)
        if found is None:
            found = self.found[group] = tuple(spans(self.may[group], self.text))
        return found


class Groups:
    """Groups of patterns of one alphabet; of two patterns of a group that match at one place the first counts."""

    def __init__(
        self, groups: Mapping[Hashable, Sequence[Pattern]], *, sieve: Sieve | None = None, at: int = 0
    ) -> None:
        """Take groups, with the sieve that holds all their patterns in order from `at` on, if there is one already."""
        self._patterns = [(group, pattern) for group, patterns in groups.items() for pattern in patterns]
        self._sieve = sieve or Sieve([pattern for _, pattern in self._patterns])
        self._numbers = range(at, at + len(self._patterns))

    def holds(self, text: str) -> Holds:
        """Return what a text holds of them."""
        return _holds(self, text)

    def let_through(self, text: str) -> Mapping[Hashable, Sequence[Pattern]]:
        """Return those that a text may hold, in order, by group."""
        found: dict[Hashable, list[Pattern]] = {}
        for group, pattern in map(self._patterns.__getitem__, self._sieve.among(text, self._numbers)):
            found.setdefault(group, []).append(pattern)
        return found


@lru_cache(maxsize=MOST_REMEMBERED)
def _holds(groups: Groups, text: str) -> Holds:
    return Holds(text, groups.let_through(text))


class Glues:
    """The small words of a language, and which of them may stand anywhere in a sentence."""

    def __init__(self, glues: Sequence[Glue], *, sieve: Sieve, at: int) -> None:
        """Take them in the order in which the sieve holds them from `at` on."""
        self._glues, self._sieve, self._numbers = glues, sieve, range(at, at + len(glues))

    def let_through(self, sentence: str) -> frozenset[Glue]:
        """Return those that may stand in some part of a sentence."""
        return _glues(self, sentence)

    def among(self, sentence: str) -> frozenset[Glue]:
        return frozenset(map(self._glues.__getitem__, self._sieve.among(sentence, self._numbers)))


@lru_cache(maxsize=MOST_REMEMBERED)
def _glues(glues: Glues, sentence: str) -> frozenset[Glue]:
    return glues.among(sentence)
