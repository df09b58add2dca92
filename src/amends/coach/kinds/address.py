"""How the reply addresses the customer: one form throughout, and one that suits how they write."""

from collections.abc import Callable

from amends.coach.entry import Entry
from amends.coach.finding import Detector
from amends.coach.page import LETTER
from amends.coach.scene import Hit, Scene
from amends.text.normal import normal
from amends.text.spans import Span


def _mixed(entry: Entry, scene: Scene) -> list[Hit]:
    """Return a hit where two forms stand in one reply that do not go together: the rarer one is at fault.

    In a letter one such word may be about somebody else: a mother, a technician by name.
    """
    fewest = 2 if len(scene.page.sentences) >= LETTER else 1
    for one, other in entry.clash:
        here, there = scene.cue(one), scene.cue(other)
        if min(len(here), len(there)) >= fewest:
            return [_hit(scene, min(here, there, key=len)[0])]
    return []


def _unlike_theirs(entry: Entry, scene: Scene) -> list[Hit]:
    """Return a hit where a form does not suit how the customer writes."""
    if scene.letter is None:
        return []
    unfit = (scene.cue(ours) for theirs, ours in entry.follows if scene.letter.says(theirs))
    return [_hit(scene, spans[0]) for spans in unfit if spans][:1]


def _unlike_own(entry: Entry, scene: Scene) -> list[Hit]:
    """Return a hit where a form is not the one that the writer's recent replies all use."""
    for one, other in (*entry.clash, *((b, a) for a, b in entry.clash)):
        always = bool(scene.recent) and all(sheet.says(other) and not sheet.says(one) for sheet in scene.recent)
        if always and scene.cue(one) and not scene.cue(other):
            return [_hit(scene, scene.cue(one)[0])]
    return []


def _bare_name(entry: Entry, scene: Scene) -> list[Hit]:
    """Return a hit where the customer's name stands without a title before it, in a language that wants one.

    A surname needs none behind the first name, which has it.
    """
    plain, parts = scene.page.plain, normal(scene.case.customer_name).text.split()
    titles = {plain[span.start : span.end] for span in scene.cue("title")}
    for part in (part for part in parts if len(part) > 1 and not part.startswith(tuple(titles))):
        place = plain.find(part)
        if place >= 0 and not plain[:place].rstrip(" .").endswith((*titles, *(set(parts) - {part}))):
            return [_hit(scene, Span(place, place + len(part)))]
    return []


def _hit(scene: Scene, span: Span) -> Hit:
    return Hit(span=scene.page.stretch(span), detector=Detector.COMPARE)


CHECKS: dict[str, Callable[[Entry, Scene], list[Hit]]] = {
    "mixed_forms": _mixed,
    "unlike_theirs": _unlike_theirs,
    "unlike_own": _unlike_own,
    "bare_name": _bare_name,
}
