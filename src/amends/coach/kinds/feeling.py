"""Whether a reply calls the customer's feeling by its name, and by the right one."""

from collections.abc import Callable
from typing import Final

from amends.coach.entry import Entry
from amends.coach.finding import Detector
from amends.coach.scene import Hit, Scene

NAMED: Final = ("feels_anger", "feels_sadness", "feels_fear", "feels_shame", "feels_tired")
"""Cues: words for a feeling, by family."""
NEAR: Final = ({"feels_anger", "feels_sadness"},)
"""Families that a customer would take one for the other: frustrated, angry, disappointed."""


def _not_named(entry: Entry, scene: Scene) -> list[Hit]:
    """Return a hit when the reply speaks of a feeling or says sorry, and calls no feeling, or another, by its name.

    What the customer feels is what they call it themselves; who names nothing is right with any name.
    """
    if not scene.says(*entry.labels):
        return []
    said = {cue for cue in NAMED if scene.cue(cue)}
    theirs = {cue for cue in NAMED if scene.letter and scene.letter.says(cue)}
    theirs |= set().union(*(near for near in NEAR if near & theirs))
    return [] if said and (not theirs or said & theirs) else [Hit(span=None, detector=Detector.COMPARE)]


CHECKS: dict[str, Callable[[Entry, Scene], list[Hit]]] = {"feeling_not_named": _not_named}
