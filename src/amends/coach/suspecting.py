"""How likely each sentence breaks a rule, from all that is heard of it: patterns, letters and, where it runs, meaning.

The parts are weighed by tools/train_sentences.py, which judges each by sentences it was not taught with
(docs/reference/data-cards/coach-sentences.md); `weights/suspicions.npz` holds the weights. Two tiers: `quick` hears
patterns and letters and needs no engine, `full` hears the encoder too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.coach.letters import letters
from amends.coach.marks import marks
from amends.coach.pack import RuleSet
from amends.coach.scene import Scene
from amends.coach.sensing import Chances
from amends.reading.odds import log_odds
from amends.vocabulary import LanguageTag

FURTHER: Final = {
    "argues": "argue.fairness",
    "isolates": "isolate",
    "indifferent": "indifference",
    "heated": "tone.heated",
    "shames": "staff.shamed",
    "gift": "remedy.owed_as_gift",
}
"""Which rule a label breaks that its own head alone hears (ADR 0190)."""
RULE_OF: Final = {
    "non_apology": "apology.non",
    "inconvenience": "apology.inconvenience",
    "blame_department": "blame.department",
    "blame_customer": "blame.customer",
    "never_again": "promise.never_again",
    "excuse": "excuse",
    "minimise": "minimise",
    "deflect": "deflect.selfserve",
    "refuse": "refuse.fast",
    "sell": "upsell.angry",
    "hedged": "apology.hedged",
    "internal": "org.internal",
    "condescend": "condescend",
    "impatient": "impatient",
    "defensive": "tone.defensive",
    "important": "canned.important",
    "faceless": "voice.faceless",
    "vague_time": "promise.vague_time",
    "unsure": "unsure.hedge",
    "evasive": "evasive",
    "assumes": "assume.solution",
    "gushing": "empathy.canned",
    **FURTHER,
}
"""Which rule a label of the sentences breaks."""
QUICK: Final = "quick"
FULL: Final = "full"
TIERS: Final = (QUICK, FULL)
NEVER: Final = 2.0

Array = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Suspicion:
    """How likely one sentence carries each label that breaks a rule, 0–1, and which tier says so."""

    tier: str = QUICK
    chances: Mapping[str, float]


@dataclass(frozen=True, kw_only=True, eq=False)
class Weighing:
    """What each thing heard counts for each label.

    `weights` by tier: things heard × labels, in the order language, marks, letters and, in the full tier, meanings.
    `stretch` and `shift` by tier: languages × labels, from a sum to log-odds. `alarming`, `doubting` by tier: languages
    × labels, the chance from which a sentence is warned of, and under which the words a pattern found are let pass;
    `sure`: from which they keep their full level.
    """

    labels: tuple[str, ...]
    languages: tuple[LanguageTag, ...]
    marks: tuple[str, ...]
    meanings: tuple[str, ...]
    weights: Mapping[str, Array]
    stretch: Mapping[str, Array]
    shift: Mapping[str, Array]
    alarming: Mapping[str, Array]
    doubting: Mapping[str, Array]
    sure: Mapping[str, Array]

    def chances(self, heard: Array, *, tier: str, tag: LanguageTag) -> Array:
        """Return the probability of each label, sentences × labels. `heard`: what `weights` weighs of each sentence."""
        at = self.languages.index(tag)
        odds = (heard @ self.weights[tier]) * self.stretch[tier][at] + self.shift[tier][at]
        answer: Array = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
        return answer

    def least(self, label: str, *, tier: str, tag: LanguageTag) -> float:
        """Return the chance from which a label is warned of; above 1 where that is never, or nobody taught it."""
        return self._of(self.alarming, label, tier, tag) if label in self.labels else NEVER

    def most(self, label: str, *, tier: str, tag: LanguageTag) -> float:
        """Return the chance under which words that a pattern found are let pass; 0 where that is never."""
        return self._of(self.doubting, label, tier, tag) if label in self.labels else 0.0

    def full(self, label: str, *, tier: str, tag: LanguageTag) -> float:
        """Return the chance from which words that a pattern found keep the full level of their rule."""
        return self._of(self.sure, label, tier, tag) if label in self.labels else 0.0

    def _of(self, chances: Mapping[str, Array], label: str, tier: str, tag: LanguageTag) -> float:
        return float(chances[tier][self.languages.index(tag), self.labels.index(label)])


def suspect(rules: RuleSet, scene: Scene) -> tuple[Suspicion, ...]:
    """Return the suspicion of every sentence; () in a language whose letters nobody learnt."""
    learnt, tag, count = letters(scene.pack.tag), scene.pack.tag, len(scene.page.sentences)
    if learnt is None or not count:
        return ()
    weighed = weighing()
    spoken = np.tile([float(tag == one) for one in weighed.languages], (count, 1))
    sounds = learnt.scores([scene.page.said(number) for number in range(count)])
    heard = np.hstack([spoken, marks(rules, scene, weighed.marks), sounds]).astype(np.float32)
    quick = [Suspicion(chances=dict(zip(weighed.labels, row.tolist(), strict=True)))
             for row in weighed.chances(heard, tier=QUICK, tag=tag)]  # fmt: skip
    sensed = [number for number, chances in enumerate(scene.chances) if chances]
    if not sensed:
        return tuple(quick)
    meant = np.stack([meanings(scene.chances[number], weighed.meanings) for number in sensed])
    full = weighed.chances(np.hstack([heard[sensed], meant]).astype(np.float32), tier=FULL, tag=tag)
    for number, row in zip(sensed, full, strict=True):
        quick[number] = Suspicion(tier=FULL, chances=dict(zip(weighed.labels, row.tolist(), strict=True)))
    return tuple(quick)


def meanings(chances: Chances, names: tuple[str, ...]) -> Array:
    """Return the log-odds of what an encoder hears in a sentence, within ±8, in the order of `names`."""
    return np.array([log_odds(chances[name]) for name in names], dtype=np.float32)


@cache
def weighing() -> Weighing:
    """Return the weights of this version."""
    file = resources.files("amends.coach") / "weights" / "suspicions.npz"
    with file.open("rb") as opened, np.load(opened) as kept:
        return Weighing(
            labels=tuple(kept["labels"].tolist()),
            languages=tuple(kept["languages"].tolist()),
            marks=tuple(kept["marks"].tolist()),
            meanings=tuple(kept["meanings"].tolist()),
            weights=_by_tier(kept, "weights"),
            stretch=_by_tier(kept, "stretch"),
            shift=_by_tier(kept, "shift"),
            alarming=_by_tier(kept, "alarming"),
            doubting=_by_tier(kept, "doubting"),
            sure=_by_tier(kept, "sure"),
        )


def _by_tier(kept: Mapping[str, Array], name: str) -> dict[str, Array]:
    return {tier: kept[f"{tier}_{name}"].astype(np.float32) for tier in TIERS}
