"""Semantic: a sentence that likely does what a rule forbids, in words that no pattern of the pack knows."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from amends.coach.entry import Entry
from amends.coach.finding import Detector
from amends.coach.marks import SHIPPED
from amends.coach.scene import Hit, Scene
from amends.coach.standing import sentence_of
from amends.coach.suspecting import FULL, RULE_OF, Suspicion, weighing
from amends.vocabulary import LanguageTag

LABEL_OF: Final = {rule: label for label, rule in RULE_OF.items()}
IN_WORDS: Final = frozenset({Detector.PHRASE, Detector.PATTERN})
WHOLE_AGAINST: Final = 8.0
"""By how much the odds that a sentence breaks a rule are lower in a letter that does all a good one does."""
FEWEST_LETTERS: Final = 20
"""Of a shorter sentence ("Sorry, Jack.") the meaning says too little to warn."""


def alarming(heard: tuple[Suspicion, ...], scene: Scene) -> list[str]:
    """Return the labels that some sentence alarmingly likely carries, before its letter is asked, most often none."""
    tag = scene.pack.tag
    loud = {
        label
        for said in heard
        for label, least in _alarms(said.tier, tag).items()
        if said.chances.get(label, 0.0) >= least
    }
    return [label for label in RULE_OF if label in loud]


def find(label: str, entries: Iterable[Entry], scene: Scene, heard: tuple[Suspicion, ...]) -> list[Hit]:
    """Return a hit for each sentence that alarmingly likely carries a label; `entries`: those of its rule.

    Where the patterns of the rule know the words, they have the say: whether they found, or found it harmless.
    """
    known, tag = tuple(entries), scene.pack.tag
    return [
        Hit(span=scene.page.sentences[number], detector=Detector.SEMANTIC, confidence=said.chances[label])
        for number, said in enumerate(heard)
        if _chance_here(said.chances.get(label, 0.0), scene) >= _alarms(said.tier, tag)[label]
        and is_open(number, known, scene)
    ]


@cache
def _alarms(tier: str, tag: LanguageTag) -> Mapping[str, float]:
    """Return the chance from which each label that breaks a rule is warned of, looked up once for all sentences."""
    return {label: weighing().least(label, tier=tier, tag=tag) for label in RULE_OF}


def is_doubted(entry: Entry, hit: Hit, scene: Scene, heard: tuple[Suspicion, ...]) -> bool:
    """Return whether what a pattern found is let pass, because all else in the sentence speaks against it."""
    said = _heard_at(entry, hit, scene, heard)
    if said is None:
        return False
    label = LABEL_OF[entry.rule]
    return _chance_here(said.chances.get(label, 1.0), scene) < weighing().most(
        label, tier=said.tier, tag=scene.pack.tag
    )


def is_unsure(entry: Entry, hit: Hit, scene: Scene, heard: tuple[Suspicion, ...]) -> bool:
    """Return whether so much in the sentence speaks against what a pattern found that it counts one level lower.

    Only who hears its meaning too may say so: letters alone took plain blame of a warehouse for half a fault.
    """
    said = _heard_at(entry, hit, scene, heard)
    if said is None or said.tier != FULL:
        return False
    label = LABEL_OF[entry.rule]
    return said.chances.get(label, 1.0) < weighing().full(label, tier=said.tier, tag=scene.pack.tag)


def _chance_here(chance: float, scene: Scene) -> float:
    """Return how likely a sentence breaks a rule in its letter: one that does all else right seldom does."""
    return chance / (chance + WHOLE_AGAINST * (1 - chance)) if scene.is_whole and chance < 1 else chance


def _heard_at(entry: Entry, hit: Hit, scene: Scene, heard: tuple[Suspicion, ...]) -> Suspicion | None:
    """Return the suspicion that may doubt a hit: only words of the packs that ship are doubted, and no certain ones."""
    worded = hit.span is not None and hit.detector in IN_WORDS and entry.id.startswith(SHIPPED) and not entry.certain
    if not heard or not worded or hit.span is None or entry.rule not in LABEL_OF:
        return None
    return heard[sentence_of(hit.span, scene)]


def is_open(number: int, entries: Iterable[Entry], scene: Scene) -> bool:
    """Return whether patterns have nothing to say of a rule in one sentence."""
    sentence = scene.page.sentences[number]
    short = sum(map(str.isalpha, sentence.of(scene.page.plain))) < FEWEST_LETTERS
    quoted = any(quote.overlaps(sentence) for quote in scene.page.quoted)
    signed = number >= scene.page.signature
    return not short and not quoted and not signed and not any(_is_known(number, entry, scene) for entry in entries)


def _is_known(number: int, entry: Entry, scene: Scene) -> bool:
    words = (*scene.spans(entry.number), *scene.spans(entry.clears))
    here = scene.page.sentences[number]
    owned = entry.unless_label and scene.beside(number, entry.unless_label)
    return bool(owned) or any(span.overlaps(here) for span in words)
