"""Which words of a reply earned a part of a score: the first sentence that says it, else the likeliest by meaning."""

from collections.abc import Mapping

from amends.coach.scene import Scene
from amends.coach.sensing import evidence
from amends.text.spans import Span


def earned_by(scene: Scene, labels: tuple[str, ...]) -> Span | None:
    """Return the stretch of the reply that carries one of the labels, None where none does.

    What patterns find goes before what an encoder thinks likely.
    """
    for number, said in enumerate(scene.labels):
        if not said.isdisjoint(labels):
            return stretch(scene, number)
    likely = [(max(evidence((one,), label) for label in labels), -number) for number, one in enumerate(scene.chances)]
    best = max(likely, default=(0.0, 0))
    return stretch(scene, -best[1]) if best[0] > 0 else None


def all_earned(scene: Scene, shown_by: Mapping[str, tuple[str, ...]]) -> dict[str, Span]:
    """Return the stretch for each part that the reply holds; `shown_by`: part → labels that show it."""
    found = ((part, earned_by(scene, labels)) for part, labels in shown_by.items())
    return {part: span for part, span in found if span is not None}


def stretch(scene: Scene, number: int) -> Span:
    """Return a sentence as it was typed, without white space around it."""
    span = scene.page.stretch(scene.page.sentences[number])
    words = span.of(scene.page.reply)
    return Span(span.start + len(words) - len(words.lstrip()), span.start + len(words.rstrip()))
