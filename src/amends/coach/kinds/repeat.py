"""Words said before: to others in the same words, or to this customer before a promise was broken."""

from collections.abc import Callable, Iterable
from typing import Final

from amends.coach.entry import Entry
from amends.coach.finding import Detector
from amends.coach.kinds.answer import names_a_fact
from amends.coach.scene import Hit, Scene
from amends.coach.sheet import Sheet, likeness, wording
from amends.text.spans import Span

SAME_SENTENCE: Final = 0.8
SAME_TEXT: Final = 0.75
FEWEST_WORDS: Final = 6
"""Of a shorter sentence ("I am sorry, Anna.") nobody expects new words each time."""
OFTEN: Final = 2
KIND_WORDS: Final = frozenset({"feel", "apologise", "own", "thank"})


def _canned(entry: Entry, scene: Scene) -> list[Hit]:
    """Return each kind sentence that stood almost so in two recent replies to others, and names nothing of the case."""
    if len(scene.recent) < OFTEN:
        return []
    return [
        _hit(scene, number)
        for number, said in _kind_sentences(scene)
        if not scene.labels[number] & {"specific", "restate"} and _times_said(said, scene.recent, scene) >= OFTEN
    ]


def _same_apology(entry: Entry, scene: Scene) -> list[Hit]:
    """Return each apology that stands almost so in a reply of ours to this customer, once a promise was broken."""
    if not scene.case.broke_promise or not scene.former:
        return []
    return [
        _hit(scene, number)
        for number, said in _kind_sentences(scene)
        if "apologise" in scene.labels[number] and _times_said(said, scene.former, scene)
    ]


def _same_text(entry: Entry, scene: Scene) -> list[Hit]:
    """Return a hit when the whole reply stood almost so in a recent one, and names no fact of the case."""
    said = wording(scene.page.plain, scene.pack) if scene.recent else frozenset()
    if len(said) < FEWEST_WORDS * 2 or names_a_fact(scene):
        return []
    alike = any(likeness(said, wording(sheet.page.plain, scene.pack)) >= SAME_TEXT for sheet in scene.recent)
    return [Hit(span=None, detector=Detector.COMPARE)] if alike else []


def _broken_word(entry: Entry, scene: Scene) -> list[Hit]:
    """Return a hit when the apology for a broken promise names no person who sees to it, or no cause."""
    if not scene.case.broke_promise or not scene.says("apologise"):
        return []
    named = scene.says("person") and (scene.says("explain") or scene.means("explain"))
    return [] if named else [Hit(span=None, detector=Detector.COMPARE)]


def _kind_sentences(scene: Scene) -> Iterable[tuple[int, frozenset[str]]]:
    """Yield the number and words of each sentence that is kind, long enough, and names no fact of the case."""
    for number, span in enumerate(scene.page.sentences):
        said = wording(span.of(scene.page.plain), scene.pack)
        if scene.labels[number] & KIND_WORDS and len(said) >= FEWEST_WORDS and not names_a_fact(scene, span):
            yield number, said


def _times_said(said: frozenset[str], sheets: Iterable[Sheet], scene: Scene) -> int:
    """Return in how many of the sheets a sentence stands almost so."""
    return sum(any(likeness(said, other) >= SAME_SENTENCE for other in _sentences(sheet)) for sheet in sheets)


def _sentences(sheet: Sheet) -> list[frozenset[str]]:
    return [wording(span.of(sheet.page.plain), sheet.pack) for span in sheet.page.sentences]


def _hit(scene: Scene, number: int) -> Hit:
    span: Span = scene.page.stretch(scene.page.sentences[number])
    return Hit(span=span, detector=Detector.COMPARE)


CHECKS: dict[str, Callable[[Entry, Scene], list[Hit]]] = {
    "said_to_others": _canned,
    "same_apology": _same_apology,
    "same_text": _same_text,
    "broken_word": _broken_word,
}
