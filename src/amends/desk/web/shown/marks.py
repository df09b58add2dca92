"""A customer's words cut into pieces, so that the words which carry a reading can be marked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy

from amends.desk.models import Message, Promise
from amends.desk.web.wording import word
from amends.text.spans import Span
from amends.vocabulary import JsonObject

RANK = {"threat": 0, "fact": 1, "wish": 2, "promise": 3, "evidence": 4}
TELLS = {
    "costs": gettext_lazy("What this cost them"),
    "deadlines": gettext_lazy("Needs it by"),
    "contacts": gettext_lazy("Asked before"),
}
CALM = "calm"
"""Evidence of calm is not marked: thanks in the colour of anger would mislead."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of text. `kind` is threat, fact, wish, promise or evidence, "" for plain words; `why` says so."""

    text: str
    kind: str = ""
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A stretch to be marked."""

    span: Span
    kind: str
    why: str


def marked_words(message: Message, promises: Iterable[Promise] = ()) -> list[Piece]:
    """Return the new words of a message, with what the desk read in them or what we promised by them."""
    reading = getattr(message, "reading", None)
    marks = list(_read(reading.reading)) if reading else []
    return pieces(message.new_text, [*marks, *_promised(message.new_text, promises)])


def pieces(text: str, marks: Iterable[Mark]) -> list[Piece]:
    """Return `text` cut at its marks; where two overlap the graver kind stays (threat, fact, wish, evidence)."""
    found: list[Piece] = []
    place = 0
    for mark in _without_overlaps(marks, length=len(text)):
        if mark.span.start > place:
            found.append(Piece(text=text[place : mark.span.start]))
        found.append(Piece(text=mark.span.of(text), kind=mark.kind, why=mark.why))
        place = mark.span.end
    return [*found, Piece(text=text[place:])] if place < len(text) else found


def folded_words(message: Message) -> str:
    """Return the history and signature of a message, which the page folds away but never loses."""
    return "\n\n".join(message.text[start:end].strip() for start, end in message.folded)


def _without_overlaps(marks: Iterable[Mark], *, length: int) -> list[Mark]:
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (RANK[m.kind], m.span.start)):
        inside = len(mark.span) > 0 and mark.span.end <= length
        if inside and not any(mark.span.overlaps(other.span) for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda m: m.span.start)


def _read(reading: JsonObject) -> Iterator[Mark]:
    for threat in reading.get("threats", ()):
        said = gettext("Threat: %(what)s") % {"what": word("threat", threat["kind"])}
        yield Mark(span=_span(threat), kind="threat", why=said)
    for fact in reading.get("facts", ()):
        yield Mark(span=_span(fact), kind="fact", why=word("fact", fact["kind"]))
    for wish in reading.get("wishes", ()):
        yield Mark(span=_span(wish), kind="wish", why=word("wish", wish["kind"]))
    for name, why in ((name, why) for name, why in TELLS.items() if name in reading):
        yield from (Mark(span=_span(row), kind="evidence", why=str(why)) for row in reading[name])
    for evidence in (row for row in reading.get("evidence", ()) if row.get("why") != CALM):
        yield Mark(span=_span(evidence), kind="evidence", why=gettext("Shows how they feel"))


def _promised(text: str, promises: Iterable[Promise]) -> Iterator[Mark]:
    for promise in promises:
        start = text.find(promise.quote) if promise.quote else -1
        if start >= 0:
            why = gettext("We promised this")
            yield Mark(span=Span(start, start + len(promise.quote)), kind="promise", why=why)


def _span(row: JsonObject) -> Span:
    return Span(row["start"], row["end"])
