"""Pattern: words that match an expression of the pack (amends.coach.expression)."""

from amends.coach.entry import Entry
from amends.coach.finding import Detector
from amends.coach.scene import Hit, Scene


def find(entry: Entry, scene: Scene) -> list[Hit]:
    """Return a hit for each place that a pattern matches."""
    return [Hit(span=span, detector=Detector.PATTERN) for span in scene.spans(entry.number)]
