"""What sentences of a message sound like to the taught encoder: a threat, a call for somebody senior, or a wish.

`weights/threats.npz` and `weights/wishes.npz` hold linear heads over its vector, a column for each kind, made by
tools/train_threats.py and tools/train_wishes.py (docs/decisions/0191, 0192). A message of one or two sentences is heard
as a whole, by the vector that is there already; of a longer one the encoder is asked about the few sentences that words
and letters make likeliest. Wishes are heard by the vector of the whole alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.ports import Embedder
from amends.vocabulary import EngineMissing

SHORT: Final = 2
"""Sentences of a message that is heard as a whole."""
MOST_ASKED: Final = 2
"""So many sentences of a longer message the encoder is asked about at most."""
LEAST_ASKED: Final = -2.5
"""Log-odds, by words and letters, under which a sentence is not worth asking about."""
MOST_DOUBTED: Final = 4.0
"""Log-odds over which a sentence claims something whatever the encoder hears."""
LOUDEST: Final = 6.0

Sounds = Sequence[float] | None
"""The log-odds of each kind; None where the encoder said nothing."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Heads:
    """Weights (dimensions × kinds) and bias."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, vector: NDArray[np.float32]) -> Sounds:
        """Return the log-odds of each kind; None for a vector of zeros, by which an encoder says nothing."""
        return self.odds(vector) if vector.any() else None

    def odds(self, vector: NDArray[np.float32]) -> list[float]:
        """Return the log-odds of each kind, within ±LOUDEST."""
        heard: list[float] = (vector @ self.weights + self.bias).clip(-LOUDEST, LOUDEST).tolist()
        return heard


@dataclass(frozen=True, kw_only=True, eq=False)
class Sounding:
    """A message in the ear of the encoder: its vector, and whom to ask about single sentences of it."""

    vector: NDArray[np.float32]
    embed: Embedder

    def of_each(self, sentences: Sequence[str], odds: Sequence[float], *, short: bool) -> list[Sounds]:
        """Return what each sentence sounds like. `odds`: how likely each claims anything, by words and letters."""
        if short:
            return [heads("threats").scores(self.vector)] * len(sentences)
        likeliest = sorted(range(len(odds)), key=lambda number: -odds[number])[:MOST_ASKED]
        asked = [number for number in likeliest if LEAST_ASKED <= odds[number] <= MOST_DOUBTED]
        heard = dict(zip(asked, self._asked([sentences[number] for number in asked]), strict=True))
        return [heard.get(number) for number in range(len(sentences))]

    def wishes(self) -> Sounds:
        """Return what the message as a whole sounds like it asks for."""
        return heads("wishes").scores(self.vector)

    def _asked(self, sentences: list[str]) -> list[Sounds]:
        try:
            return [heads("threats").scores(vector) for vector in self.embed.embed(sentences)]
        except EngineMissing:
            return [None] * len(sentences)


@cache
def heads(name: str) -> Heads:
    """Return the heads of this version for `threats`, `wishes` or `tone`."""
    file = resources.files("amends.reading") / "weights" / f"{name}.npz"
    with file.open("rb") as opened, np.load(opened) as kept:
        return Heads(weights=kept["weights"].astype(np.float32), bias=kept["bias"].astype(np.float32))
