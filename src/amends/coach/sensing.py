"""What each sentence of a reply does, by its meaning: heads over a sentence encoder that was taught further for them.

Taught by tools/teach_encoder.py and tools/train_sentences.py on data/coach, all languages together;
`weights/encoder.npz` holds what was changed in the encoder, `weights/sentences.npz` the heads
(docs/reference/data-cards/coach-sentences.md, ADR 0165). The encoder itself is an engine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.ports import Embedder
from amends.vocabulary import EngineMissing

MOST_SENTENCES: Final = 80
FEWEST_LETTERS: Final = 8
MOST_REMEMBERED: Final = 4096
"""Sentences whose chances are kept: of a draft that grows, only the new ones are weighed."""
WEIGHTS: Final = resources.files("amends.coach") / "weights"
TAUGHT: Final = WEIGHTS / "encoder.npz"
"""What the encoder was taught further for sentences."""
SAYS: Final = {"next_step": "promise"}
"""Labels of the heads that the packs call by another name."""

Chances = Mapping[str, float]
"""Probability of each label in one sentence; empty for a sentence that was not looked at."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SentenceHeads:
    """What the vectors of an encoder of family `taught_on` (its name up to the first dash), taught further, say.

    A vector's product with `weights` (dimensions × labels), stretched and shifted, is log-odds. A label's chance of
    `clearing` or more is enough not to miss the deed.
    """

    taught_on: str
    labels: tuple[str, ...]
    weights: NDArray[np.float32]
    stretch: NDArray[np.float32]
    shift: NDArray[np.float32]
    clearing: Mapping[str, float]

    def chances(self, vectors: NDArray[np.float32]) -> list[dict[str, float]]:
        """Return the probability of every label for each vector."""
        odds = np.clip(vectors @ self.weights * self.stretch + self.shift, -30, 30)
        return [dict(zip(self.labels, row.tolist(), strict=True)) for row in 1 / (1 + np.exp(-odds))]


def sense(sentences: Sequence[str], *, embed: Embedder | None) -> tuple[Chances, ...]:
    """Return the chances of every sentence; all empty without an encoder, or with one the heads were not taught on.

    Only the first 80 sentences of 8 letters or more are looked at, and of those the ones whose vector is not all zeros.
    """
    unseen: list[Chances] = [{} for _ in sentences]
    trained = heads()
    worth = [n for n, said in enumerate(sentences) if sum(map(str.isalpha, said)) >= FEWEST_LETTERS][:MOST_SENTENCES]
    if embed is None or not worth or embed.name.split("-")[0] != trained.taught_on:
        return tuple(unseen)
    try:
        vectors = embed.taught(TAUGHT).embed([sentences[number].strip() for number in worth])
    except EngineMissing:
        return tuple(unseen)
    seen = [(number, vector) for number, vector in zip(worth, vectors, strict=True) if vector.any()]
    for number, vector in seen:
        unseen[number] = _weighed(vector.tobytes())
    return tuple(unseen)


@lru_cache(MOST_REMEMBERED)
def _weighed(vector: bytes) -> Chances:
    """Return the chances of one vector of 32-bit numbers."""
    return heads().chances(np.frombuffer(vector, dtype=np.float32)[np.newaxis])[0]


def clears(chances: Chances) -> frozenset[str]:
    """Return the labels of the packs that a sentence likely carries."""
    least = heads().clearing
    return frozenset(SAYS.get(label, label) for label, chance in chances.items() if chance >= least[label])


def evidence(chances: Sequence[Chances], label: str) -> float:
    """Return the highest chance, 0–1, with which a sentence carries a label of the packs; 0 where that is unlikely."""
    least = heads().clearing
    names = [label, *(name for name, said in SAYS.items() if said == label)]
    likely = (one[name] for one in chances for name in names if name in one and one[name] >= least[name])
    return max(likely, default=0.0)


@cache
def heads() -> SentenceHeads:
    """Return the heads of this version."""
    with (WEIGHTS / "sentences.npz").open("rb") as opened, np.load(opened) as kept:
        labels = tuple(kept["labels"].tolist())
        return SentenceHeads(
            taught_on=str(kept["taught_on"]),
            labels=labels,
            weights=kept["weights"],
            stretch=kept["stretch"],
            shift=kept["shift"],
            clearing=dict(zip(labels, kept["clearing"].tolist(), strict=True)),
        )
