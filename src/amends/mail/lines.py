"""The lines of a letter and whose words they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from amends.text.spans import Span


class Mark(Enum):
    """Who wrote a line: the sender just now, somebody earlier, or a machine that signs."""

    NEW = "new"
    HISTORY = "history"
    SIGNATURE = "signature"


@dataclass(kw_only=True)
class Line:
    """One line of text with its mark.

    `depth` counts the quotes around it; `answerable` tells that the words between two quotes here are an answer;
    `coloured` that all its words stand in a strong colour.
    """

    text: str = ""
    mark: Mark = Mark.NEW
    depth: int = 0
    answerable: bool = False
    coloured: bool = False

    @property
    def blank(self) -> bool:
        """Return whether nothing is written on it."""
        return not self.text.strip()


def lines_of(text: str) -> list[Line]:
    """Return the lines of a plain text, all marked new."""
    return [Line(text=line) for line in text.split("\n")]


def text_of(lines: Sequence[Line]) -> str:
    """Return the whole text, one line after the other."""
    return "\n".join(line.text for line in lines)


def new_words(lines: Sequence[Line]) -> str:
    """Return the words written now; where something was folded between them, one empty line stands."""
    runs: list[str] = []
    after_fold = False
    for line in lines:
        if line.mark is not Mark.NEW:
            after_fold = True
        elif not (after_fold and line.blank):
            if after_fold and runs and runs[-1].strip():
                runs.append("")
            runs.append(line.text)
            after_fold = False
    return "\n".join(runs).strip()


def folds(lines: Sequence[Line]) -> tuple[Span, ...]:
    """Return the stretches of `text_of(lines)` that are history or signature, runs of one kind as one span."""
    found: list[Span] = []
    place, last = 0, Mark.NEW
    for line in lines:
        end = place + len(line.text)
        if line.mark is not Mark.NEW:
            start = found.pop().start if found and line.mark is last else place
            found.append(Span(start, end))
        place, last = end + 1, line.mark
    return tuple(span for span in found if len(span))
