"""The small language in which packs write what people say, and the machine that finds it in linear time.

    late, third time        words, one space for any white space
    (still|yet) waiting     either; `?` after a letter or bracket: may be missing
    disappoint*             the rest of the word is free: disappointed, disappointing
    never ... again         up to four words between, inside one sentence
    # days                  a number; `\\w+` any word, `(…){0,2}` up to twice, `\\*` a star

Everything is found as whole words, unless the pack's script writes no spaces. docs/reference/reading-packs.md
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import re2

from amends.reading.plain import Plain
from amends.reading.sieve import PART, Sieve
from amends.text.spans import Span
from amends.vocabulary import BadPack

LETTER: Final = rb"[A-Za-z0-9\x80-\xff]"
_NOT_LETTER: Final = rb"[^A-Za-z0-9\x80-\xff]"
_LETTERS: Final = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") | set(range(0x80, 0x100))
_MEMORY: Final = 64 << 20
NOTHING: Final = r"\x00"
"""An expression that finds nothing: no text holds this byte."""


@dataclass(frozen=True, kw_only=True)
class Script:
    """How a script parts words: `spaced` or, as in Thai, not at all."""

    spaced: bool

    @property
    def gap(self) -> bytes:
        """Return what ` ... ` stands for."""
        return rb"(?:\s+[^\s.!?]+){0,4}?\s+" if self.spaced else rb"[^.!?\n]{0,72}?"

    @property
    def space(self) -> bytes:
        """Return what a space stands for: typists leave one out or put two in where the script needs none."""
        return rb"\s+" if self.spaced else rb"\s*"

    def whole(self, inside: bytes) -> bytes:
        """Return a pattern for whole words only; the words are its first group."""
        return self.edged(rb"(" + inside + rb")")

    def edged(self, inside: bytes) -> bytes:
        """Return a pattern for what stands between the edges of words, with the byte on either side if there is one."""
        if not self.spaced:
            return inside
        return rb"(?:^|" + _NOT_LETTER + rb")" + inside + rb"(?:$|" + _NOT_LETTER + rb")"


@dataclass(frozen=True, kw_only=True)
class Hit:
    """Words found, and the group they belong to. `span` is of the normal text."""

    group: str
    span: Span


@dataclass(frozen=True, kw_only=True, eq=False)
class Groups:
    """Named groups of patterns: those that a sieve lets through are searched for their places.

    `patterns`: as packs write them; `sources`: the alternatives of each group as one expression, without edges.
    """

    patterns: Mapping[str, Sequence[str]]
    sources: Mapping[str, bytes]
    script: Script

    @cached_property
    def _names(self) -> list[str]:
        return list(self.sources)

    @cached_property
    def _sieve(self) -> Sieve:
        return Sieve(self.patterns.values(), spaced=self.script.spaced)

    @cached_property
    def _each(self) -> list[Any]:
        # Without a group of its own: to tell where a group begins costs as much again as to find the whole.
        return [re2.compile(self.script.edged(rb"(?:" + words + rb")"), options()) for words in self.sources.values()]

    @cached_property
    def _exact(self) -> list[Any]:
        return [re2.compile(self.script.whole(words), options()) for words in self.sources.values()]

    def hits(self, plain: Plain) -> list[Hit]:
        """Return every place of every group, in the order of the groups."""
        through = self._sieve.let_through(plain.edged, plain.grams)
        return [hit for number in through for hit in self._places(number, plain)]

    def _places(self, number: int, plain: Plain) -> Iterator[Hit]:
        place, name, finder = 0, self._names[number], self._each[number]
        while found := finder.search(plain.raw, place):
            start, end = self._inside(number, plain.raw, found.span(), place)
            yield Hit(group=name, span=plain.span(start, end))
            place = max(end, place + 1)

    def _inside(self, number: int, raw: bytes, edged: tuple[int, int], place: int) -> tuple[int, int]:
        """Return the words of a match without the bytes beside them."""
        start, end = edged
        if not self.script.spaced:
            return edged
        before, behind = raw[start] not in _LETTERS, raw[end - 1] not in _LETTERS
        if (before and start == 0) or (behind and end == len(raw)):
            # At the very edge of a text a sign may be of the words or beside them: the pattern itself must say.
            inside: tuple[int, int] = self._exact[number].search(raw, place).span(1)
            return inside
        return start + before, end - behind


def groups(patterns: Mapping[str, Iterable[str]], script: Script) -> Groups:
    """Return the groups of a pack compiled. Raises BadPack naming the group and pattern that is wrong."""
    kept = {name: tuple(these) for name, these in patterns.items()}
    sources = {name: _alternatives(name, these, script) for name, these in kept.items()}
    return Groups(patterns=kept, sources=sources, script=script)


def _alternatives(name: str, patterns: Sequence[str], script: Script) -> bytes:
    sources = [pattern_of(pattern, script) for pattern in patterns]
    for written, made in zip(patterns, sources, strict=True):
        try:
            re2.compile(made, options())
        except re2.error as wrong:
            raise BadPack(f"{name}: pattern {written!r} is not right: {wrong}") from wrong
    return b"|".join(sources)


def pattern_of(pattern: str, script: Script) -> bytes:
    """Return one pattern of the pack language as a linear-time regular expression over bytes."""
    fixed = {" ... ": script.gap, "*": LETTER + b"*", r"\w+": LETTER + b"+", "#": rb"[0-9][0-9.,]*"}
    made = []
    for part in PART.findall(pattern.strip().lower()):
        if part in fixed:
            made.append(fixed[part])
        elif part.isspace():
            made.append(script.space)
        elif part in "()|?" or part[0] in "[{":
            made.append(part.replace("(", "(?:").encode())
        else:
            made.append(_letter(part.removeprefix("\\")))
    return b"".join(made)


def _letter(letter: str) -> bytes:
    # A letter of two bytes is bracketed, so that a `?` behind it makes the whole letter optional.
    raw = re.escape(letter).encode()
    return raw if letter.isascii() else b"(?:" + raw + b")"


def either(words: Iterable[str], *, space: str = r"\ ") -> str:
    """Return an expression for any of some words, longest first; `space` stands for theirs. None finds nothing."""
    escaped = [re.escape(word).replace(r"\ ", space) for word in sorted(words, key=len, reverse=True)]
    return "|".join(escaped) or NOTHING


def over_bytes(expression: str, *, longest: bool = True) -> Any:
    """Return a compiled expression over the bytes of a text; `longest`: its longest match, else its first."""
    return re2.compile(expression.encode(), options(longest=longest))


def options(*, longest: bool = True) -> Any:
    """Return how expressions over bytes are compiled, alone or in a set."""
    chosen = re2.Options()
    chosen.max_mem = _MEMORY
    chosen.encoding = re2.Options.Encoding.LATIN1
    chosen.log_errors = False
    chosen.longest_match = longest
    return chosen
