"""Feelings and complaints as public data knows them, heard in the vector of a sentence encoder.

`weights/feelings.npz` holds a linear head a feeling for the languages that have public data, made by
tools/train_encoder.py (docs/reference/data-cards/reading-feelings.md). Heads of n-grams know the words of more texts,
these what is meant: their odds are averaged.
"""

from functools import cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.reading.heads import HEADS
from amends.reading.odds import log_odds, probability
from amends.vocabulary import LanguageTag

OF_THE_ENCODER: Final = {"en": 0.85, "id": 0.85, "th": 0.3, "fi": 0.4}
"""What the encoder's head counts in the average, where both speak: less where n-grams were taught by many more rows."""
COMPLAINS: Final = {"th": 0.7}
"""How much a spread of the head of negative words adds to the odds of a complaint: in Thai it learnt from what people
write to brands (Wisesight). Elsewhere no public data of complaints may be used."""


def sensed_feelings(vector: NDArray[np.float32], *, language: LanguageTag) -> NDArray[np.float32] | None:
    """Return one log-odds for each of HEADS, not a number for a silent one; None where none were taught."""
    stored = _stored()
    if f"{language}.weights" not in stored:
        return None
    said: NDArray[np.float32] = vector @ stored[f"{language}.weights"] + stored[f"{language}.bias"]
    return said


def complaint_heard(
    complaint: float, negative: float, *, language: LanguageTag, sensed: NDArray[np.float32] | None = None
) -> float:
    """Return how likely a complaint is once the heads of negative words are asked.

    `negative`: spreads from average of the head of n-grams; `sensed`: log-odds of HEADS by the encoder.
    """
    by = COMPLAINS.get(language, 0.0)
    meant = 0.0 if sensed is None else float(np.nan_to_num(sensed[HEADS.index("negative")]))
    return probability(log_odds(complaint) + by * (negative + meant)) if by else complaint


def averaged(
    heard: NDArray[np.float32] | None, sensed: NDArray[np.float32] | None, *, language: LanguageTag
) -> NDArray[np.float32] | None:
    """Return the odds of both kinds of heads together; where one is silent the other speaks alone."""
    if heard is None or sensed is None:
        return sensed if heard is None else heard
    share = OF_THE_ENCODER.get(language, 0.5)
    both = (1 - share) * heard + share * sensed
    one = np.where(np.isnan(heard), sensed, heard)
    return np.where(np.isnan(both), one, both).astype(np.float32)


@cache
def _stored() -> dict[str, NDArray[np.float32]]:
    with (resources.files("amends.reading") / "weights" / "feelings.npz").open("rb") as opened, np.load(opened) as kept:
        return {name: kept[name].astype(np.float32) for name in kept.files}
