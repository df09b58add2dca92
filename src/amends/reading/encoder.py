"""What a message means as a whole: small heads over the vector of a sentence encoder that was taught further for them.

Taught by tools/teach_encoder.py and tools/train_encoder.py: `weights/taught.npz` holds what was changed in the encoder,
`weights/encoder.npz` the heads, `weights/encoder.toml` how much they and the quick tier count
(docs/reference/data-cards/reading-encoder.md, ADR 0168). The encoder itself is an engine.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from amends.ports import Embedder
from amends.reading.alike import alike
from amends.reading.feelings import sensed_feelings
from amends.reading.odds import log_odds, probability
from amends.reading.sounding import Sounding
from amends.reading.tone import sounds_of
from amends.vocabulary import EngineMissing, JsonObject, LanguageTag

VERSION: Final = "encoder-2"
NONE: Final = "no-encoder"
SPARED: Final = "encoder-spared"
STEPS: Final = ("least.1", "least.2", "least.3", "least.4")
COLUMNS: Final = (*STEPS, "complaint")
LONGEST_TEXT: Final = 8_000
WEIGHTS: Final = resources.files("amends.reading") / "weights"
TAUGHT: Final = WEIGHTS / "taught.npz"
"""What the encoder was taught further for messages."""


@dataclass(frozen=True, kw_only=True, eq=False)
class EncoderHeads:
    """Linear heads over vectors of the encoder family `taught_on` (its name up to the first dash)."""

    taught_on: str
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, vector: NDArray[np.float32]) -> dict[str, float]:
        """Return the log-odds of each of COLUMNS."""
        return dict(zip(COLUMNS, (vector @ self.weights + self.bias).tolist(), strict=True))


@dataclass(frozen=True, kw_only=True)
class Sensed:
    """What the heads say of one message (`scores`, by COLUMNS), and how it is joined with the quick tier's words.

    `alike`: what it is told like, by the columns of `amends.reading.alike`. `feelings`: log-odds of HEADS.
    `tone`: how it sounds, by the names of `amends.reading.tone`. `sounding`: its vector, and whom to ask about single
    sentences.
    """

    scores: Mapping[str, float]
    language: LanguageTag
    alike: Mapping[str, float] = field(default_factory=dict)
    feelings: NDArray[np.float32] | None = None
    tone: Mapping[str, float] = field(default_factory=dict)
    sounding: Sounding | None = None

    def at_least(self, quick: tuple[float, ...]) -> tuple[float, ...]:
        """Return the probabilities that intensity is at least 1, 2, 3 and 4, from those of the quick tier.

        However it sounds to the encoder, words that the quick tier takes for hot cool by one step at most.
        """
        part = joined()["heat"]
        odds = (
            part["quick"] * log_odds(chance) + part["sensed"] * self.scores[name] + bias
            for name, chance, bias in zip(STEPS, quick, _own(part["bias"], self.language), strict=True)
        )
        steps = accumulate(map(probability, odds), min)
        return no_colder(tuple(steps), quick)

    def complaint(self, quick: float) -> float:
        """Return how likely the writer reports that something of ours let them down."""
        part = joined()["complaint"]
        odds = part["quick"] * log_odds(quick) + part["sensed"] * self.scores["complaint"]
        return probability(odds + _own(part["bias"], self.language))


def no_colder(steps: tuple[float, ...], quick: tuple[float, ...]) -> tuple[float, ...]:
    """Return the probabilities of the steps, none more than a step below those of the quick tier."""
    return tuple(max(step, hotter) for step, hotter in zip(steps, (*quick[1:], 0.0), strict=True))


def sense(text: str, *, language: LanguageTag, embed: Embedder | None) -> Sensed | None:
    """Return what the heads say of a text; None without an encoder, with one they were not taught on, or no words.

    Only the first 8,000 code points are looked at.
    """
    trained = heads()
    if embed is None or embed.name.split("-")[0] != trained.taught_on or not text.strip():
        return None
    ear = embed.taught(TAUGHT)
    try:
        vector = ear.embed([text[:LONGEST_TEXT]])[0]
    except EngineMissing:
        return None
    return sensed_by(vector, language=language, sounding=Sounding(vector=vector, embed=ear))


def sensed_by(vector: NDArray[np.float32], *, language: LanguageTag, sounding: Sounding | None = None) -> Sensed:
    """Return what the heads say of a message by its vector."""
    return Sensed(
        scores=heads().scores(vector),
        language=language,
        alike=alike().scores(vector),
        feelings=sensed_feelings(vector, language=language),
        tone=sounds_of(vector),
        sounding=sounding,
    )


@cache
def heads() -> EncoderHeads:
    """Return the heads of this version."""
    with (WEIGHTS / "encoder.npz").open("rb") as opened, np.load(opened) as kept:
        return EncoderHeads(
            taught_on=str(kept["taught_on"]),
            weights=kept["weights"].astype(np.float32),
            bias=kept["bias"].astype(np.float32),
        )


@cache
def joined() -> JsonObject:
    """Return how the heads and the quick tier are weighed against each other, table by table."""
    return tomllib.loads((WEIGHTS / "encoder.toml").read_text(encoding="utf-8"))


def _own(by_language: JsonObject, tag: LanguageTag) -> Any:
    """Return what belongs to a language, else to all of them."""
    return by_language.get(tag, by_language["all"])
