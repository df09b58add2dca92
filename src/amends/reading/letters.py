"""What a customer's message sounds like as a whole, learnt from messages written for this project.

One matrix a language, `weights/<tag>-letters.npz`: a column each for heat, complaint, the causes and the wishes, over
hashed n-grams of letters. docs/reference/data-cards/reading-letters.md says from what; tools/train_letters.py makes it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.reading.heads import buckets
from amends.text.spans import Span
from amends.vocabulary import CauseKind, LanguageTag, WishKind

VERSION: Final = "letters-1"
BUCKETS: Final = 2**15
COLUMNS: Final = (
    "heat", "complaint", *(f"cause.{kind}" for kind in CauseKind), *(f"wish.{kind}" for kind in WishKind),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class Letters:
    """Linear columns over which n-grams a text holds. `weights` is buckets × COLUMNS and holds the rarity already.

    `rarity` weighs a bucket in a text's length (0: never seen in training); `scale` undoes the int8 of `weights`.
    """

    weights: NDArray[np.int8]
    rarity: NDArray[np.float32]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, grams: NDArray[np.uint32]) -> dict[str, float]:
        """Return each of COLUMNS for the n-grams of one text, in the unit of what it was taught (heat: 0–4)."""
        present = known(grams)
        length = float(np.sqrt(np.square(self.rarity[present]).sum()))
        if not length:
            return dict(zip(COLUMNS, self.bias.tolist(), strict=True))
        total = self.weights[present].sum(axis=0, dtype=np.int32) * self.scale / length + self.bias
        return dict(zip(COLUMNS, total.tolist(), strict=True))

    def loudest(self, text: str, column: str, places: Iterable[Span]) -> Span | None:
        """Return the place whose words speak most for a column, None when there is none."""
        weights = self.weights[:, COLUMNS.index(column)]
        heard = [
            (int(weights[known(buckets(place.of(text), size=BUCKETS))].sum(dtype=np.int32)), place) for place in places
        ]
        return max(heard, key=lambda pair: pair[0])[1] if heard else None


def known(grams: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return which buckets a text holds, each once. `grams` may be of any larger number of buckets."""
    seen = np.zeros(BUCKETS, dtype=bool)
    seen[grams & np.uint32(BUCKETS - 1)] = True
    return np.flatnonzero(seen).astype(np.uint32)


@cache
def letters(tag: LanguageTag) -> Letters | None:
    """Return what was learnt of a language, None where nothing was."""
    file = resources.files("amends.reading") / "weights" / f"{tag}-letters.npz"
    if not file.is_file():
        return None
    with file.open("rb") as opened, np.load(opened) as stored:
        return Letters(
            weights=stored["weights"],
            rarity=stored["rarity"].astype(np.float32),
            scale=stored["scale"],
            bias=stored["bias"],
        )
