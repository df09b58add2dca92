"""Order: something stands before what ought to come first."""

from amends.coach.entry import Entry
from amends.coach.finding import Detector
from amends.coach.scene import Hit, Scene


def find(entry: Entry, scene: Scene) -> list[Hit]:
    """Return one hit when a sentence labelled `entry.before` precedes the first one labelled `entry.labels`.

    A reply that never says what ought to come first is the affair of a `missing` rule.
    """
    first = _place(scene, frozenset(entry.labels))
    early = _place(scene, frozenset(entry.before))
    if first is None or early is None or early >= first:
        return []
    return [Hit(span=None, detector=Detector.STRUCTURE)]


def _place(scene: Scene, labels: frozenset[str]) -> int | None:
    return next((number for number, marks in enumerate(scene.labels) if marks & labels), None)
