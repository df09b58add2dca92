"""What the patterns of a rule set make of each sentence, in numbers that can be weighed."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.coach.finding import Detector
from amends.coach.pack import RuleSet
from amends.coach.scene import Hit, Scene
from amends.coach.standing import sentence_of, stands

WORDS: Final = frozenset({"phrase", "pattern"})
SHIPPED: Final = "coach/"
"""How the ids of entries begin that come with a language pack; those of somebody's own packs begin otherwise."""
LONG: Final = 200
"""Letters of a sentence that counts as long in full."""

Marks = NDArray[np.float32]


def marks(rules: RuleSet, scene: Scene, names: Sequence[str]) -> Marks:
    """Return for each sentence, in the order of `names`, what patterns make of it: 1 for yes, 0 for no.

    `found.RULE`: words of that rule stand there; `cleared.RULE`: they do, and their context makes them harmless;
    `says.LABEL`; `asks`: it holds a question mark; `quotes`: some of it is in quotation marks; `length`: 0–1. The case
    is not asked, nor an entry that somebody wrote for their own desk. A name of none of these is 0 everywhere.
    """
    at = {name: column for column, name in enumerate(names)}
    made = np.zeros((len(scene.page.sentences), len(names)), dtype=np.float32)
    for name, number in _by_words(rules, scene):
        if name in at:
            made[number, at[name]] = 1
    for number, labels in enumerate(scene.labels):
        made[number, [at[f"says.{label}"] for label in labels if f"says.{label}" in at]] = 1
    for number, sentence in enumerate(scene.page.sentences):
        said = scene.page.said(number)
        shape = {
            "asks": float("?" in said),
            "quotes": float(any(quote.overlaps(sentence) for quote in scene.page.quoted)),
            "length": min(1.0, len(said) / LONG),
        }
        for name, value in shape.items():
            if name in at:
                made[number, at[name]] = value
    return made


def _by_words(rules: RuleSet, scene: Scene) -> list[tuple[str, int]]:
    return [
        (f"{'found' if stands(entry, hit, scene) else 'cleared'}.{entry.rule}", sentence_of(span, scene))
        for entry in rules.entries
        if entry.kind in WORDS and entry.id.startswith(SHIPPED)
        for span in scene.spans(entry.number)
        for hit in [Hit(span=span, detector=Detector.PATTERN)]
    ]
