"""One normal form for matching, with the way back to what the customer really wrote."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from amends.text.spans import Span

INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
SAME_AS = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "\u00a0": " ", "\u202f": " ", "‐": "-", "‑": "-"}
)
LONGEST_RUN = 3
NOT_LETTER_BY_LETTER = re.compile(rf"([^\W\d_])\1{{{LONGEST_RUN}}}|[{''.join(sorted(INVISIBLE))}\u03c2\u03c3]")
"""Whatever is left out; and the sigma, whose lower case depends on what stands beside it."""


@dataclass(frozen=True, slots=True)
class Normal:
    """A text made plain: NFC, lower case, plain quotes, no invisible marks, "soooooo" cut to "sooo".

    `origin[i]` is the place in the original of normal character i; one more entry marks the end. It is a range where
    each letter stands in its own place.
    """

    text: str
    origin: Sequence[int]

    def back(self, span: Span) -> Span:
        """Return the stretch of the original under `span` of the normal text, in whole clusters of letter and marks."""
        if isinstance(self.origin, range):
            return span
        if not len(span):
            return Span(self.origin[span.start], self.origin[span.start])
        # A letter and its marks share one origin: they end together, where the next cluster begins.
        end = self.origin[bisect_right(self.origin, self.origin[span.end - 1])]
        return Span(self.origin[span.start], end)

    def forward(self, span: Span) -> Span:
        """Return the stretch of the normal text that holds `span` of the original; invisible marks have no place in it.

        A span inside a cluster of letter and marks gets the whole cluster, so that no letter is lost.
        """
        if isinstance(self.origin, range) and len(span) and span.end <= len(self.text):
            return span
        nearest = self.origin[max(0, bisect_right(self.origin, span.start) - 1)]
        first = bisect_left(self.origin, nearest)
        last = bisect_right(self.origin, max(span.start, span.end - 1))
        return Span(min(first, len(self.text)), min(len(self.text), max(first, last)))


def normal(text: str) -> Normal:
    """Return `text` in the form that packs are written in, with offsets back to the original."""
    lower = text.translate(SAME_AS).lower()
    if len(lower) == len(text) and not NOT_LETTER_BY_LETTER.search(lower) and unicodedata.is_normalized("NFC", lower):
        return Normal(lower, _cluster_starts(text))
    return _letter_by_letter(text)


def _cluster_starts(text: str) -> tuple[int, ...]:
    """Return for each place where its cluster of letter and marks starts, and the end."""
    starts = list(range(len(text) + 1))
    for place, letter in enumerate(text):
        if place and unicodedata.combining(letter):
            starts[place] = starts[place - 1]
    return tuple(starts)


def _letter_by_letter(text: str) -> Normal:
    letters: list[str] = []
    origin: list[int] = []
    for start, cluster in _clusters(text):
        for letter in unicodedata.normalize("NFC", cluster.translate(SAME_AS)).lower():
            if letter in INVISIBLE or _too_long_a_run(letters, letter):
                continue
            letters.append(letter)
            origin.append(start)
    return Normal("".join(letters), (*origin, len(text)))


def _clusters(text: str) -> list[tuple[int, str]]:
    """Return each base character with the combining marks behind it, and where it starts."""
    found: list[tuple[int, str]] = []
    for place, letter in enumerate(text):
        if found and unicodedata.combining(letter):
            found[-1] = (found[-1][0], found[-1][1] + letter)
        else:
            found.append((place, letter))
    return found


def _too_long_a_run(letters: list[str], letter: str) -> bool:
    return letter.isalpha() and letters[-LONGEST_RUN:] == [letter] * LONGEST_RUN
