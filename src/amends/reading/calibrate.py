"""From what was found to calibrated probabilities: one small model, the same for every language, that can be read.

Its coefficients stand in weights/heat.toml, fitted by tools/fit_heat.py on messages written for this project
(docs/reference/data-cards/reading-training.md). Cues mean the same in every language, so all languages share them.
"""

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.reading.complaint import reported
from amends.reading.cues import Found
from amends.reading.heads import HEADS
from amends.reading.values import Threat
from amends.vocabulary import Intensity, LanguageTag

VERSION: Final = "cues-1"
CUES: Final = (
    "fury", "anger", "annoyed", "condemn", "bad", "accuse", "profanity", "insult", "repeat", "waiting", "broken_word",
    "demand", "rhetorical", "sarcasm", "cold", "cost", "soft", "praise", "thanks", "settled", "other_party",
    "intensify", "question", "request",
)  # fmt: skip
MOST_COUNTED: Final = 4
HEADS_USED: Final = ("anger", "joy", "sadness", "negative")
ANGRY_FACES: Final = re.compile("[😠😡🤬👿💢😤🖕]")
GLAD_FACES: Final = re.compile("[😀😃😄😁😊😍🥰😘❤🧡💛💚💙💜🙏👍🎉✨😋🤗]")
SHOUT: Final = re.compile(r"[!?]*![!?]+|\?{2,}")
CAPITALS: Final = re.compile(r"\b[A-ZÅÄÖ]{3,}\b")


@dataclass(frozen=True, kw_only=True, eq=False)
class Heat:
    """The fitted model. Thresholds part the five intensities; heads are standardised per language before use."""

    intensity: Mapping[str, float]
    thresholds: tuple[float, float, float, float]
    complaint: Mapping[str, float]
    complaint_bias: float
    heads: Mapping[LanguageTag, Mapping[str, tuple[float, float]]]

    def at_least(self, features: Mapping[str, float]) -> tuple[float, ...]:
        """Return the probabilities that intensity is at least 1, 2, 3 and 4."""
        warmth = sum(weight * features.get(name, 0.0) for name, weight in self.intensity.items())
        return tuple(probability(warmth - threshold) for threshold in self.thresholds)

    def complaint_probability(self, features: Mapping[str, float]) -> float:
        """Return how likely the writer reports that something of ours let them down."""
        weighed = sum(weight * features.get(name, 0.0) for name, weight in self.complaint.items())
        return probability(weighed + self.complaint_bias)


@cache
def heat() -> Heat:
    """Return the model that comes with this version."""
    stored = tomllib.loads((resources.files("amends.reading") / "weights" / "heat.toml").read_text(encoding="utf-8"))
    first, second, third, fourth = stored["thresholds"]
    return Heat(
        intensity=stored["intensity"],
        thresholds=(first, second, third, fourth),
        complaint=stored["complaint"],
        complaint_bias=stored["complaint_bias"],
        heads={tag: {name: (m, s) for name, (m, s) in table.items()} for tag, table in stored["heads"].items()},
    )


def intensity_of(at_least: tuple[float, ...]) -> Intensity:
    """Return the median intensity: the highest step that is likelier reached than not."""
    return Intensity(sum(chance >= 0.5 for chance in at_least))


def features(found: Found, *, made: tuple[Threat, ...], manager: bool, scores: NDArray[np.float32] | None,
             standard: Mapping[str, tuple[float, float]]) -> dict[str, float]:  # fmt: skip
    """Return everything the model weighs, by name; counts are dampened, absent heads are 0 (the average)."""
    counted = {name: math.log1p(min(MOST_COUNTED, found.count(f"cue.{name}"))) for name in CUES}
    named = {
        "threats": float(len({threat.kind for threat in made})),
        "manager": float(manager),
        "trouble": math.log1p(reported(found)),
        "hints": math.log1p(len(found.under("cause."))),
        "wishes": math.log1p(len(found.under("wish."))),
    }
    return counted | named | _shape(found.plain.written) | _heads(scores, standard)


def probability(log_odds: float) -> float:
    """Return the probability behind log-odds, without overflow."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def _shape(text: str) -> dict[str, float]:
    words = max(1, len(text.split()))
    shouted = [word for word in CAPITALS.findall(text)]
    return {
        "capitals": min(1.0, 3 * len(shouted) / words) if len(shouted) > 1 else 0.0,
        "shout": math.log1p(min(MOST_COUNTED, len(SHOUT.findall(text)))),
        "exclaims": math.log1p(min(MOST_COUNTED, text.count("!"))),
        "asks": math.log1p(min(MOST_COUNTED, text.count("?"))),
        "angry_faces": float(bool(ANGRY_FACES.search(text))),
        "glad_faces": float(bool(GLAD_FACES.search(text))),
    }


def _heads(scores: NDArray[np.float32] | None, standard: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    if scores is None:
        return {}
    kept: dict[str, float] = {}
    for name in HEADS_USED:
        mean, spread = standard.get(name, (0.0, 0.0))
        heard = float(scores[HEADS.index(name)])
        if spread and not math.isnan(heard):
            kept[f"head_{name}"] = max(-3.0, min(3.0, (heard - mean) / spread))
    return kept
