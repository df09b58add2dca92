"""Whether a reply answers the message: its points, the treatment it complains of, the facts that are still needed."""

from collections.abc import Callable
from typing import Final

from amends.coach.entry import Entry
from amends.coach.finding import Detector
from amends.coach.retold import RETOLD
from amends.coach.scene import Hit, Scene
from amends.coach.sheet import Sheet, content
from amends.reading.told import Point, PointKind, Target
from amends.text.normal import normal
from amends.text.segments import words
from amends.text.spans import Span
from amends.vocabulary import CauseKind, EngineMissing, FactKind

ANSWERED_BY: Final = {
    "asks_when": ("promise", "done"),
    "asks_why": ("explain", "own", "specific"),
    "asks_how": ("act", "ask", "offer", "promise", "own"),
}
"""Labels that answer a question, by the words it asks with, in whatever words the answer is."""
TAKEN_SERIOUSLY: Final = ("apologise", "own", "feel", "meant")
"""Labels of which one, beside their trouble said back, speaks of how they were treated too."""
DEEDS: Final = ("act", "offer", "promise", "refuse")
"""Labels that answer what somebody asks us to do."""
FEWEST_WORDS: Final = 2
"""A question of fewer words of matter ("Why?", "Hello?") asks nothing that could be looked for."""
NEAR_ENOUGH: Final = 0.86
MOST_SENTENCES: Final = 16
NEEDS_ORDER: Final = frozenset(
    {CauseKind.LATE, CauseKind.MISSING, CauseKind.WRONG_ITEM, CauseKind.DAMAGED, CauseKind.DEFECTIVE, CauseKind.REFUND}
)
SHORTEST_STOCK_TEXT: Final = 15
LONGEST_CODE: Final = 4


def _points_unanswered(entry: Entry, scene: Scene) -> list[Hit]:
    """Return a hit for each question or request of the message that nothing in the reply takes up."""
    letter = _readable(scene)
    if letter is None:
        return []
    asked = [point for point in letter.reading.told.points if point.kind is not PointKind.REPORT]
    open_points = [point for point in asked if not _is_answered(point, letter, scene)]
    unheard = _far_from(scene, [point.span.of(letter.text) for point in open_points])
    return [Hit(span=None, detector=Detector.COMPARE, about=quote) for quote in unheard[: entry.most or 1]]


def _is_answered(point: Point, letter: Sheet, scene: Scene) -> bool:
    words_asked = content(point.span.of(letter.text), scene.pack)
    if len(_distinct(words_asked)) < FEWEST_WORDS or _asks(letter, point, "rhetorical"):
        return True
    if point.kind is PointKind.REQUEST:
        return bool(words_asked & scene.content) or scene.says(*DEEDS) or scene.means(*DEEDS)
    wanted = [labels for cue, labels in ANSWERED_BY.items() if _asks(letter, point, cue)]
    if any(scene.says(*labels) or scene.means(*labels) for labels in wanted):
        return True
    return bool(words_asked & scene.content) or bool(_figures(words_asked) & _figures(scene.content))


def _asks(letter: Sheet, point: Point, cue: str) -> bool:
    return any(letter.page.stretch(span).overlaps(point.span) for span in letter.spans(cue))


def _distinct(forms: frozenset[str]) -> frozenset[str]:
    """Return the words alone, without stems, lemmas and families of them."""
    return frozenset(form for form in forms if form[1:2] != "_")


def _figures(forms: frozenset[str]) -> frozenset[str]:
    return frozenset(form for form in forms if form.isdigit())


def _far_from(scene: Scene, points: list[str]) -> list[str]:
    """Return the points whose meaning lies far from every sentence of the reply; all of them without an encoder."""
    sentences = [scene.page.stretch(span).of(scene.page.reply) for span in scene.page.sentences][:MOST_SENTENCES]
    if not points or scene.embed is None or not sentences:
        return points
    try:
        vectors = scene.embed.embed([*points, *sentences])
    except EngineMissing:
        return points
    nearest = (vectors[: len(points)] @ vectors[len(points) :].T).max(axis=1)
    return [point for point, near in zip(points, nearest, strict=True) if near < NEAR_ENOUGH]


def _conduct_passed_over(entry: Entry, scene: Scene) -> list[Hit]:
    """Return a hit when the trouble was how a person of ours treated them, and no sentence speaks of that."""
    if scene.letter is None or scene.letter.reading.told.target is not Target.PERSON or scene.says(*entry.labels):
        return []
    owned = scene.says("apologise") and scene.says("own", "admit")
    if owned or (scene.says(RETOLD) and scene.says(*TAKEN_SERIOUSLY)):
        return []
    return [Hit(span=None, detector=Detector.COMPARE)]


def _fact_not_asked(entry: Entry, scene: Scene) -> list[Hit]:
    """Return a hit when nobody knows which order it is about, and the reply does not ask."""
    if scene.letter is None or _knows_order(scene) or scene.says("ask") or scene.means("ask"):
        return []
    causes = scene.letter.reading.causes[:1]
    needed = any(cause.kind in NEEDS_ORDER for cause in causes)
    return [Hit(span=None, detector=Detector.COMPARE)] if needed and not scene.says(*entry.unless_said) else []


def _knows_order(scene: Scene) -> bool:
    assert scene.letter is not None
    read = any(fact.kind is FactKind.ORDER for fact in scene.letter.reading.facts)
    known = any(fact.kind in {"order", "product"} for fact in scene.case.facts)
    named = any(len(form) >= LONGEST_CODE for form in _figures(scene.content))
    return read or known or named


def _touches_nothing(entry: Entry, scene: Scene) -> list[Hit]:
    """Return a hit when a reply of some length shares no word of matter with the message and names no fact."""
    letter = _readable(scene)
    if letter is None or scene.says("specific"):
        return []
    if len(words(scene.page.reply, scene.pack.sentence_rules)) < SHORTEST_STOCK_TEXT:
        return []
    if len(_distinct(letter.content)) < FEWEST_WORDS or names_a_fact(scene):
        return []
    by_name = content(scene.case.customer_name, scene.pack)
    return [] if (letter.content - by_name) & scene.content else [Hit(span=None, detector=Detector.COMPARE)]


def names_a_fact(scene: Scene, within: Span | None = None) -> bool:
    """Return whether the reply, or a stretch of its page, names a fact of the case."""
    said = (within or Span(0, len(scene.page.plain))).of(scene.page.plain)
    return any(normal(fact.value).text in said for fact in scene.case.facts if fact.value)


def _readable(scene: Scene) -> Sheet | None:
    """Return the message where its words can be compared with those of the reply."""
    letter = scene.letter
    return letter if letter is not None and scene.page.sentences and letter.is_in_our_language else None


CHECKS: dict[str, Callable[[Entry, Scene], list[Hit]]] = {
    "points_unanswered": _points_unanswered,
    "conduct_passed_over": _conduct_passed_over,
    "fact_not_asked": _fact_not_asked,
    "touches_nothing": _touches_nothing,
}
