"""Order: something stands before what ought to come first."""

from collections.abc import Sequence

from amends.coach.entry import Entry
from amends.coach.finding import Detector
from amends.coach.scene import Hit, Scene


def find(entry: Entry, scene: Scene) -> list[Hit]:
    """Return one hit when a sentence labelled `entry.before` precedes the first one labelled `entry.labels`.

    What is likely meant counts as said, where that makes the order right; a sentence that carries one of
    `entry.unless_label` too may come first. A reply that never says what ought to come first is the affair of a
    `missing` rule.
    """
    wanted = frozenset(entry.labels)
    harmless = [frozenset[str]() if marks & entry.unless_label else marks for marks in scene.labels]
    first, early = _place(scene.labels, wanted), _place(harmless, frozenset(entry.before))
    meant = _place(scene.meant, wanted)
    if first is None or early is None or early >= first or (meant is not None and early >= meant):
        return []
    return [Hit(span=None, detector=Detector.STRUCTURE)]


def _place(marked: Sequence[frozenset[str]], labels: frozenset[str]) -> int | None:
    return next((number for number, marks in enumerate(marked) if marks & labels), None)
