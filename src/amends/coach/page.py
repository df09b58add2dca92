"""The reply laid out for matching: one line a sentence, plain letters, and the way back to what was typed."""

import functools
import itertools
import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from amends.text.normal import normal
from amends.text.segments import SentenceRules, sentences
from amends.text.spans import Span

STOPPED = re.compile(r"[.!?…。！？:][\"'”’)\]]*\s*$")
QUOTED_LINE = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
IN_QUOTES = re.compile(r'"[^"\n]{2,300}"|[«»][^«»\n]{2,300}[«»]|(?<![^\s(])\'[^\'\n]{2,300}\'(?![^\W_])')

# Two marks that look like one and are typed in its place; a pack is written with the one.
TYPED_IN_PARTS = {"\u0e40\u0e40": "\u0e41", "\u0e4d\u0e32": "\u0e33"}


@dataclass(frozen=True, kw_only=True)
class Page:
    """A reply ready to be matched.

    `plain` holds its sentences in normal form, each ended by a line feed and with single spaces, so a pattern that
    does not cross a line feed never leaves its sentence. `sentences` are spans of `plain`; `stretch` leads back.
    """

    reply: str
    plain: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[Span, ...]
    quoted: tuple[Span, ...]

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
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    edges: list[Span] = []
    form = normal(QUOTED_LINE.sub(lambda line: "\n" * len(line.group()), reply))
    for sentence in _whole_sentences(reply, rules):
        first = len(letters)
        for place in range(bisect_left(form.origin, sentence.start), bisect_left(form.origin, sentence.end)):
            # A letter and its marks share one origin: the letter ends where the next cluster begins.
            end = form.origin[bisect_right(form.origin, form.origin[place])] if place < len(form.text) else sentence.end
            _set_letter(form.text[place], form.origin[place], end, letters, starts, ends)
        edges.append(Span(first, len(letters)))
        _set_letter("\n", sentence.end, sentence.end, letters, starts, ends)
    plain = "".join(letters)
    return Page(
        reply=reply,
        plain=plain,
        starts=tuple(starts),
        ends=tuple(ends),
        sentences=tuple(edges),
        quoted=tuple(Span(*m.span()) for m in IN_QUOTES.finditer(plain)),
    )


def _set_letter(letter: str, start: int, end: int, letters: list[str], starts: list[int], ends: list[int]) -> None:
    """Set one letter: white space becomes one space, and two marks typed for one become that one."""
    if letter != "\n" or start != end:
        letter = _plain(letter)
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


@functools.cache
def _plain(letter: str) -> str:
    """Return the letter as patterns expect it: beyond ASCII only letters, marks and digits are left as they are."""
    kind = unicodedata.category(letter)
    if letter < "\x80" or kind[0] in "LMN" or letter in "«»":
        return " " if letter.isspace() else letter
    return {"Pd": ";", "Sc": "$"}.get(kind, "." if letter in "…。" else " ")


def _whole_sentences(reply: str, rules: SentenceRules) -> list[Span]:
    """Return sentences, joined again where only a line's width or a second space parted them."""
    found: list[Span] = []
    shown = QUOTED_LINE.sub(lambda line: "\n" * len(line.group()), reply)
    for span in sentences(shown, rules):
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
    """Return the numbers of a sentence and the ones right before and after it."""
    return range(max(0, number - 1), min(count, number + 2))


def pairs(spans: tuple[Span, ...]) -> list[tuple[Span, Span]]:
    """Return each span with the one behind it."""
    return list(itertools.pairwise(spans))
