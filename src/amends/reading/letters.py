"""What a customer's message sounds like as a whole, learnt from messages written for this project.

One matrix a language, `weights/<tag>-letters.npz`: a column each for heat, complaint, the causes and the wishes, over
hashed n-grams of letters. docs/reference/data-cards/reading-letters.md says from what; tools/train_letters.py makes it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from amends.reading.heads import buckets_of_each, summed
from amends.vocabulary import CauseKind, LanguageTag, WishKind

VERSION: Final = "letters-1"
BUCKETS: Final = 2**15
COLUMNS: Final = (
    "heat", "complaint", *(f"cause.{kind}" for kind in CauseKind), *(f"wish.{kind}" for kind in WishKind),
)  # fmt: skip


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


class Letters(Columns):
    """What a whole message sounds like: COLUMNS."""

    def scores(self, grams: NDArray[np.uint32]) -> dict[str, float]:
        """Return each of COLUMNS for the n-grams of one text, in the unit of what it was taught (heat: 0–4)."""
        return self.told(known(grams))

    def told(self, held: NDArray[np.uint32]) -> dict[str, float]:
        """Return each of COLUMNS for the buckets that a text holds, each once."""
        return dict(zip(COLUMNS, self.summed_over(held).tolist(), strict=True))


def known(grams: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return which buckets a text holds, each once. `grams` may be of any larger number of buckets."""
    return once_each(grams & np.uint32(BUCKETS - 1))


def once_each(numbers: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return each number once, in order, and sort `numbers` in place: np.unique hashes them, which takes longer."""
    numbers.sort()
    first = np.ones(len(numbers), dtype=bool)
    np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
    kept: NDArray[np.uint32] = numbers[first]
    return kept


def known_of_each(texts: Sequence[str]) -> list[NDArray[np.uint32]]:
    """Return which buckets each of several texts holds, all in one pass."""
    if not texts:
        return []
    grams, owner = buckets_of_each(texts, size=BUCKETS)
    held = once_each(grams | owner.astype(np.uint32) * np.uint32(BUCKETS))
    ends = held.searchsorted(np.arange(1, len(texts), dtype=np.uint32) * np.uint32(BUCKETS))
    return np.split(held & np.uint32(BUCKETS - 1), ends)


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
