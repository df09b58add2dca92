"""Swap: words with a better word for the same place (R194: "I don't know" → "let me find out for you")."""

from amends.coach.entry import Entry
from amends.coach.finding import Detector
from amends.coach.scene import Hit, Scene


def find(entry: Entry, scene: Scene) -> list[Hit]:
    """Return one hit a place, with the better words that belong to it."""
    return [
        Hit(span=span, detector=Detector.PHRASE, suggestions=(better,))
        for number, better in entry.swaps
        for span in scene.spans(number)
    ]
