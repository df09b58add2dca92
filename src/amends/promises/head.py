"""The commitment head: whether a time binds us, learnt from replies, where words alone say it and no list could.

It weighs what the cues found (commitment.py) against how the sentence sounds around its time, as n-grams of
characters, and against the words around it (around.py). One file a language, `weights/<tag>.npz`, 0.2 MB, all taught
together; how is in
docs/reference/data-cards/commitment-head.md, and tools/train_commitment.py makes them again. A language without a file
goes by its cues alone.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.promises.around import TIME, blanked, word_buckets
from amends.promises.commitment import Sentence, confidence, is_conditional, is_silenced
from amends.promises.cues import Cue
from amends.promises.moments import Due
from amends.reading.heads import buckets
from amends.text.spans import Span
from amends.vocabulary import LanguageTag

BUCKETS: Final = 2**16
NEAR: Final = 24
LOUDNESS: Final = 8.0
"""How much all n-grams together weigh beside one cue; chosen on data/promises by tools/train_commitment.py --unseen."""
WORDS_LOUDNESS: Final = 3.0
ZONES: Final = (0, 0x1A2B, 0x5C6D, 0x3E4F)
EDGE: Final = 4
MOST_ODDS: Final = 30.0
Verdicts = Sequence[float | None]
"""What the cues say of each time of a sentence (verdicts_of)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Head:
    """A logistic head. `signs` weighs signs() by name, `grams` and `words` the buckets of sounds(); 0 was never met.

    A time binds us from the log-odds `floor` on: there, of lines left out, enough of what is taken for ours is.
    `stretch` and `shift` make log-odds say how often a time with as many is ours.
    """

    signs: Mapping[str, float]
    grams: NDArray[np.float32]
    words: NDArray[np.float32]
    floor: float
    stretch: float
    shift: float

    def odds(self, sentence: Sentence, named: Sequence[Due], place: int, *, verdicts: Verdicts) -> float:
        """Return the log-odds that the `place`-th of the times `named` in a sentence binds us."""
        grams, words = sounds(sentence, named, place)
        heard = _heard(self.grams[grams], LOUDNESS) + _heard(self.words[words], WORDS_LOUDNESS)
        return heard + sum(self.signs.get(sign, 0.0) for sign in signs(sentence, named, place, verdicts=verdicts))

    def sureness(self, odds: float) -> float:
        """Return how surely a time binds us, 0–1, by its log-odds."""
        return 1 / (1 + math.exp(-max(-MOST_ODDS, min(MOST_ODDS, odds * self.stretch + self.shift))))


@cache
def head(tag: LanguageTag) -> Head | None:
    """Return the head taught for a language, None where there is none."""
    file = resources.files("amends.promises") / "weights" / f"{tag}.npz"
    if not file.is_file():
        return None
    with file.open("rb") as opened, np.load(opened) as stored:
        weights = zip(stored["signs"].tolist(), stored["sign_weights"].tolist(), strict=True)
        floor, stretch, shift = stored["operating"].tolist()
        grams, words = (stored[name].astype(np.float32) for name in ("grams", "words"))
        return Head(signs=dict(weights), grams=grams, words=words, floor=floor, stretch=stretch, shift=shift)


def weighed(sentence: Sentence, named: Sequence[Due], *, tag: LanguageTag) -> list[float | None]:
    """Return how surely the words commit us at each of their times, 0–1, or None where they do not.

    The cues say it where no head is taught. Nothing makes a promise of a question or of quoted words.
    """
    learnt, by_cues = head(tag), verdicts_of(sentence, named)
    if learnt is None:
        return by_cues
    surely: list[float | None] = []
    for place, time in enumerate(named):
        if is_silenced(sentence, time.span):
            surely.append(None)
        else:
            odds = learnt.odds(sentence, named, place, verdicts=by_cues)
            surely.append(learnt.sureness(odds) if odds > learnt.floor else None)
    return surely


def verdicts_of(sentence: Sentence, named: Sequence[Due]) -> list[float | None]:
    """Return what the cues alone say of each time."""
    return [confidence(sentence, time.span, counted=time.counted) for time in named]


def signs(sentence: Sentence, named: Sequence[Due], place: int, *, verdicts: Verdicts) -> list[str]:
    """Return what the cues say of a time, by name: their verdict, which of them stand where, what came before."""
    time, whole = named[place], Span(0, len(sentence.words))
    clause = sentence.clause_of(time.span)
    found = ["always", f"verdict {verdicts[place]}", f"basis {time.basis}"]
    found += _places(sentence, clause, time.span)
    before = [verdict is not None for verdict in verdicts[:place]]
    told = {
        "condition": is_conditional(sentence, time.span, counted=time.counted),
        "counted": time.counted,
        "opens": time.span.start < EDGE,
        "closes": whole.end - time.span.end < EDGE,
        "after ours": any(before),
        "after another": not all(before),
    }
    return [*found, *(name for name, holds in told.items() if holds)]


def sounds(sentence: Sentence, named: Sequence[Due], place: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the buckets of how a sentence sounds around one of its times: of its n-grams, then of its words.

    N-grams are those of all of it with the time blanked out, of what stands close before and behind, of its clause.
    """
    words, time = sentence.words, named[place].span
    before, behind = words[: time.start], words[time.end :]
    clause = blanked(words, sentence.clause_of(time), named, place)
    zones = (f"{before}{TIME}{behind}", f"{before[-NEAR:]}{TIME}", f"{TIME}{behind[:NEAR]}", clause)
    salted = [buckets(zone, size=BUCKETS) ^ np.uint32(salt) for zone, salt in zip(zones, ZONES, strict=True)]
    whole = blanked(words, Span(0, len(words)), named, place)
    return np.unique(np.concatenate(salted)), word_buckets(clause, whole)


def _heard(held: NDArray[np.float32], loudness: float) -> float:
    """Return what buckets say together; those never met count for nothing."""
    return float(held.sum()) * loudness / math.sqrt(max(1, int(np.count_nonzero(held))))


def _places(sentence: Sentence, clause: Span, time: Span) -> list[str]:
    found: list[str] = []
    for cue in Cue:
        places = sentence.cues.places(cue, sentence.words)
        if not places:
            continue
        where = {
            "here": sentence.has(cue, clause),
            "before": any(place.start < time.start for place in places),
            "behind": any(place.start >= time.end for place in places),
        }
        found += [f"{cue} {name}" for name, stands in where.items() if stands]
    return found
