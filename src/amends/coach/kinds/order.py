"""Order: something stands before what ought to come first."""

from collections.abc import Sequence
from typing import Final

from amends.coach.entry import Entry
from amends.coach.finding import Detector
from amends.coach.scene import Hit, Scene

LONG: Final = 7
"""Sentences of a letter in which one may stand before what ought to come first."""


def find(entry: Entry, scene: Scene) -> list[Hit]:
    """Return one hit when a sentence labelled `entry.before` precedes the first one labelled `entry.labels`.

    What is likely meant counts as said, where that makes the order right; a sentence that carries one of
    `entry.unless_label` too may come first. A reply that never says what ought to come first is the affair of a
    `missing` rule. A letter of some length may say one thing first: that they are safe, or that it is mended already.
    """
    wanted = frozenset(entry.labels)
    harmless = [frozenset[str]() if marks & entry.unless_label else marks for marks in scene.labels]
    first, meant = _place(scene.labels, wanted), _place(scene.meant, wanted)
    if first is None:
        return []
    reached = first if meant is None else min(first, meant)
    early = sum(1 for marks in harmless[:reached] if marks & frozenset(entry.before))
    return [Hit(span=None, detector=Detector.STRUCTURE)] if early > len(harmless) // LONG else []


def _place(marked: Sequence[frozenset[str]], labels: frozenset[str]) -> int | None:
    return next((number for number, marks in enumerate(marked) if marks & labels), None)
