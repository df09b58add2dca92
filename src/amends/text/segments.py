"""Sentences and words, also where a language writes neither full stops nor spaces."""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from amends.text.breaks import Breaks
from amends.text.spans import Span

STOP = re.compile(r"[.!?…。！？]+[\"'”’)\]]*(?=\s|$)|\n+|(?<=\S)[ \t]{2,}(?=\S)")
LAST_WORD = re.compile(r"[^\s(\"']+$")
LONGEST_ABBREVIATION = 24
WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*", re.UNICODE)


@dataclass(frozen=True, kw_only=True)
class SentenceRules:
    """How a language ends its sentences.

    `abbreviations` end in a dot that ends nothing ("mr", "esim"); `closing_words` end a sentence before a space
    (Thai ครับ); `split_words` cuts a run without spaces into words, None where spaces do. `dots_end` is False where a
    dot behind a letter only shortens a word (Thai กทม., ชม.): it ends a sentence before a line break alone.
    `breaks` hears which spaces end a statement, None where marks do.
    """

    abbreviations: frozenset[str] = frozenset()
    closing_words: tuple[str, ...] = ()
    split_words: Callable[[str], list[str]] | None = None
    dots_end: bool = True
    breaks: Breaks | None = None


PLAIN = SentenceRules()


def sentences(text: str, rules: SentenceRules = PLAIN) -> list[Span]:
    """Return the sentences of `text` as spans without surrounding white space, in reading order."""
    return _between(text, {*_stops(text, rules), *_closings(text, rules)})


def statements(text: str, rules: SentenceRules = PLAIN) -> list[Span]:
    """Return what is said one thing at a time: the sentences, parted by ear where no mark ends them."""
    if rules.breaks is None:
        return sentences(text, rules)
    return _between(text, {*_stops(text, rules), *rules.breaks.ends(text)})


def _between(text: str, edges: set[int]) -> list[Span]:
    pieces = (Span(a, b) for a, b in itertools.pairwise(sorted({0, len(text), *edges})))
    return [trimmed for piece in pieces if len(trimmed := _trim(text, piece))]


def words(text: str, rules: SentenceRules = PLAIN) -> list[Span]:
    """Return the words of `text` as spans: letters and digits, without punctuation."""
    if rules.split_words is None:
        return [Span(*m.span()) for m in WORD.finditer(text)]
    return list(_cut_words(text, rules.split_words))


def _stops(text: str, rules: SentenceRules) -> Iterator[int]:
    for match in STOP.finditer(text):
        if not (match.group().startswith(".") and _shortens(text, match, rules)):
            yield match.end()


def _shortens(text: str, dot: re.Match[str], rules: SentenceRules) -> bool:
    """Return whether a dot belongs to the word or the number before it and ends nothing."""
    if _abbreviated(text, dot.start(), rules) or _ordinal(text, dot):
        return True
    start = dot.start()
    said = not rules.dots_end and text[max(0, start - 1) : start].isalpha()
    return said and not text.endswith(rules.closing_words, 0, start)


def _ordinal(text: str, dot: re.Match[str]) -> bool:
    """Return whether the dot belongs to a number that goes on: "5. joulukuuta", "klo 14. mennessä"."""
    return dot.start() > 0 and text[dot.start() - 1].isdigit() and text[dot.end() :].lstrip(" \t")[:1].islower()


def _abbreviated(text: str, dot: int, rules: SentenceRules) -> bool:
    before = LAST_WORD.search(text, max(0, dot - LONGEST_ABBREVIATION), dot)
    if before is None:
        return False
    word = before.group().lower()
    return word in rules.abbreviations or (len(word) == 1 and word.isalpha())


def _closings(text: str, rules: SentenceRules) -> Iterator[int]:
    for word in rules.closing_words:
        if word in text:
            for match in re.finditer(re.escape(word) + r"[ \t]+", text):
                yield match.end()


def _trim(text: str, span: Span) -> Span:
    words_here = span.of(text)
    start = span.start + len(words_here) - len(words_here.lstrip())
    return Span(start, max(start, span.start + len(words_here.rstrip())))


def _cut_words(text: str, split: Callable[[str], list[str]]) -> Iterator[Span]:
    place = 0
    for piece in split(text):
        if any(letter.isalnum() for letter in piece):
            yield Span(place, place + len(piece))
        place += len(piece)
