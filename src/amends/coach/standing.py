"""Whether a hit of an entry remains once the context around it has been read."""

from amends.coach.entry import Entry
from amends.coach.finding import Detector
from amends.coach.scene import Hit, Scene
from amends.text.spans import Span


def stands(entry: Entry, hit: Hit, scene: Scene) -> bool:
    """Return whether a hit remains once its context has been read."""
    if hit.span is None or hit.detector is Detector.COMPARE:
        return True
    if len(hit.span) > entry.most_length or is_cleared(entry, hit.span, scene):
        return False
    here = sentence_of(hit.span, scene)
    if entry.only_label and not scene.labels[here] & entry.only_label:
        return False
    return not (entry.unless_label and scene.beside(here, entry.unless_label))


def is_cleared(entry: Entry, span: Span, scene: Scene) -> bool:
    """Return whether quotation marks, or words in the same sentence, make what an entry found harmless."""
    if not entry.in_quotes and any(quote.contains(span) for quote in scene.page.quoted):
        return True
    here = sentence_of(span, scene)
    return any(sentence_of(clear, scene) == here for clear in scene.spans(entry.clears))


def sentence_of(span: Span, scene: Scene) -> int:
    """Return the number of the sentence that holds the first letter of a span that is no white space."""
    place = span.start
    while place < span.end - 1 and scene.page.plain[place].isspace():
        place += 1
    return scene.page.sentence_at(place)
