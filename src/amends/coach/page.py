"""The reply laid out for matching: one line a sentence, plain letters, and the way back to what was typed."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from amends.text.normal import INVISIBLE, SAME_AS, Normal, normal
from amends.text.segments import SentenceRules, statements
from amends.text.spans import Span

STOPPED = re.compile(r"[.!?…。！？:][\"'”’)\]]*\s*$")
QUOTED_LINE = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
IN_QUOTES = re.compile(r'"[^"\n]{2,300}"|[«»][^«»\n]{2,300}[«»]|(?<![^\s(])\'[^\'\n]{2,300}\'(?![^\W_])')
QUOTE = re.compile(r"[\"'«»]")
LETTER = 8
"""Sentences of a reply that is a letter: what was said two sentences ago still stands in its reader's mind."""
LONGEST_SIGNED = 48
MOST_SIGNED = 3
ODD = re.compile(r"  |\u0e40\u0e40|\u0e4d\u0e32|([^\W\d_])\1\1\1")

# Two marks that look like one and are typed in its place; a pack is written with the one.
TYPED_IN_PARTS = {"\u0e40\u0e40": "\u0e41", "\u0e4d\u0e32": "\u0e33"}


class _Plain(dict[int, str]):
    """Letters as patterns expect them: beyond ASCII only letters, marks and digits are left as they are."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = plain = _plain(letter.translate(SAME_AS))
        return plain


def _plain(letter: str) -> str:
    kind = unicodedata.category(letter)
    if letter == "\n" or letter < "\x80" or kind[0] in "LMN" or letter in "«»":
        return " " if letter.isspace() and letter != "\n" else letter
    return {"Pd": ";", "Sc": "$"}.get(kind, "." if letter in "…。" else " ")


PLAIN = _Plain()


@dataclass(frozen=True, kw_only=True)
class Page:
    """A reply ready to be matched.

    `plain` holds its sentences in normal form, each ended by a line feed and with single spaces, so a pattern that
    does not cross a line feed never leaves its sentence. `sentences` are spans of `plain`; `stretch` leads back.
    """

    reply: str
    plain: str
    starts: Sequence[int]
    ends: Sequence[int]
    sentences: tuple[Span, ...]
    quoted: tuple[Span, ...]

    @cached_property
    def signature(self) -> int:
        """Return the number of the sentence where the closing lines begin: names and roles, which no mark ends."""
        count = first = len(self.sentences)
        while first > max(1, count - MOST_SIGNED) and self._is_signed(first - 1):
            first -= 1
        return first

    def _is_signed(self, number: int) -> bool:
        typed = self.stretch(self.sentences[number])
        line = typed.of(self.reply).strip()
        begins = (
            self.reply[: typed.start + 1].rstrip(" \t").endswith("\n")
            or self.reply[typed.start - 1 : typed.start] == "\n"
        )
        return begins and len(line) <= LONGEST_SIGNED and not STOPPED.search(line)

    def stretch(self, span: Span) -> Span:
        """Return the stretch of the reply as it was typed under a span of `plain`."""
        if not len(span):
            return Span(0, 0)
        return Span(self.starts[span.start], self.ends[span.end - 1])

    def sentence_at(self, place: int) -> int:
        """Return the number of the sentence that holds a place of `plain`."""
        return max(0, bisect_right(self.sentences, Span(place, len(self.plain) + 1)) - 1)

    def said(self, number: int) -> str:
        """Return one sentence in normal form."""
        return self.sentences[number].of(self.plain)


def lay_out(reply: str, rules: SentenceRules) -> Page:
    """Return the page of a reply; lines quoted from an earlier mail (`> …`) are left out."""
    shown = QUOTED_LINE.sub(lambda line: "\n" * len(line.group()), reply) if ">" in reply else reply
    spans = _whole_sentences(shown, rules)
    page = _same_length(reply, shown, spans)
    return page if page is not None else _letter_by_letter(reply, shown, spans)


def _same_length(reply: str, shown: str, spans: list[Span]) -> Page | None:
    """Return the page of a text that needs no letter added or taken away, as nearly all do: ten times quicker."""
    plain = _quickly(shown)
    if plain is None:
        return None
    lines = [plain[span.start : span.end].replace("\n", " ") for span in spans]
    edges = [0, *(span.end for span in spans)]
    pieces = ("\n" * (span.start - before) + line for before, span, line in zip(edges, spans, lines, strict=False))
    joined = "".join(pieces) + "\n" * (len(plain) - edges[-1] + 1)
    return _page(reply, joined, range(len(joined)), range(1, len(joined) + 1), spans)


def _quickly(text: str) -> str | None:
    """Return the text in plain letters, one for each, or None where that takes a letter more or less."""
    plain = text.translate(PLAIN).lower()
    odd = len(plain) != len(text) or ODD.search(plain) or not unicodedata.is_normalized("NFC", text)
    return None if odd or not INVISIBLE.isdisjoint(text) else plain


def _letter_by_letter(reply: str, shown: str, spans: list[Span]) -> Page:
    """Return the page of a text some of whose sentences need letters added or taken away; only those are slow."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    edges: list[Span] = []
    for sentence in spans:
        first = len(letters)
        if (plain := _quickly(sentence.of(shown))) is None:
            _set_slowly(normal(sentence.of(shown)), sentence.start, letters, starts, ends)
        else:
            letters += plain.replace("\n", " ")
            starts += range(sentence.start, sentence.end)
            ends += range(sentence.start + 1, sentence.end + 1)
        edges.append(Span(first, len(letters)))
        _set_letter("\n", sentence.end, sentence.end, letters, starts, ends)
    return _page(reply, "".join(letters), starts, ends, edges)


def _set_slowly(form: Normal, shift: int, letters: list[str], starts: list[int], ends: list[int]) -> None:
    for place, letter in enumerate(form.text):
        typed = form.back(Span(place, place + 1)).shifted(shift)
        _set_letter(letter, typed.start, typed.end, letters, starts, ends)


def _page(reply: str, plain: str, starts: Sequence[int], ends: Sequence[int], edges: list[Span]) -> Page:
    quoted = tuple(Span(*m.span()) for m in IN_QUOTES.finditer(plain)) if QUOTE.search(plain) else ()
    return Page(reply=reply, plain=plain, starts=starts, ends=ends, sentences=tuple(edges), quoted=quoted)


def _set_letter(letter: str, start: int, end: int, letters: list[str], starts: list[int], ends: list[int]) -> None:
    """Set one letter: white space becomes one space, and two marks typed for one become that one."""
    if letter != "\n" or start != end:
        letter = PLAIN[ord(letter)].replace("\n", " ")
    if letter == " " and letters and letters[-1] == " ":
        ends[-1] = end
        return
    together = TYPED_IN_PARTS.get(letters[-1] + letter) if letters else None
    if together:
        letters[-1], ends[-1] = together, end
        return
    letters.append(letter)
    starts.append(start)
    ends.append(end)


def _whole_sentences(shown: str, rules: SentenceRules) -> list[Span]:
    """Return sentences, joined again where only a line's width or a second space parted them."""
    found: list[Span] = []
    for span in statements(shown, rules):
        if found and _goes_on(shown, found[-1], span, rules):
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return found


def _goes_on(text: str, before: Span, after: Span, rules: SentenceRules) -> bool:
    between = text[before.end : after.start]
    if rules.split_words is not None or not between or between.count("\n") > 1 or STOPPED.search(before.of(text)):
        return False
    return "\n" not in between or text[after.start].islower()


def neighbours(number: int, count: int) -> range:
    """Return the numbers of a sentence and the ones beside it: one on each side, two in a letter of some length."""
    reach = 2 if count >= LETTER else 1
    return range(max(0, number - reach), min(count, number + reach + 1))
