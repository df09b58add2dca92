"""Where the words of a text stand, in any script."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from amends.text.spans import Span

LONGEST_WORD: Final = 60
LONGEST_RUN: Final = 400
"""A dictionary cuts longer runs in time that grows faster than their length; they are cut here first."""
THAI_RUN: Final = re.compile(r"[\u0e01-\u0e4e]")
RUN: Final = re.compile(
    r"(?P<thai>[\u0e01-\u0e4e]+)"
    r"|(?P<single>[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff])"
    r"|(?P<word>(?:(?![\u0e01-\u0e4e\u3040-\u30ff\u3400-\u9fff])[^\W_]|[\u0300-\u036f\u0900-\u0963\u0e50-\u0e59])+)",
    re.UNICODE,
)
"""Thai runs, letters of other scripts without spaces one by one, and words."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word as it stands in the text. `run` is the whole run without spaces it was cut from, else empty."""

    text: str
    span: Span
    run: str = ""


Cut = Callable[[str], list[str]]


def tokens(text: str, cut: Cut) -> Iterator[Token]:
    """Yield the words of a text in order; `cut` parts a run of Thai into words."""
    for match in RUN.finditer(text):
        if match.lastgroup == "thai":
            yield from _cut(match.group(), match.start(), cut)
        else:
            yield Token(match.group()[:LONGEST_WORD], Span(*match.span()))


def _cut(run: str, start: int, cut: Cut) -> Iterator[Token]:
    for begin in range(0, len(run), LONGEST_RUN):
        piece = run[begin : begin + LONGEST_RUN]
        place = start + begin
        for word in cut(piece):
            yield Token(word, Span(place, place + len(word)), piece)
            place += len(word)
