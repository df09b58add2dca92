"""Parts: something that works only with several of its parts, and has too few of them."""

from amends.coach.entry import Entry
from amends.coach.finding import Detector
from amends.coach.scene import Hit, Scene


def find(entry: Entry, scene: Scene) -> list[Hit]:
    """Return one hit for the whole reply when one of `entry.labels` is said and fewer than `least` of the `parts`.

    What is likely meant counts as a part.
    """
    if not scene.says(*entry.labels):
        return []
    there = sum(scene.says(*labels) or scene.means(*labels) for labels in entry.parts)
    return [Hit(span=None, detector=Detector.STRUCTURE)] if there < entry.least else []
