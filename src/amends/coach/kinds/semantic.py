"""Semantic: a sentence that means what a rule forbids, in words that no pattern of the pack knows."""

from collections.abc import Iterable
from typing import Final

from amends.coach.entry import Entry
from amends.coach.finding import Detector
from amends.coach.scene import Hit, Scene
from amends.coach.sensing import heads

RULE_OF: Final = {
    "non_apology": "apology.non",
    "inconvenience": "apology.inconvenience",
    "blame_department": "blame.department",
    "blame_customer": "blame.customer",
    "never_again": "promise.never_again",
    "minimise": "minimise",
    "deflect": "deflect.selfserve",
    "refuse": "refuse.fast",
}
"""Which rule a label of the heads breaks."""
FEWEST_LETTERS: Final = 20
"""Of a shorter sentence ("Sorry, Jack.") the meaning says too little to warn."""


def find(label: str, entries: Iterable[Entry], scene: Scene) -> list[Hit]:
    """Return a hit for each sentence that alarmingly likely carries a label; `entries`: those of its rule.

    Where the patterns of the rule know the words, they have the say: whether they found, or found it harmless.
    """
    alarming, known = heads().alarming[label], tuple(entries)
    return [
        Hit(span=scene.page.sentences[number], detector=Detector.SEMANTIC, confidence=chances[label])
        for number, chances in enumerate(scene.chances)
        if chances.get(label, 0.0) >= alarming and is_open(number, known, scene)
    ]


def is_open(number: int, entries: Iterable[Entry], scene: Scene) -> bool:
    """Return whether patterns have nothing to say of a rule in one sentence."""
    sentence = scene.page.sentences[number]
    short = sum(map(str.isalpha, sentence.of(scene.page.plain))) < FEWEST_LETTERS
    quoted = any(quote.overlaps(sentence) for quote in scene.page.quoted)
    return not short and not quoted and not any(_is_known(number, entry, scene) for entry in entries)


def _is_known(number: int, entry: Entry, scene: Scene) -> bool:
    words = (*scene.spans(entry.number), *scene.spans(entry.clears))
    here = scene.page.sentences[number]
    owned = entry.unless_label and scene.beside(number, entry.unless_label)
    return bool(owned) or any(span.overlaps(here) for span in words)
