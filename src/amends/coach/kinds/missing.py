"""Missing: nothing in the reply carries any of the labels that ought to be there."""

from amends.coach.entry import Entry
from amends.coach.finding import Detector
from amends.coach.scene import Hit, Scene


def find(entry: Entry, scene: Scene) -> list[Hit]:
    """Return one hit for the whole reply when none of `entry.labels` is said, or likely meant.

    `least` of the `parts` said together stand for it, where an entry has some.
    """
    there = scene.says(*entry.labels) or scene.means(*entry.labels)
    together = bool(entry.parts) and sum(scene.says(*labels) for labels in entry.parts) >= entry.least
    if not scene.page.sentences or there or together or scene.spans(entry.number):
        return []
    return [Hit(span=None, detector=Detector.STRUCTURE)]
