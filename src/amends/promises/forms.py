"""Forms: how a pack writes the shapes of time and commitment, compiled to linear-time patterns.

A form is a regular expression (RE2: no look-around, no back-references, so no text can make it slow) in which a space
stands for any white space, `~` for perhaps some, and `<slot>` for a word of the pack's table `[words.slot]`, a number,
or one of its `[macros]`. A digit behind a slot's name keeps two of a kind apart: `<number>~-~<number2> <unit>`.
`(?P<edge>…)` at the end of a form says what must follow it without being part of it: the full stop of "in 20.".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import Any

import re2

from amends.promises.alphabet import Alphabet, alphabet_of
from amends.text.linear import Places, Search, searcher
from amends.text.spans import Span
from amends.vocabulary import BadPack, JsonObject

SLOT = re.compile(r"(?<!\?P)<([a-z_]+?)(\d?)>")
FIGURES: Mapping[str, str] = {
    "number": r"\d{1,3}",
    "day": r"\d{1,2}",
    "figure_month": r"\d{1,2}",
    "year": r"\d{4}|\d{2}",
    "full_year": r"(?:19|2\d)\d{2}",
    "hour": r"\d{1,2}",
    "minute": r"\d{2}",
}
JOINS_FIGURES = frozenset(".,/-:")
_START = itemgetter(0)


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The words of a pack by slot (`weekday` → {"friday": "4"}), and its macros. `spaced`: spaces part the words.

    `alphabet` holds every letter that the words, macros and forms of the pack name.
    """

    alphabet: Alphabet
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    macros: Mapping[str, str] = field(default_factory=dict)
    spaced: bool = True

    def value(self, slot: str, word: str) -> str:
        """Return what `word` stands for in a slot; figures stand for themselves."""
        plain = " ".join(word.split())
        return self.words.get(slot.rstrip("0123456789"), {}).get(plain, plain)

    def compiled(self, form: str, *, where: str) -> "Pattern":
        """Return the pattern of one form. Raises BadPack, with `where`, for a form that is none."""
        pattern = self._pattern(form)
        try:
            assert pattern.compiled
        except re2.error as wrong:
            raise BadPack(f"{where}: {form!r} is no pattern: {wrong}") from wrong
        return pattern

    def _pattern(self, form: str) -> "Pattern":
        core = self.alphabet.bytes_of(self.spelled(form))
        edge = self.no_letter if self.spaced else b"[^0-9]"
        return Pattern(b"(?:^|%b)(%b)(?:$|%b)" % (edge, core, edge), alphabet=self.alphabet)

    @property
    def no_letter(self) -> bytes:
        """Return the class of what is neither a letter nor a mark on one nor a figure."""
        return b"[^%b]" % self.alphabet.word

    def each(self, forms: Sequence[str], *, where: str) -> list["Pattern"]:
        """Return forms as a pattern each. Raises BadPack, with `where`, for forms that are none."""
        if forms:
            # Together they are compiled in a fraction of the time; one by one those that a text may hold.
            self.compiled("|".join(f"(?:{form})" for form in forms), where=where)
        return [self._pattern(form) for form in forms]

    def spelled(self, form: str) -> str:
        """Return a form as a regular expression, its spaces, slots and macros written out."""
        return SLOT.sub(self._slot, form.replace(" ?", "~").replace(" ", r"\s+").replace("~", r"\s*"))

    def _slot(self, match: re.Match[str]) -> str:
        name, number = match.groups()
        if name in self.macros:
            return f"(?:{self.spelled(self.macros[name])})"
        choices = [re.escape(word).replace(r"\ ", r"\s+") for word in longest_first(self.words.get(name, ()))]
        if name in FIGURES:
            choices.append(FIGURES[name])
        if not choices:
            raise BadPack(f"no words for <{name}>")
        return f"(?P<{name}{number}>{'|'.join(choices)})"


@dataclass(frozen=True, kw_only=True)
class Match:
    """Where a form stands in a text, and the words in its slots."""

    span: Span
    slots: Mapping[str, str]


class Pattern:
    """One form. It matches whole words only, and never a piece of a longer figure."""

    def __init__(self, written: bytes, *, alphabet: Alphabet) -> None:
        self.written = written
        self.alphabet = alphabet

    @cached_property
    def compiled(self) -> Any:
        """Return it ready to be searched for. Raises re2.error when it is no pattern."""
        return re2.compile(self.written, in_bytes())

    @cached_property
    def search(self) -> Search:
        """Return what searches for it in bytes from a place on."""
        return searcher(self.compiled)

    @cached_property
    def slots(self) -> Mapping[str, int]:
        """Return the number of each slot."""
        return {name.decode(): index for name, index in self.compiled.groupindex.items()}

    @cached_property
    def edge(self) -> int | None:
        """Return the number of its `<edge>`, if it has one: what must follow it, yet is no part of it."""
        return self.slots.get("edge")

    def matches(self, text: str) -> list[Match]:
        """Return the places of the form in `text`, left to right, without overlaps."""
        found, written, place = list[Match](), self.alphabet.bytes_of(text), 0
        while first := _first(self, written, place):
            start, end, _, searched = first
            if end > start and not inside_figure(text, start, end):
                places = [(name, searched[index]) for name, index in self.slots.items()]
                slots = {name: text[first:last] for name, (first, last) in places if first >= 0}
                found.append(Match(span=Span(start, end), slots=slots))
            place = max(end, start or 1)
        return found


def spans(patterns: Sequence[Pattern], text: str) -> list[Span]:
    """Return the places in `text` of any of some forms of one alphabet, left to right, without overlaps.

    Of two that start at one place the form that comes first is taken, as if they were one pattern.
    """
    found, written = list[Span](), patterns[0].alphabet.bytes_of(text)
    ahead = [first for pattern in patterns if (first := _first(pattern, written, 0))]
    while ahead:
        start, end, only, _ = ahead[0] if len(ahead) == 1 else min(ahead, key=_START)
        if end > start and not inside_figure(text, start, end):
            found.append(Span(start, end))
        place = max(end, start or 1)
        if len(ahead) == 1:
            ahead = [more] if (more := _first(only, written, place)) else []
            continue
        later = [each if each[0] > place else _first(each[2], written, place) for each in ahead]
        ahead = [each for each in later if each]
    return found


def _first(pattern: Pattern, written: bytes, place: int) -> tuple[int, int, Pattern, Places] | None:
    """Return where a form starts and ends first from a place on, with the form itself and what the search found."""
    searched = pattern.search(written, place) if place <= len(written) else None
    if searched is None:
        return None
    start, end = searched[1]
    edge = -1 if pattern.edge is None else searched[pattern.edge][0]
    return start, edge if edge >= 0 else end, pattern, searched


def in_bytes() -> Any:
    """Return options of RE2 for patterns in the bytes of an alphabet."""
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.log_errors = False
    return options


def inside_figure(text: str, start: int, end: int) -> bool:
    """Return whether a stretch is cut out of a longer figure: the "28" of "1.28", the "3 days" of "2,3 days"."""
    if text[start].isdigit() and start > 1 and text[start - 1] in JOINS_FIGURES and text[start - 2].isdigit():
        return True
    return text[end - 1].isdigit() and text[end : end + 1] in JOINS_FIGURES and text[end + 1 : end + 2].isdigit()


def strings(toml: Any) -> Iterator[str]:
    """Yield every string in a file of a pack, keys too."""
    if isinstance(toml, str):
        yield toml
    elif isinstance(toml, Mapping):
        yield from (found for pair in toml.items() for each in pair for found in strings(each))
    elif isinstance(toml, list):
        yield from (found for each in toml for found in strings(each))


def vocabulary(toml: JsonObject, *, where: str) -> Vocabulary:
    """Return the words and macros of a pack's `dates.toml`."""
    tables = toml.get("words", {})
    words = {slot: {word: value for value, many in table.items() for word in many} for slot, table in tables.items()}
    alphabet = alphabet_of(strings(toml), where=where)
    return Vocabulary(alphabet=alphabet, words=words, macros=toml.get("macros", {}), spaced=toml.get("spaced", True))


def longest_first(words: Any) -> list[str]:
    """Return words so that no word hides behind one of its own beginnings."""
    return sorted(words, key=lambda word: (-len(word), word))


class Glue:
    """The small words around a piece of time, as one pattern that is asked where it stands."""

    def __init__(self, core: str, words: Vocabulary, *, where: str) -> None:
        self.alphabet = words.alphabet
        self.written = body = words.alphabet.bytes_of(words.spelled(core))
        edge = words.no_letter if words.spaced else rb"(?:.|\n)"
        shapes = (b"^(?:%b)$" % body, b"(?:^|%b)(%b)(?:$|%b)" % (edge, body, edge))
        ends = (rb"(?:^|%b)(%b)\s*$" % (edge, body), rb"^\s*(%b)(?:$|%b)" % (body, edge))
        try:
            compiled = [re2.compile(shape, in_bytes()) for shape in (*shapes, *ends)]
        except re2.error as wrong:
            raise BadPack(f"{where}: {core!r} is no pattern: {wrong}") from wrong
        self._all, self._anywhere, self._at_end, self._at_start = map(searcher, compiled)

    def spans_all(self, text: str) -> bool:
        """Return whether the glue is all of `text`, white space around it aside."""
        return self._all(self.alphabet.bytes_of(text.strip()), 0) is not None

    def stands_in(self, text: str) -> bool:
        """Return whether the glue stands anywhere in `text`."""
        return self._anywhere(self.alphabet.bytes_of(text), 0) is not None

    def ending(self, text: str) -> int | None:
        """Return where the glue starts at the end of `text`, or None."""
        found = self._at_end(self.alphabet.bytes_of(text), 0)
        return None if found is None else found[1][0]

    def opening(self, text: str) -> int | None:
        """Return where the glue at the start of `text` ends, or None."""
        found = self._at_start(self.alphabet.bytes_of(text), 0)
        return None if found is None else found[1][1]
