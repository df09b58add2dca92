"""From what was found to calibrated probabilities: one small model, the same for every language, that can be read.

Its coefficients stand in weights/heat.toml, fitted by tools/fit_heat.py on messages written for this project
(docs/reference/data-cards/reading-training.md). Cues mean the same in every language, so all languages share them;
the thresholds are each language's own.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.reading.complaint import reported
from amends.reading.cues import Found
from amends.reading.fitted import fitted
from amends.reading.heads import HEADS
from amends.reading.odds import probability
from amends.reading.values import Threat
from amends.vocabulary import Intensity, LanguageTag

VERSION: Final = "cues-2"
CUES: Final = (
    "fury", "anger", "annoyed", "condemn", "bad", "accuse", "profanity", "insult", "repeat", "waiting", "broken_word",
    "demand", "rhetorical", "sarcasm", "cold", "cost", "soft", "praise", "thanks", "settled", "other_party",
    "intensify", "question", "request",
)  # fmt: skip
_CUE_GROUPS: Final = tuple((name, f"cue.{name}") for name in CUES)
MOST_COUNTED: Final = 4
_DAMPENED: Final = tuple(math.log1p(times) for times in range(MOST_COUNTED + 1))
USED: Final = (
    "head.anger", "head.joy", "head.sadness", "head.negative", "letters.heat", "letters.complaint",
)  # fmt: skip
MOST_SPREADS: Final = 3.0
_HEARD_HEADS: Final = tuple(f"head.{name}" for name in HEADS)
ANGRY_FACES: Final = re.compile("[😠😡🤬👿💢😤🖕]")
GLAD_FACES: Final = re.compile("[😀😃😄😁😊😍🥰😘❤🧡💛💚💙💜🙏👍🎉✨😋🤗]")
SHOUT: Final = re.compile(r"[!?]*![!?]+|\?{2,}")
IN_CAPITALS: Final = re.compile(r"[A-ZÅÄÖ]{3}")
CAPITALS: Final = re.compile(r"\b[A-ZÅÄÖ]{3,}\b")


@dataclass(frozen=True, kw_only=True, eq=False)
class Heat:
    """A fitted model of one language. Thresholds part the five intensities; all weights are log-odds."""

    intensity: Mapping[str, float]
    thresholds: tuple[float, float, float, float]
    complaint: Mapping[str, float]
    complaint_bias: float
    average: Mapping[str, tuple[float, float]]

    def at_least(self, features: Mapping[str, float]) -> tuple[float, ...]:
        """Return the probabilities that intensity is at least 1, 2, 3 and 4."""
        warmth = _weighed(self.intensity, features)
        return tuple(probability(warmth - threshold) for threshold in self.thresholds)

    def complaint_probability(self, features: Mapping[str, float]) -> float:
        """Return how likely the writer reports that something of ours let them down."""
        return probability(_weighed(self.complaint, features) + self.complaint_bias)


def _weighed(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    total = 0.0
    for name, value in features.items():
        # Most features of a message are 0.
        if value and name in weights:
            total += weights[name] * value
    return total


@cache
def heat(tag: LanguageTag) -> Heat:
    """Return the model of a language: the one with heads where letters were taught, else the one of words alone."""
    stored = fitted()
    kind = "heard" if tag in stored["heard"]["thresholds"] else "words"
    model, own = stored[kind], tag if kind == "heard" else "all"
    first, second, third, fourth = model["thresholds"][own]
    return Heat(
        intensity=model["intensity"],
        thresholds=(first, second, third, fourth),
        complaint=model["complaint"],
        complaint_bias=model["complaint_bias"][own],
        average={name: (mean, spread) for name, (mean, spread) in stored["average"].get(tag, {}).items()},
    )


def intensity_of(at_least: tuple[float, ...]) -> Intensity:
    """Return the median intensity: the highest step that is likelier reached than not."""
    return Intensity(sum(chance >= 0.5 for chance in at_least))


def features(found: Found, *, made: tuple[Threat, ...], manager: bool, heard: Mapping[str, float]) -> dict[str, float]:
    """Return everything the model weighs, by name; counts are dampened, what is not heard is 0 (the average).

    `heard`: spreads away from the average, of heads (`head.anger`) and letters (`letters.heat`).
    """
    held = found.by_group
    counted = {name: _dampened(len(held[group])) if group in held else 0.0 for name, group in _CUE_GROUPS}
    named = {
        "threats": float(len({threat.kind for threat in made})),
        "manager": float(manager),
        "trouble": math.log1p(reported(found)),
        "hints": math.log1p(len(found.under("cause."))),
        "wishes": math.log1p(len(found.under("wish."))),
    }
    used = {name.replace(".", "_"): heard[name] for name in USED if name in heard}
    return counted | named | _shape(found.plain.written) | used


def heard(scores: NDArray[np.float32] | None, letters: Mapping[str, float],
          average: Mapping[str, tuple[float, float]]) -> dict[str, float]:  # fmt: skip
    """Return all that heads and letters hear, as spreads away from their average, at most 3; silent heads are left out.

    `letters`: what `amends.reading.letters` scores, without the prefix.
    """
    raw = {f"letters.{name}": score for name, score in letters.items()}
    if scores is not None:
        raw |= dict(zip(_HEARD_HEADS, scores.tolist(), strict=True))
    spreads = {}
    for name, (mean, spread) in average.items():
        if spread and name in raw:
            away = (raw[name] - mean) / spread
            if -MOST_SPREADS <= away <= MOST_SPREADS:
                spreads[name] = away
            elif away == away:  # a silent head is not a number
                spreads[name] = math.copysign(MOST_SPREADS, away)
    return spreads


def _shape(text: str) -> dict[str, float]:
    # Most texts hold none of it: what is looked for first costs a fraction of the whole pattern.
    shouted = CAPITALS.findall(text) if IN_CAPITALS.search(text) else []
    may_shout = "!" in text or "??" in text
    plain = text.isascii()
    return {
        "capitals": min(1.0, 3 * len(shouted) / max(1, len(text.split()))) if len(shouted) > 1 else 0.0,
        "shout": _dampened(len(SHOUT.findall(text))) if may_shout else 0.0,
        "exclaims": _dampened(text.count("!")),
        "asks": _dampened(text.count("?")),
        "angry_faces": float(not plain and bool(ANGRY_FACES.search(text))),
        "glad_faces": float(not plain and bool(GLAD_FACES.search(text))),
    }


def _dampened(times: int) -> float:
    return _DAMPENED[min(MOST_COUNTED, times)]
