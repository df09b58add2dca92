"""The character n-gram heads: what a text sounds like, learnt from public data, run with numpy alone.

One matrix a language, `weights/<tag>.npz`; how it was trained, on what and under which licences is in
docs/reference/data-cards/reading-head.md, and tools/train_reading.py makes it again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from itertools import pairwise
from threading import local
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.vocabulary import LanguageTag

VERSION: Final = "chars-1"
HEADS: Final = ("anger", "disgust", "fear", "joy", "sadness", "surprise", "negative")
BUCKETS: Final = 2**16
LONGEST_GRAM: Final = 5
LONGEST_TEXT: Final = 4000
_STIR: Final = np.uint32(0x01000193)
_HALF: Final = np.uint32(15)
_NUMBERS: Final = np.arange(LONGEST_GRAM + 1, dtype=np.uint32)
_GRAM_LENGTHS: Final = np.arange(1, LONGEST_GRAM + 1, dtype=np.int32)[:, None]
_NO_LETTERS: Final = np.zeros(LONGEST_GRAM - 1, dtype=np.uint32)
_DIGIT: Final = np.uint32(ord("0"))
_DIGITS: Final = np.uint32(10)


@dataclass(frozen=True, kw_only=True, eq=False)
class Heads:
    """Logistic heads over hashed n-grams of 1–5 characters. `weights` is buckets × heads, `scale` undoes its int8."""

    weights: NDArray[np.int8]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, grams: NDArray[np.uint32]) -> NDArray[np.float32]:
        """Return one log-odds for each of HEADS, not a number for a silent one.

        `grams`: the buckets of a text in lower case, of at least as many as `weights` has: fewer are the low bits.
        """
        if not grams.size:
            return self.bias
        total = summed(self._floats, grams & np.uint32(len(self.weights) - 1))
        scored: NDArray[np.float32] = (total * self.scale / np.sqrt(grams.size) + self.bias).astype(np.float32)
        return scored

    @cached_property
    def _floats(self) -> NDArray[np.float32]:
        return self.weights.astype(np.float32)


def summed(rows: NDArray[np.float32], places: NDArray[np.uint32]) -> NDArray[np.float32]:
    """Return the sum of the rows at `places`: by a product, which is many times faster than summing over an axis.

    Whole numbers below 2^24 add up exactly, so the order of `places` changes nothing.
    """
    total: NDArray[np.float32] = np.ones(len(places), dtype=np.float32) @ taken(rows, places)
    return total


class _Room(local):
    """A thread's own room for rows that are summed at once and forgotten.

    Room asked for anew each time is given back and got again page by page, which takes longer than all the rest.
    """

    def __init__(self) -> None:
        self.floats = np.empty(0, dtype=np.float32)


_ROOM: Final = _Room()


def taken(rows: NDArray[np.float32], places: NDArray[np.uint32]) -> NDArray[np.float32]:
    """Return the rows at `places`, all of which must be there; the next call of the thread writes over them."""
    size = len(places) * rows.shape[1]
    if size > len(_ROOM.floats):
        _ROOM.floats = np.empty(2 * size, dtype=np.float32)
    room = _ROOM.floats[:size].reshape(len(places), rows.shape[1])
    return rows.take(places.astype(np.intp), axis=0, out=room, mode="clip")


@cache
def heads(tag: LanguageTag) -> Heads | None:
    """Return the heads trained for a language, None where there are none."""
    file = resources.files("amends.reading") / "weights" / f"{tag}.npz"
    if not file.is_file():
        return None
    with file.open("rb") as opened, np.load(opened) as stored:
        return Heads(weights=stored["weights"], scale=stored["scale"], bias=stored["bias"])


def buckets(text: str, *, size: int = BUCKETS) -> NDArray[np.uint32]:
    """Return the bucket of every n-gram of `text`, padded by a space; digits count as 0. `size` is a power of 2."""
    mixed, inside, _ = _grams_of_each([text])
    mixed &= np.uint32(size - 1)
    return mixed[inside]


def salted_buckets(texts: Sequence[str], *, salts: Sequence[int], size: int = BUCKETS) -> NDArray[np.uint32]:
    """Return the buckets of all n-grams of several texts, each with its salt, in order, each once."""
    mixed, inside, lengths = _grams_of_each(texts)
    mixed ^= np.array(salts, dtype=np.uint32).repeat(lengths)
    mixed &= np.uint32(size - 1)
    return once_each(mixed[inside])


def numbered_buckets(texts: Sequence[str], *, size: int = BUCKETS) -> NDArray[np.uint32]:
    """Return the buckets of all n-grams of several texts, in order, each once: of the nth text, n * `size` + bucket.

    Those of `buckets` for each of the texts, much quicker.
    """
    mixed, inside, lengths = _grams_of_each(texts)
    mixed &= np.uint32(size - 1)
    mixed |= (np.arange(len(texts), dtype=np.uint32) * np.uint32(size)).repeat(lengths)
    return once_each(mixed[inside])


def once_each(numbers: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return each number once, in order, and sort `numbers` in place: np.unique hashes them, which takes longer."""
    numbers.sort()
    first = np.empty(len(numbers), dtype=bool)
    first[:1] = True
    np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
    kept: NDArray[np.uint32] = numbers[first]
    return kept


def _grams_of_each(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.bool_], NDArray[np.int32]]:
    """Return the mixed number of each n-gram by its length and where it begins, which stand inside one text, and how
    long each text is with its padding."""
    padded = [f" {text[:LONGEST_TEXT]} " if text.strip() else "" for text in texts]
    lengths = np.array([len(text) for text in padded], dtype=np.int32)
    mixed = _rolled(_letters("".join(padded)))
    mixed ^= mixed >> _HALF
    left = lengths.cumsum(dtype=np.int32).repeat(lengths) - np.arange(mixed.shape[1], dtype=np.int32)
    return mixed, left >= _GRAM_LENGTHS, lengths


def _letters(text: str) -> NDArray[np.uint32]:
    """Return the code points of a text, digits as 0."""
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).copy()
    letters[letters - _DIGIT < _DIGITS] = _DIGIT
    return letters


def _rolled(letters: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return the number of every stretch of letters, a row for each length from 1 to LONGEST_GRAM, by where it begins.

    What reaches beyond the end says nothing.
    """
    found = np.empty((LONGEST_GRAM, len(letters)), dtype=np.uint32)
    np.multiply(letters, _STIR, out=found[0])
    found[0] += _NUMBERS[1]
    ahead = np.concatenate([letters, _NO_LETTERS])
    for gram, (shorter, row) in enumerate(pairwise(found), 1):
        np.bitwise_xor(shorter, ahead[gram : gram + len(letters)], out=row)
        row *= _STIR
        row += _NUMBERS[gram + 1]
    return found
