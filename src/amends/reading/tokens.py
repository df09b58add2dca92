"""A text as tokens for a tagger: words, runs of digits, marks; in scripts that part no words, an encoder's pieces."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.ports import Embedder, Pieces
from amends.text.spans import Span

_UNSPACED: Final = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
"""Scripts that do not part words: Thai, Lao, Burmese, Khmer, kana and Han."""
_TOKEN: Final = re.compile(rf"([{_UNSPACED}]+)|(?:(?![{_UNSPACED}])[^\W\d_])+|\d+|[^\w\s]|_")


@dataclass(frozen=True, kw_only=True, eq=False)
class Tokens:
    """The tokens of a text, in reading order, and what an encoder knows of each before any context, tokens × width."""

    text: str
    spans: Sequence[Span]
    vectors: NDArray[np.float32]


def tokens(text: str, embed: Embedder) -> Tokens | None:
    """Return the tokens of a text; None where the encoder cannot cut words, or there are none."""
    runs = [(Span(*found.span()), found[1] is not None) for found in _TOKEN.finditer(text)]
    cut = embed.pieces([_led(text, span) for span, _ in runs]) if runs else None
    if cut is None or not cut.places:
        return None
    whose, spans = list[int](), list[Span]()
    for span, own in _spans(text, runs, cut):
        if own and (not spans or spans[-1] != span):
            spans.append(span)
        whose.append(len(spans) - 1)
    sums = np.zeros((len(spans), cut.vectors.shape[1]), np.float32)
    np.add.at(sums, whose, cut.vectors)
    sums /= np.bincount(whose, minlength=len(spans))[:, None]
    return Tokens(text=text, spans=spans, vectors=sums)


def _led(text: str, span: Span) -> str:
    """Return a word, with a blank before it where one stands there or nothing does."""
    is_led = span.start == 0 or text[span.start - 1].isspace()
    return (" " if is_led else "") + span.of(text)


def _spans(text: str, runs: Sequence[tuple[Span, bool]], cut: Pieces) -> Iterator[tuple[Span, bool]]:
    """Yield the token of each piece, and whether the piece may begin one; part of a letter may not."""
    last = 0
    for piece in cut.places:
        run, unspaced = runs[piece.word]
        if not unspaced:
            yield run, True
            continue
        lead = len(_led(text, run)) - len(run)
        start, end = max(last, run.start + piece.start - lead), run.start + piece.end - lead
        yield Span(start, max(start, end)), end > start
        last = max(last, end)
