"""What a sentence of a reply sounds like, letter by letter: heads over hashed n-grams, run with numpy alone.

One matrix a language, `weights/<tag>-letters.npz`, made by tools/train_sentences.py from data/coach. Features are those
of amends.reading.letters: which n-grams of 1–5 characters a text holds, rarer ones weigh more, length 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.reading.heads import numbered_buckets
from amends.reading.letters import BUCKETS
from amends.vocabulary import LanguageTag

SHORTEST: Final = 1e-9
"""A length for sentences without a known n-gram, whose sums are 0."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Letters:
    """Linear columns, one a label. `weights`: buckets × labels, rarity in them; `rarity`: for the length of a text."""

    labels: tuple[str, ...]
    weights: NDArray[np.int8]
    rarity: NDArray[np.float32]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Return how much each sentence, in normal form, sounds like each label: about 0 for no, 1 for yes."""
        made = np.tile(self.bias, (len(sentences), 1))
        keys = numbered_buckets(sentences, size=BUCKETS)
        present, whose = keys % BUCKETS, keys // BUCKETS
        if not keys.size:
            return made
        first = np.flatnonzero(np.diff(whose, prepend=np.uint32(len(sentences))))
        lengths = np.sqrt(np.add.reduceat(np.square(self.rarity[present]), first))
        # Whole numbers as floats add up exactly, and twice as fast as small integers that are widened on the way.
        sums = np.add.reduceat(self._floats.take(present, axis=0), first, axis=0).astype(np.int32)
        made[whose[first]] += sums * self.scale / np.maximum(lengths, SHORTEST)[:, None]
        return made

    @cached_property
    def _floats(self) -> NDArray[np.float32]:
        return self.weights.astype(np.float32)


@cache
def letters(tag: LanguageTag) -> Letters | None:
    """Return what was learnt of a language, None where nothing was."""
    file = resources.files("amends.coach") / "weights" / f"{tag}-letters.npz"
    if not file.is_file():
        return None
    with file.open("rb") as opened, np.load(opened) as kept:
        return Letters(
            labels=tuple(kept["labels"].tolist()),
            weights=kept["weights"],
            rarity=kept["rarity"].astype(np.float32),
            scale=kept["scale"],
            bias=kept["bias"],
        )
