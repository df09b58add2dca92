"""Which feelings a text shows, at anything: the pack's feeling words and the trained heads, averaged as odds."""

import math
from collections.abc import Mapping
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.languages import LanguagePack
from amends.reading.cues import Found, Phrasebook
from amends.reading.heads import HEADS
from amends.reading.odds import probability
from amends.reading.patterns import Groups, Script, groups
from amends.vocabulary import EMOTIONS

FILE: Final = "emotions.tsv"
PRIOR: Final = -2.2
WORD: Final = 2.4
# Heat cues of the phrasebook that are feelings too.
FELT: Final = {
    "anger": {
        "fury": 2.6,
        "anger": 2.2,
        "condemn": 1.3,
        "insult": 1.6,
        "profanity": 1.2,
        "accuse": 1.3,
        "annoyed": 1.0,
    },
    "joy": {"praise": 1.6, "thanks": 0.5, "settled": 0.6, "condemn": -1.0, "annoyed": -1.0},
    "sadness": {"annoyed": 0.7, "cost": 0.5},
    "disgust": {"condemn": 0.8, "accuse": 0.6, "insult": 0.4},
    "fear": {},
    "surprise": {"rhetorical": 0.8},
}


def emotions(found: Found, scores: NDArray[np.float32] | None) -> dict[str, float]:
    """Return each of EMOTIONS, 0–1.

    `scores`: log-odds of HEADS; None or not a number where no head was trained, and then the words alone count.
    """
    words = _feeling_words(found)
    return {name: _chance(name, words.get(name, 0), found, scores) for name in EMOTIONS}


def _chance(name: str, words: int, found: Found, scores: NDArray[np.float32] | None) -> float:
    held, weights = found.by_group, _felt(found.book)[name]
    cues = sum(weight * min(2, len(held[cue])) ** 0.5 for cue, weight in weights if cue in held)
    said = PRIOR + WORD * min(2, words) ** 0.5 + cues
    heard = math.nan if scores is None else float(scores[HEADS.index(name)])
    if math.isnan(heard):
        return probability(said)
    # A feeling that is named counts in full; what a head hears adds to it, and alone it decides.
    return probability(heard + (said - PRIOR) * 0.8)


def _feeling_words(found: Found) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for hit in _lexicon(found.book.pack, found.book.script).hits(found.plain):
        if not found.denied(hit.span):
            counts[hit.group] = counts.get(hit.group, 0) + 1
    return counts


@cache
def _felt(book: Phrasebook) -> dict[str, tuple[tuple[str, float], ...]]:
    """Return what each cue weighs in each feeling: FELT, and what a pack's own [felt] says of a head heard wrong."""
    own = book.source.get("felt", {})
    return {name: tuple((f"cue.{cue}", w) for cue, w in {**FELT[name], **own.get(name, {})}.items()) for name in FELT}


@cache
def _lexicon(pack: LanguagePack, script: Script) -> Groups:
    """Return a pack's feeling words, one group an emotion."""
    words: dict[str, list[str]] = {}
    for row in pack.tsv(FILE):
        words.setdefault(row["emotion"], []).append(row["words"])
    return groups(words, script)
