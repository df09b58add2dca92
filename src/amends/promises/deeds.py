"""Deeds: what a promise promises."""

from amends.promises.commitment import Sentence
from amends.promises.cues import named
from amends.text.spans import Span
from amends.vocabulary import Deed


def deed(sentence: Sentence, time: Span) -> Deed:
    """Return what falls due at `time`: the deed named nearest to it, in its clause if it can be."""
    near = _named(sentence, sentence.clause_of(time), time)
    return near or _named(sentence, Span(0, len(sentence.words)), time) or Deed.OTHER


def _named(sentence: Sentence, clause: Span, time: Span) -> Deed | None:
    holds = sentence.within(clause)
    places = [
        (_distance(place.shifted(clause.start), time), rank, deed)
        for rank, deed in enumerate(sentence.cues.deeds)
        if (group := named(deed)) in holds.may
        for place in holds.places(group)
    ]
    return min(places)[2] if places else None


def _distance(place: Span, time: Span) -> int:
    return max(0, time.start - place.end, place.start - time.end)
