"""Empathy by its parts, after EPITOME (Sharma et al. 2020): a reaction, an interpretation, an exploration, 0–2 each.

What each level is told by, and what was left out, stands in docs/explanation/scores.md.
"""

from typing import Final

from amends.coach.finding import EMPATHY_PARTS, FULL, Empathy
from amends.coach.parts import earned_by
from amends.coach.scene import Scene
from amends.text.spans import Span

WEAK: Final = {
    "reaction": ("apologise",),
    "interpretation": ("restate", "specific", "understand"),
    "exploration": ("ask",),
}
"""Labels that show a part in general words: we are sorry; we heard you; we ask something."""
STRONG: Final = {
    "reaction": ("feel",),
    "interpretation": ("meant",),
    "exploration": ("explore",),
}
"""Labels that show it in full: the feeling named; what it meant for them; what would put it right for them."""


def empathy(scene: Scene) -> Empathy:
    """Return how far a reply shows empathy. Adding a sentence never lowers a level."""
    found = {part: _level(part, scene) for part in EMPATHY_PARTS}
    return Empathy(
        levels={part: level for part, (level, _) in found.items()},
        earned={part: span for part, (_, span) in found.items() if span is not None},
    )


def _level(part: str, scene: Scene) -> tuple[int, Span | None]:
    """Return a part's level and the words that earned it.

    An encoder alone earns no full level: like every second detector it counts one lower.
    """
    if scene.says(*STRONG[part]):
        return FULL, earned_by(scene, STRONG[part])
    either = WEAK[part] + STRONG[part]
    if scene.says(*either) or scene.means(*either):
        return 1, earned_by(scene, either)
    return 0, None
