"""What a customer's message sounds like as a whole, learnt from messages written for this project.

One matrix a language, `weights/<tag>-letters.npz`: a column each for heat, complaint, the causes and the wishes, over
hashed n-grams of letters. docs/reference/data-cards/reading-letters.md says from what; tools/train_letters.py makes it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from itertools import accumulate, pairwise
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from amends.reading.heads import numbered_buckets, once_each, summed, taken
from amends.vocabulary import CauseKind, LanguageTag, WishKind

VERSION: Final = "letters-1"
BUCKETS: Final = 2**15
COLUMNS: Final = (
    "heat", "complaint", *(f"cause.{kind}" for kind in CauseKind), *(f"wish.{kind}" for kind in WishKind),
)  # fmt: skip


ADDED_AT_ONCE: Final = 8
SHORTEST: Final = np.float32(1e-9)
"""A length for texts without a known n-gram, whose sums are 0."""
NOTHING: Final = np.zeros(0, dtype=np.uint32)
Kind = TypeVar("Kind", bound="Columns")


@dataclass(frozen=True, kw_only=True, eq=False)
class Columns:
    """Linear columns over which n-grams a text holds. `weights` is buckets × columns and holds the rarity already.

    `rarity` weighs a bucket in a text's length (0: never seen in training); `scale` undoes the int8 of `weights`.
    """

    weights: NDArray[np.int8]
    rarity: NDArray[np.float32]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]

    def summed_over(self, held: NDArray[np.uint32]) -> NDArray[np.float32]:
        """Return each column for the buckets that a text holds, each once."""
        total = summed(self._totals, held)
        length = math.sqrt(total[-1])
        return total[:-1] * self.scale / np.float32(length) + self.bias if length else self.bias

    @cached_property
    def _totals(self) -> NDArray[np.float32]:
        """Return the weights with the square of the rarity behind them, so that one sum a text gives all it needs.

        Whole numbers as floats: adding them is exact, and ten times as fast as widening small integers each time.
        """
        return np.column_stack([self.weights, np.square(self.rarity)]).astype(np.float32)


class SideBySide:
    """Tables over the same buckets, laid side by side: what a text holds is looked up once for all of them.

    Each sum comes out as it does alone, to the last bit: all columns of whole numbers go first, filled up to the eight
    that a processor adds at once, and the rarities, which alone are no whole numbers, behind them.
    """

    def __init__(self, tables: Sequence[Columns | None]) -> None:
        """Take the tables, None for those that were not taught."""
        taught = [table for table in tables if table is not None]
        counts = [table.weights.shape[1] for table in taught]
        self._count, self._tables = sum(counts), len(taught)
        ends = accumulate(0 if table is None else table.weights.shape[1] for table in tables)
        self._columns = [
            None if table is None else slice(end - table.weights.shape[1], end)
            for table, end in zip(tables, ends, strict=True)
        ]
        self._of = np.repeat(np.arange(len(taught)), counts)
        if taught:
            self._scale = np.concatenate([table.scale for table in taught])
            self._bias = np.concatenate([table.bias for table in taught])
            filled = np.zeros((BUCKETS, -self._count % ADDED_AT_ONCE), dtype=np.int8)
            whole, rarity = [table.weights for table in taught], [np.square(table.rarity) for table in taught]
            self._rows = np.column_stack([*whole, filled, *rarity]).astype(np.float32)

    def of(self, held: NDArray[np.uint32]) -> list[NDArray[np.float32] | None]:
        """Return what each table says of one text by the buckets it holds, each once; None of one not taught."""
        return [None if told is None else told[0] for told in self.of_each([held])]

    def of_each(self, held: Sequence[NDArray[np.uint32]]) -> list[NDArray[np.float32] | None]:
        """Return what each table says of each text (text × column), by the buckets it holds, each once."""
        if not self._count:
            return [None for _ in self._columns]
        rows = taken(self._rows, np.concatenate([NOTHING, *held]))
        totals, place = np.empty((len(held), rows.shape[1]), dtype=np.float32), 0
        ones = np.ones(max(map(len, held), default=0), dtype=np.float32)
        for total, each in zip(totals, held, strict=True):
            np.dot(ones[: len(each)], rows[place : place + len(each)], out=total)
            place += len(each)
        lengths = np.maximum(np.sqrt(totals[:, -self._tables :]), SHORTEST)
        told = totals[:, : self._count] * self._scale / lengths.take(self._of, axis=1) + self._bias
        return [None if columns is None else told[:, columns] for columns in self._columns]


class Letters(Columns):
    """What a whole message sounds like: COLUMNS."""

    def scores(self, grams: NDArray[np.uint32]) -> dict[str, float]:
        """Return each of COLUMNS for the n-grams of one text, in the unit of what it was taught (heat: 0–4)."""
        return named(self.summed_over(known(grams)))


def named(row: NDArray[np.float32] | None) -> dict[str, float]:
    """Return what letters speak for each of COLUMNS; nothing where none were taught."""
    return {} if row is None else dict(zip(COLUMNS, row.tolist(), strict=True))


def known(grams: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return which buckets a text holds, each once. `grams` may be of any larger number of buckets."""
    return once_each(grams & np.uint32(BUCKETS - 1))


def known_of_each(texts: Sequence[str]) -> list[NDArray[np.uint32]]:
    """Return which buckets each of several texts holds, all in one pass."""
    if not texts:
        return []
    held = numbered_buckets(texts, size=BUCKETS)
    ends = held.searchsorted(np.arange(len(texts) + 1, dtype=np.uint32) * np.uint32(BUCKETS)).tolist()
    held &= np.uint32(BUCKETS - 1)
    return [held[start:end] for start, end in pairwise(ends)]


@cache
def letters(tag: LanguageTag) -> Letters | None:
    """Return what was learnt of a language, None where nothing was."""
    return stored(Letters, f"{tag}-letters.npz")


def stored(kind: type[Kind], name: str) -> Kind | None:
    """Return the columns that a file among the weights holds, None where there is no such file."""
    file = resources.files("amends.reading") / "weights" / name
    if not file.is_file():
        return None
    with file.open("rb") as opened, np.load(opened) as kept:
        return kind(
            weights=kept["weights"], rarity=kept["rarity"].astype(np.float32), scale=kept["scale"], bias=kept["bias"]
        )
