"""Spans: half-open stretches of a text in Unicode code points."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A half-open stretch `[start, end)` of a text, counted in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs forward from 0: {self.start}–{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the words of `text` under this span."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Return whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Return whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> "Span":
        """Return the same stretch `by` code points further on."""
        return Span(self.start + by, self.end + by)


def moved(span: Span, *, at: int, removed: int, inserted: int) -> Span | None:
    """Return where `span` lies after an edit at `at`, or None when the edit touched its words."""
    if span.end <= at:
        return span
    if span.start >= at + removed:
        return span.shifted(inserted - removed)
    return None


def longest_first(spans: Iterable[Span]) -> list[Span]:
    """Return spans without overlaps, the longest of each pile, in reading order."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        if not any(span.overlaps(other) for other in kept):
            kept.append(span)
    return sorted(kept)
