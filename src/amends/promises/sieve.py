"""Which forms a text may hold at all, told by one look for the words that they need.

Searching for a form leads RE2 to states that it has to build for each new text. Of a thousand forms a text holds ten.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Final

from ahocorasick_rs import BytesAhoCorasick, Implementation

from amends.promises.forms import Glue, Pattern, spans
from amends.promises.needed import Needs, spaced_out, told_apart
from amends.text.spans import Span

MOST_REMEMBERED: Final = 512
NOTHING: Final = ()


class Sieve:
    """Patterns of one alphabet, numbered, by the words they need."""

    def __init__(self, patterns: Sequence[Pattern | Glue], *, edge: str = " ") -> None:
        """Take patterns that are searched in whole texts, or in parts of them, which have no `edge`."""
        self._alphabet = patterns[0].alphabet if patterns else None
        self._table = spaced_out(self._alphabet) if self._alphabet else b""
        needs = Needs(self._table, edge=edge)
        told = [needs.of(pattern.written) for pattern in patterns]
        numbers = {need: number for number, need in enumerate(dict.fromkeys(chain.from_iterable(told)))}
        self._open = [pattern for pattern, needed in enumerate(told) if not needed]
        self._by_rarest: dict[int, list[tuple[int, frozenset[int]]]] = {}
        for pattern, needed in enumerate(told):
            if needed:
                needed_too = frozenset(numbers[need] for need in needed)
                self._by_rarest.setdefault(numbers[min(needed, key=len)], []).append((pattern, needed_too))
        said: dict[bytes, list[int]] = {}
        for need, number in numbers.items():
            for piece in need:
                said.setdefault(piece, []).append(number)
        self._needs = [tuple(each) for each in said.values()]
        self._pieces = BytesAhoCorasick(list(said), implementation=Implementation.ContiguousNFA)

    def let_through(self, text: str) -> list[int]:
        """Return the numbers of the patterns that may stand in `text`, in order."""
        if self._alphabet is None:
            return []
        apart = told_apart(self._alphabet.bytes_of(text), self._table)
        pieces = {piece for piece, _, _ in self._pieces.find_matches_as_indexes(apart, overlapping=True)}
        met = set(chain.from_iterable(map(self._needs.__getitem__, pieces)))
        found, by_rarest = [*self._open], self._by_rarest
        for need in met & by_rarest.keys():
            for pattern, needed in by_rarest[need]:
                if needed <= met:
                    found.append(pattern)
        return sorted(found)


@dataclass(frozen=True, slots=True, eq=False)
class Holds:
    """What a text may hold of some groups of patterns, and where it does, as far as somebody asked."""

    text: str
    may: Mapping[Hashable, Sequence[Pattern]]
    found: dict[Hashable, tuple[Span, ...]] = field(default_factory=dict)

    def places(self, group: Hashable) -> tuple[Span, ...]:
        """Return where patterns of a group stand, left to right, without overlaps."""
        found = self.found.get(group)
        if found is None:
            patterns = self.may.get(group, NOTHING)
            found = self.found[group] = tuple(spans(patterns, self.text)) if patterns else NOTHING
        return found


class Groups:
    """Groups of patterns of one alphabet; of two patterns of a group that match at one place the first counts."""

    def __init__(self, groups: Mapping[Hashable, Sequence[Pattern]]) -> None:
        self._patterns = [(group, pattern) for group, patterns in groups.items() for pattern in patterns]
        self._sieve = Sieve([pattern for _, pattern in self._patterns])

    def holds(self, text: str) -> Holds:
        """Return what a text holds of them."""
        return _holds(self, text)

    def let_through(self, text: str) -> Mapping[Hashable, Sequence[Pattern]]:
        """Return those that a text may hold, in order, by group."""
        found: dict[Hashable, list[Pattern]] = {}
        for group, pattern in map(self._patterns.__getitem__, self._sieve.let_through(text)):
            found.setdefault(group, []).append(pattern)
        return found


@lru_cache(maxsize=MOST_REMEMBERED)
def _holds(groups: Groups, text: str) -> Holds:
    return Holds(text, groups.let_through(text))


class Glues:
    """The small words of a language, and which of them may stand anywhere in a sentence."""

    def __init__(self, glues: Sequence[Glue]) -> None:
        self._glues = glues
        self._sieve = Sieve(glues, edge="")

    def let_through(self, sentence: str) -> frozenset[Glue]:
        """Return those that may stand in some part of a sentence."""
        return _glues(self, sentence)

    def among(self, sentence: str) -> frozenset[Glue]:
        return frozenset(map(self._glues.__getitem__, self._sieve.let_through(sentence)))


@lru_cache(maxsize=MOST_REMEMBERED)
def _glues(glues: Glues, sentence: str) -> frozenset[Glue]:
    return glues.among(sentence)
