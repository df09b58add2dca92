"""How claims are weighed: the words of the phrasebook, the letters and what a message is told like.

`weights/claims.toml` says how much each counts, in the quick tier and with an encoder; `weights/<tag>-claims.npz` holds
what letters of a sentence speak for a threat or for somebody senior, `<tag>-wishes.npz` for wishes.
tools/train_claims.py makes what weighs causes, tools/train_threats.py and tools/train_wishes.py the rest
(docs/reference/data-cards/reading-claims.md).
"""

import math
import tomllib
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.reading.alike import COLUMNS, MANAGER
from amends.reading.cues import Found
from amends.reading.letters import Columns, stored
from amends.vocabulary import JsonObject, LanguageTag, ThreatKind

KINDS: Final = (*map(str, ThreatKind), MANAGER)
SPOKEN: Final = tuple(name for name in COLUMNS if name.startswith(("cause.", "wish.")))
MOST_COUNTED: Final = 2
ASKED_FOR: Final = {"cause.refund.clear": "wish.refund", "cause.cancellation.clear": "wish.cancel"}


class Sentences(Columns):
    """What one sentence sounds like: KINDS, or the wishes."""

    def scores(self, held: NDArray[np.uint32]) -> NDArray[np.float32]:
        """Return how much the letters of a sentence speak for each claim. `held`: the buckets it holds."""
        return self.summed_over(held)


@cache
def sentences(tag: LanguageTag) -> Sentences | None:
    """Return what was learnt of KINDS in the sentences of a language, None where nothing was."""
    return stored(Sentences, f"{tag}-claims.npz")


@cache
def wished_by(tag: LanguageTag) -> Sentences | None:
    """Return what was learnt of wishes in the sentences of a language, None where nothing was."""
    return stored(Sentences, f"{tag}-wishes.npz")


@cache
def weighed() -> JsonObject:
    """Return how much everything counts, table by table."""
    file = resources.files("amends.reading") / "weights" / "claims.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def counted(found: Found) -> dict[str, float]:
    """Return how often each group of the phrasebook was found, dampened, and which cause is named first.

    Words by which a refund or a cancellation is asked for tell no cause beside another one: who wants money back
    because the chair broke writes about the chair.
    """
    groups = dict(found.by_group)
    named = [name for name in groups if name.startswith("cause.") and name.endswith(".clear")]
    for name, wish in ASKED_FOR.items():
        if name in groups and len(named) > 1:
            asked = [hit.span for hit in groups.get(wish, ())]
            groups[name] = [hit for hit in groups[name] if not any(hit.span.overlaps(span) for span in asked)]
    counts = {name: math.sqrt(min(MOST_COUNTED, len(hits))) for name, hits in groups.items() if hits}
    first = min((hit for name in named for hit in groups[name]), key=lambda hit: hit.span, default=None)
    return counts | {f"first.{first.group}": 1.0} if first else counts


def spoken(found: Found) -> dict[str, float]:
    """Return how much all words of the phrasebook speak for each cause and wish (`cause.late`, `wish.refund`)."""
    places, rows = _rows()
    told = [(places[name], count) for name, count in counted(found).items() if name in places]
    if not told:
        return dict.fromkeys(SPOKEN, 0.0)
    numbers, counts = zip(*told, strict=True)
    return dict(zip(SPOKEN, (np.array(counts) @ rows[list(numbers)]).tolist(), strict=True))


@cache
def _rows() -> tuple[dict[str, int], NDArray[np.float64]]:
    """Return which row each group has, and what it adds to each of SPOKEN."""
    stored = weighed()["cues"]
    return {name: number for number, name in enumerate(stored)}, np.array(list(stored.values()))
