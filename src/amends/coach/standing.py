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
    if entry.in_capitals and not _stands_out(hit.span, here, scene):
        return False
    if entry.only_label and not scene.labels[here] & entry.only_label:
        return False
    return not (entry.unless_label and scene.beside(here, entry.unless_label))


def is_cleared(entry: Entry, span: Span, scene: Scene) -> bool:
    """Return whether quotation marks, or words in the same sentence, make what an entry found harmless."""
    if not entry.in_quotes and any(_is_quoted(span, quote) for quote in scene.page.quoted):
        return True
    here = sentence_of(span, scene)
    return any(sentence_of(clear, scene) == here for clear in scene.spans(entry.clears))


def _is_quoted(span: Span, quote: Span) -> bool:
    """Return whether words begin in quotation marks and stand there for the most part; a pattern may reach beyond."""
    return quote.start <= span.start < quote.end and 2 * (min(span.end, quote.end) - span.start) > len(span)


def _stands_out(span: Span, number: int, scene: Scene) -> bool:
    """Return whether words were typed in capitals in a sentence that was not."""
    page = scene.page
    typed, sentence = (page.stretch(place).of(page.reply) for place in (span, page.sentences[number]))
    return typed.isupper() and any(letter.isalpha() and not letter.isupper() for letter in sentence)


def sentence_of(span: Span, scene: Scene) -> int:
    """Return the number of the sentence that holds the first letter of a span that is no white space."""
    place = span.start
    while place < span.end - 1 and scene.page.plain[place].isspace():
        place += 1
    return scene.page.sentence_at(place)
