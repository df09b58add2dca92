"""Phrase: fixed words in a row (amends.coach.phrasebook)."""

from amends.coach.entry import Entry
from amends.coach.finding import Detector
from amends.coach.scene import Hit, Scene
from amends.text.spans import longest_first


def find(entry: Entry, scene: Scene) -> list[Hit]:
    """Return a hit for each place where a phrase stands, the longest of each pile."""
    return [Hit(span=span, detector=Detector.PHRASE) for span in longest_first(scene.spans(entry.number))]
