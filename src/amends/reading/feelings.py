"""Feelings and complaints as public data knows them, heard in the vector of a sentence encoder.

`weights/feelings.npz` holds a linear head a feeling for the languages whose public data suffices, made by
tools/train_feelings.py (docs/reference/data-cards/reading-feelings.md). Heads of n-grams know the words of more texts,
these what is meant: their odds are averaged.
"""

from functools import cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.reading.odds import log_odds, probability
from amends.vocabulary import LanguageTag

OF_THE_ENCODER: Final = 0.85
"""What the encoder's head counts in the average, where both speak."""
COMPLAINS: Final = {"th": 1.0}
"""How much a spread of the head of negative words adds to the odds of a complaint: in Thai it learnt from what people
write to brands (Wisesight). Elsewhere no public data of complaints may be used."""


def sensed_feelings(vector: NDArray[np.float32], *, language: LanguageTag) -> NDArray[np.float32] | None:
    """Return one log-odds for each of HEADS, not a number for a silent one; None where none were taught."""
    stored = _stored()
    if f"{language}.weights" not in stored:
        return None
    said: NDArray[np.float32] = vector @ stored[f"{language}.weights"] + stored[f"{language}.bias"]
    return said


def complaint_heard(complaint: float, negative: float, *, language: LanguageTag) -> float:
    """Return how likely a complaint is once the head of negative words is asked; `negative`: spreads from average."""
    by = COMPLAINS.get(language, 0.0)
    return probability(log_odds(complaint) + by * negative) if by else complaint


def averaged(heard: NDArray[np.float32] | None, sensed: NDArray[np.float32] | None) -> NDArray[np.float32] | None:
    """Return the odds of both kinds of heads together; where one is silent the other speaks alone."""
    if heard is None or sensed is None:
        return sensed if heard is None else heard
    both = (1 - OF_THE_ENCODER) * heard + OF_THE_ENCODER * sensed
    one = np.where(np.isnan(heard), sensed, heard)
    return np.where(np.isnan(both), one, both).astype(np.float32)


@cache
def _stored() -> dict[str, NDArray[np.float32]]:
    with (resources.files("amends.reading") / "weights" / "feelings.npz").open("rb") as opened, np.load(opened) as kept:
        return {name: kept[name].astype(np.float32) for name in kept.files}
