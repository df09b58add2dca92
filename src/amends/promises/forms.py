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
from typing import Any

import re2

from amends.promises.alphabet import Alphabet, alphabet_of
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
MOST_STATES_OF_A_SIEVE = 64 << 20
JOINS_FIGURES = frozenset(".,/-:")


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
        core = self.alphabet.bytes_of(self.spelled(form))
        edge = self.no_letter if self.spaced else b"[^0-9]"
        written = b"(?:^|%b)(%b)(?:$|%b)" % (edge, core, edge)
        try:
            return Pattern(re2.compile(written, in_bytes()), written=written, alphabet=self.alphabet)
        except re2.error as wrong:
            raise BadPack(f"{where}: {form!r} is no pattern: {wrong}") from wrong

    @property
    def no_letter(self) -> bytes:
        """Return the class of what is neither a letter nor a mark on one nor a figure."""
        return b"[^%b]" % self.alphabet.word

    def anyof(self, forms: Sequence[str], *, where: str) -> list["Pattern"]:
        """Return forms as one pattern (a list of one, or none): searching once is quicker than searching each."""
        return [self.compiled("|".join(f"(?:{form})" for form in forms), where=where)] if forms else []

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
    """One compiled form. It matches whole words only, and never a piece of a longer figure."""

    def __init__(self, compiled: Any, *, written: bytes, alphabet: Alphabet) -> None:
        self._compiled = compiled
        self.written = written
        self.alphabet = alphabet
        self._slots = {name.decode(): index for name, index in compiled.groupindex.items()}

    @cached_property
    def _sieve(self) -> "Sieve":
        return Sieve([self])

    def sifted(self, text: str) -> Iterator[Match]:
        """Yield what `matches` does; asks first whether the form is in `text`, at a third of the cost of where."""
        return self.matches(text) if self._sieve.holds(text) else iter(())

    def matches(self, text: str) -> Iterator[Match]:
        """Yield the places of the form in `text`, left to right, without overlaps."""
        place, written = 0, self.alphabet.bytes_of(text)
        while place <= len(text) and (found := self._compiled.search(written, place)):
            span = self._without_edge(found)
            place = max(span.end, found.start() + 1)
            if len(span) and not inside_figure(text, span):
                slots = ((name, found.span(index)) for name, index in self._slots.items())
                yield Match(span=span, slots={name: text[start:end] for name, (start, end) in slots if start >= 0})

    def _without_edge(self, found: Any) -> Span:
        """Return where the form stands, up to its `<edge>` when it has one: what must follow, yet is no part of it."""
        start, end = found.span(1)
        edge = found.start(self._slots["edge"]) if "edge" in self._slots else -1
        return Span(start, edge if edge >= 0 else end)


class Sieve:
    """Tells in one pass over a text which of many patterns stand in it; searching each would take 20 times as long."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        options = in_bytes()
        # When its states outgrow this, RE2 forgets them and builds them anew: slower, never wrong.
        options.max_mem = MOST_STATES_OF_A_SIEVE
        self._set = re2.Set.SearchSet(options)
        self._alphabet = patterns[0].alphabet if patterns else None
        for pattern in patterns:
            self._set.Add(pattern.written)
        if patterns:
            self._set.Compile()

    def hits(self, text: str) -> list[int]:
        """Return the places, in the list of patterns, of those that stand somewhere in `text`."""
        return sorted(self._set.Match(self._alphabet.bytes_of(text)) or ()) if self._alphabet else []

    def holds(self, text: str) -> bool:
        """Return whether any of the patterns stands somewhere in `text`."""
        return self._alphabet is not None and bool(self._set.Match(self._alphabet.bytes_of(text)))


class Sieves:
    """A sieve for each group of patterns that are of one kind.

    RE2 keeps a state for each mixture of forms half read, and makes them as new texts need them: in groups of a kind
    there are fewer, and a text not met before takes half the time.
    """

    def __init__(self, patterns: Sequence[Pattern], *, kinds: Sequence[object]) -> None:
        places: dict[object, list[int]] = {}
        for place, kind in enumerate(kinds):
            places.setdefault(kind, []).append(place)
        self._groups = [(Sieve([patterns[place] for place in group]), group) for group in places.values()]

    def hits(self, text: str) -> list[int]:
        """Return the places, in the list of patterns, of those that stand somewhere in `text`."""
        return sorted(group[hit] for sieve, group in self._groups for hit in sieve.hits(text))


def in_bytes() -> Any:
    """Return options of RE2 for patterns in the bytes of an alphabet."""
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.log_errors = False
    return options


def inside_figure(text: str, span: Span) -> bool:
    """Return whether `span` is cut out of a longer figure: the "28" of "1.28", the "3 days" of "2,3 days"."""
    before, after = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
    left = text[span.start].isdigit() and len(before) == 2 and before[1] in JOINS_FIGURES and before[0].isdigit()
    right = text[span.end - 1].isdigit() and len(after) == 2 and after[0] in JOINS_FIGURES and after[1].isdigit()
    return left or right


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
        self._alphabet = words.alphabet
        body = words.alphabet.bytes_of(words.spelled(core))
        edge = words.no_letter if words.spaced else rb"(?:.|\n)"
        shapes = (b"(?:%b)" % body, b"(?:^|%b)(%b)(?:$|%b)" % (edge, body, edge))
        ends = (rb"(?:^|%b)(%b)\s*$" % (edge, body), rb"^\s*(%b)(?:$|%b)" % (body, edge))
        try:
            compiled = [re2.compile(shape, in_bytes()) for shape in (*shapes, *ends)]
        except re2.error as wrong:
            raise BadPack(f"{where}: {core!r} is no pattern: {wrong}") from wrong
        self._all, self._anywhere, self._at_end, self._at_start = compiled

    def spans_all(self, text: str) -> bool:
        """Return whether the glue is all of `text`, white space around it aside."""
        return self._all.fullmatch(self._alphabet.bytes_of(text.strip())) is not None

    def stands_in(self, text: str) -> bool:
        """Return whether the glue stands anywhere in `text`."""
        return self._anywhere.search(self._alphabet.bytes_of(text)) is not None

    def ending(self, text: str) -> int | None:
        """Return where the glue starts at the end of `text`, or None."""
        found = self._at_end.search(self._alphabet.bytes_of(text))
        return None if found is None else int(found.start(1))

    def opening(self, text: str) -> int | None:
        """Return where the glue at the start of `text` ends, or None."""
        found = self._at_start.search(self._alphabet.bytes_of(text))
        return None if found is None else int(found.end(1))
