"""The commitment head: whether a time binds us, learnt from replies, where words alone say it and no list could.

It weighs what the cues found (commitment.py) against how the sentence sounds around its time, as n-grams of
characters, and against the words around it, of the time itself and of the sentences beside (around.py). One file a
language, `weights/<tag>.npz`, 0.2 MB, all taught together; how is in docs/reference/data-cards/commitment-head.md, and
tools/train_commitment.py makes them again. A language without a file goes by its cues alone.
"""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.promises.around import TIME, Place, beside_buckets, blanked, time_buckets, word_buckets
from amends.promises.commitment import Sentence, confidence, is_conditional, is_silenced
from amends.promises.cues import CUES
from amends.promises.moments import Due
from amends.promises.order import beside, in_order
from amends.reading.heads import salted_buckets
from amends.text.spans import Span
from amends.vocabulary import LanguageTag

BUCKETS: Final = 2**16
NEAR: Final = 24
LOUDNESS: Final = 4.0
"""How much all n-grams together weigh beside one cue; chosen on data/promises by tools/train_commitment.py --unseen."""
WORDS_LOUDNESS: Final = 3.0
KINDS: Final = {"grams": LOUDNESS, "words": WORDS_LOUDNESS, "times": WORDS_LOUDNESS, "beside": WORDS_LOUDNESS}
"""What a time is heard by, in the order of sounds(), and how much each kind weighs together."""
ZONES: Final = (0, 0x1A2B, 0x5C6D, 0x3E4F)
EDGE: Final = 4
MOST_ODDS: Final = 30.0
MOST_TIMES, LAST_PLACE = 4, 3
HOURS: Final = (2, 8, 24, 48, 96, 168, 336)
"""Steps of how far ahead a time lies. Two weeks is the last: a far day is promised as firmly as a near one."""
Verdicts = Sequence[float | None]
"""What the cues say of each time of a sentence (verdicts_of)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Head:
    """A logistic head. `signs` weighs signs() by name, `heard` the buckets of sounds() by kind; 0 was never met.

    A time binds us from the log-odds `floor` on: there, of lines left out, enough of what is taken for ours is.
    `stretch` and `shift` make log-odds say how often a time with as many is ours.
    """

    signs: Mapping[str, float]
    heard: Sequence[NDArray[np.float32]]
    floor: float
    stretch: float
    shift: float

    def odds(self, time: "Named", *, verdicts: Verdicts) -> float:
        """Return the log-odds that a time binds us."""
        kinds = zip(self.heard, sounds(time), KINDS.values(), strict=True)
        heard = sum(_heard(weights.take(buckets), loudness) for weights, buckets, loudness in kinds)
        weight_of = self.signs.get
        return heard + sum([weight_of(sign, 0.0) for sign in signs(time, verdicts=verdicts)])

    def sureness(self, odds: float) -> float:
        """Return how surely a time binds us, 0–1, by its log-odds."""
        return 1 / (1 + math.exp(-max(-MOST_ODDS, min(MOST_ODDS, odds * self.stretch + self.shift))))


@dataclass(frozen=True, kw_only=True)
class Named:
    """A time that a sentence names: the `place`-th of all of them, and where the sentence stands in its text."""

    sentence: Sentence
    named: Sequence[Due]
    place: int
    stands: Place

    @property
    def due(self) -> Due:
        """Return the time itself."""
        return self.named[self.place]


@cache
def head(tag: LanguageTag) -> Head | None:
    """Return the head taught for a language, None where there is none."""
    file = resources.files("amends.promises") / "weights" / f"{tag}.npz"
    if not file.is_file():
        return None
    with file.open("rb") as opened, np.load(opened) as stored:
        weights = zip(stored["signs"].tolist(), stored["sign_weights"].tolist(), strict=True)
        floor, stretch, shift = stored["operating"].tolist()
        heard = [stored[kind].astype(np.float32) for kind in KINDS]
        return Head(signs=dict(weights), heard=heard, floor=floor, stretch=stretch, shift=shift)


def weighed(sentence: Sentence, named: Sequence[Due], *, stands: Place, tag: LanguageTag) -> list[float | None]:
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
            named_time = Named(sentence=sentence, named=named, place=place, stands=stands)
            odds = learnt.odds(named_time, verdicts=by_cues)
            surely.append(learnt.sureness(odds) if odds > learnt.floor else None)
    return surely


def verdicts_of(sentence: Sentence, named: Sequence[Due]) -> list[float | None]:
    """Return what the cues alone say of each time."""
    return [confidence(sentence, time.span, counted=time.counted) for time in named]


def signs(time: Named, *, verdicts: Verdicts) -> list[str]:
    """Return what the cues say of a time, by name: their verdict, which of them stand where, what came before."""
    sentence, due, whole = time.sentence, time.due, Span(0, len(time.sentence.words))
    clause = sentence.clause_of(due.span)
    found = ["always", f"verdict {verdicts[time.place]}", f"basis {due.basis}"]
    found += [*_places(sentence, clause, due.span), *_counts(time)]
    found += in_order(sentence, clause, due.span, ours=verdicts[time.place] is not None)
    found += beside(time.stands, sentence.cues)
    before = [verdict is not None for verdict in verdicts[: time.place]]
    told = {
        "condition": is_conditional(sentence, due.span, counted=due.counted),
        "counted": due.counted,
        "opens": due.span.start < EDGE,
        "closes": whole.end - due.span.end < EDGE,
        "after ours": any(before),
        "after another": not all(before),
        "opens the text": not time.stands.before,
        "closes the text": not time.stands.behind,
        "alone": not time.stands.before and not time.stands.behind,
    }
    return [*found, *(name for name, holds in told.items() if holds)]


def sounds(time: Named) -> tuple[NDArray[np.uint32], ...]:
    """Return the buckets of how a sentence sounds around one of its times, one array for each of KINDS.

    N-grams are those of all of it with the time blanked out, of what stands close before and behind, of its clause.
    """
    words, span = time.sentence.words, time.due.span
    before, behind = words[: span.start], words[span.end :]
    clause = blanked(words, time.sentence.clause_of(span), time.named, time.place)
    zones = (f"{before}{TIME}{behind}", f"{before[-NEAR:]}{TIME}", f"{TIME}{behind[:NEAR]}", clause)
    whole = blanked(words, Span(0, len(words)), time.named, time.place)
    said = (
        word_buckets(clause, whole),
        time_buckets(span.of(words)),
        beside_buckets(time.stands.before, time.stands.behind),
    )
    return (salted_buckets(zones, salts=ZONES, size=BUCKETS), *said)


def _counts(time: Named) -> list[str]:
    """Return how many times the sentence names, the place of this one among them, and how far ahead it lies."""
    many, due = len(time.named), time.due.end
    found = [f"of {min(MOST_TIMES, many)}", f"nth {min(LAST_PLACE, time.place)}"]
    if time.place == many - 1:
        found.append("last of them")
    if due is None:
        return found
    ahead = (due - time.stands.at).total_seconds() / 3600
    return [
        *found,
        f"ahead {bisect_left(HOURS, ahead)}",
        f"the same day {due.date() == time.stands.at.date()}",
    ]


def _heard(held: NDArray[np.float32], loudness: float) -> float:
    """Return what buckets say together; those never met count for nothing."""
    return float(np.add.reduce(held)) * loudness / math.sqrt(max(1, int(np.count_nonzero(held))))


def _places(sentence: Sentence, clause: Span, time: Span) -> list[str]:
    found: list[str] = []
    may = sentence.holds.may
    for cue in CUES:
        if cue in may and (places := sentence.holds.places(cue)):
            found += [f"{cue} here"] if sentence.has(cue, clause) else []
            found += [f"{cue} before"] if places[0].start < time.start else []
            found += [f"{cue} behind"] if places[-1].start >= time.end else []
    return found
