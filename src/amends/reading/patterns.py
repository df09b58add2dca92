"""The small language in which packs write what people say, and the machine that finds it in linear time.

    late, third time        words, one space for any white space
    (still|yet) waiting     either; `?` after a letter or bracket: may be missing
    disappoint*             the rest of the word is free: disappointed, disappointing
    never ... again         up to four words between, inside one sentence
    # days                  a number; `\\w+` any word, `(…){0,2}` up to twice, `\\*` a star

Everything is found as whole words, unless the pack's script writes no spaces. docs/reference/reading-packs.md
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Final

import re2

from amends.reading.finders import LETTERS, Edged, Expression, Finder, letters_of, words_of
from amends.reading.plain import Plain
from amends.reading.sieve import PART, LetterSieve, ways
from amends.text.linear import Places, Search, searcher
from amends.text.spans import Span
from amends.vocabulary import BadPack

LETTER: Final = rb"[A-Za-z0-9\x80-\xff]"
_NOT_LETTER: Final = rb"[^A-Za-z0-9\x80-\xff]"
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
    """Named groups of patterns: those patterns that a sieve lets through are searched for their places.

    `patterns`: as packs write them; `sources`: the alternatives of each group as one expression, without edges.
    """

    patterns: Mapping[str, Sequence[str]]
    sources: Mapping[str, bytes]
    script: Script

    @cached_property
    def _names(self) -> list[str]:
        return list(self.sources)

    @cached_property
    def _sought(self) -> list[tuple[int, Finder, Collection[str]]]:
        """Return all that is sought: the group it is of, how it is found, its ways."""
        return [
            (number, *each)
            for number, these in enumerate(self.patterns.values())
            for each in sought({pattern: ways(pattern, spaced=self.script.spaced) for pattern in these}, self.script)
        ]

    @cached_property
    def _sieve(self) -> LetterSieve:
        return LetterSieve(written for _, _, written in self._sought)

    def hits(self, plain: Plain) -> list[Hit]:
        """Return every place of every group, in the order of the groups."""
        through: dict[int, list[Finder]] = {}
        for place in self._sieve.let_through(plain.edged):
            number, finder, _ = self._sought[place]
            through.setdefault(number, []).append(finder)
        found: list[Hit] = []
        for number, finders in through.items():
            ahead = [(first, finder) for finder in finders if (first := finder.first(plain, 0))]
            if ahead:
                found += self._places(number, ahead, plain)
        return found

    def _places(self, number: int, ahead: list[tuple[Edged, Finder]], plain: Plain) -> Iterator[Hit]:
        """Yield each place of a group: what begins first, of that the longest, then on from where it ends.

        `ahead`: its finders that found anything, with what they found first.
        """
        name, place = self._names[number], 0
        while ahead:
            start, end = self._inside(number, plain.raw, ahead[0][0] if len(ahead) == 1 else _first(ahead), place)
            yield Hit(group=name, span=plain.span(start, end))
            place = max(end, place + 1)
            later = [(found if found[0] >= place else finder.first(plain, place), finder) for found, finder in ahead]
            ahead = [(found, finder) for found, finder in later if found]

    def _inside(self, number: int, raw: bytes, found: Edged, place: int) -> tuple[int, int]:
        """Return the words of a match without the bytes beside them."""
        begins, ends, start, end = found
        if start >= 0:
            return start, end
        if not self.script.spaced:
            return begins, ends
        before, behind = raw[begins] not in LETTERS, raw[ends - 1] not in LETTERS
        if (before and begins == 0) or (behind and ends == len(raw)):
            # At the very edge of a text a sign may be of the words or beside them: the pattern itself must say.
            inside: tuple[int, int] = self._exact(number).search(raw, place).span(1)
            return inside
        return begins + before, ends - behind

    def _exact(self, number: int) -> Any:
        known = self._known_exactly
        if number not in known:
            known[number] = re2.compile(self.script.whole(self.sources[self._names[number]]), options())
        return known[number]

    @cached_property
    def _known_exactly(self) -> dict[int, Any]:
        return {}


def _first(ahead: Sequence[tuple[Edged, Finder]]) -> Edged:
    """Return which match begins first, of those that do the longest; two that are as long must agree on the words."""
    begins = min([found[0] for found, _ in ahead])
    ends = max([found[1] for found, _ in ahead if found[0] == begins])
    start, *others = {found[2:] for found, _ in ahead if found[:2] == (begins, ends)}
    return (begins, ends, -1, -1) if others else (begins, ends, *start)


def sought(written: Mapping[str, Sequence[str]], script: Script) -> Iterator[tuple[Finder, Collection[str]]]:
    """Yield how the patterns of one group are found, each with its ways: `written` tells all ways of every pattern.

    Without a group of its own: to tell where a group of an expression begins costs as much again as to find the whole.
    """
    finder_of = words_of if script.spaced else letters_of
    said = dict[str, Finder]()
    for pattern, each in written.items():
        plainly = {way: finder for way in each if (finder := finder_of(way))}
        # Behind a space `?` means nothing: "rip ?off" is not "ripoff".
        if len(plainly) == len(set(each)) and " ?" not in pattern:
            said |= plainly
        else:
            yield Expression(partial(_edged, pattern, script)), each
    yield from ((finder, (way,)) for way, finder in said.items())


def _edged(pattern: str, script: Script) -> Search:
    return searcher(re2.compile(script.edged(rb"(?:" + pattern_of(pattern, script) + rb")"), options()))


def groups(patterns: Mapping[str, Iterable[str]], script: Script) -> Groups:
    """Return the groups of a pack compiled. Raises BadPack naming the group and pattern that is wrong."""
    kept = {name: tuple(these) for name, these in patterns.items()}
    sources = {name: _alternatives(name, these, script) for name, these in kept.items()}
    return Groups(patterns=kept, sources=sources, script=script)


def _alternatives(name: str, patterns: Sequence[str], script: Script) -> bytes:
    sources, parsed = [pattern_of(pattern, script) for pattern in patterns], re2.Set.SearchSet(options())
    for written, made in zip(patterns, sources, strict=True):
        try:
            # A set only parses what is added: to compile thousands of patterns takes ten times as long.
            parsed.Add(made)
        except re2.error:
            raise BadPack(f"{name}: pattern {written!r} is not right: {_wrong_with(made)}") from None
    return b"|".join(sources)


def _wrong_with(made: bytes) -> str:
    """Return what is wrong with an expression, "" with one that is right."""
    try:
        re2.compile(made, options())
    except re2.error as wrong:
        return str(wrong)
    return ""


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
            made.append(_letters(part.removeprefix("\\")))
    return b"".join(made)


def _letters(said: str) -> bytes:
    # A letter of two bytes is bracketed, so that a `?` behind it makes the whole letter optional.
    raw = re.escape(said).encode()
    return raw if said.isascii() else b"(?:" + raw + b")"


def either(words: Iterable[str], *, space: str = r"\ ") -> str:
    """Return an expression for any of some words, longest first; `space` stands for theirs. None finds nothing."""
    escaped = [re.escape(word).replace(r"\ ", space) for word in sorted(words, key=len, reverse=True)]
    return "|".join(escaped) or NOTHING


def over_bytes(expression: str, *, longest: bool = True) -> Search:
    """Return what searches for an expression in the bytes of a text; `longest`: its longest match, else its first."""
    return searcher(re2.compile(expression.encode(), options(longest=longest)))


def first_group(found: Places) -> tuple[int, int] | None:
    """Return where the first of the groups stands that take part in a match, None where none does."""
    return next((place for place in found[1:] if place[0] >= 0), None)


def options(*, longest: bool = True) -> Any:
    """Return how expressions over bytes are compiled, alone or in a set."""
    chosen = re2.Options()
    chosen.max_mem = _MEMORY
    chosen.encoding = re2.Options.Encoding.LATIN1
    chosen.log_errors = False
    chosen.longest_match = longest
    return chosen
