"""Leaving, the law, the public, the regulator: what the writer says they will do, and mean."""

import re
from typing import Final

from amends.reading.cues import Found
from amends.reading.patterns import Hit
from amends.reading.values import Threat
from amends.text.spans import Span
from amends.vocabulary import ThreatKind

QUOTED: Final = re.compile(r"\"[^\"\n]{1,200}\"")
WORDS_OF_A_QUOTE: Final = 4
NEAR: Final = 60


def threats(found: Found) -> tuple[Threat, ...]:
    """Return the writer's own threats that still stand, one a kind, in reading order.

    Negated, quoted, other people's and withdrawn ones are none; `span` is of the normal text.
    """
    if found.count("settled"):
        return ()
    kept: dict[ThreatKind, list[Hit]] = {}
    for hit in found.under("threat."):
        if _meant(hit, found):
            kept.setdefault(ThreatKind(hit.group.removeprefix("threat.")), []).append(hit)
    _leave_to_bodies(kept)
    made = [_threat(kind, hits, found) for kind, hits in kept.items()]
    return tuple(sorted(made, key=lambda threat: threat.span))


def _leave_to_bodies(kept: dict[ThreatKind, list[Hit]]) -> None:
    """Take what names a court or a supervisor out of the public: a complaint sent to a body is not a post."""
    named = [hit.span for kind in (ThreatKind.LEGAL, ThreatKind.REGULATOR) for hit in kept.get(kind, ())]
    told = [hit for hit in kept.pop(ThreatKind.PUBLIC, ()) if not any(hit.span.overlaps(span) for span in named)]
    if told:
        kept[ThreatKind.PUBLIC] = told


def demands_manager(found: Found) -> Hit | None:
    """Return the words that ask for somebody senior, None when nobody is asked for."""
    for hit in found.by_group.get("manager", ()):
        sentence = found.sentence_of(hit.span)
        around = found.plain.blanked[max(sentence.start, hit.span.start - 30) : hit.span.end + 20]
        if not found.book.no_demand.search(around.encode("utf-8", "replace")) and not found.denied(hit.span):
            return hit
    return None


def _meant(hit: Hit, found: Found) -> bool:
    sentence = found.sentence_of(hit.span)
    text = found.plain.blanked
    before = text[max(sentence.start, hit.span.start - 90) : hit.span.start].encode("utf-8", "replace")
    after = text[hit.span.end : min(sentence.end, hit.span.end + 90)].encode("utf-8", "replace")
    return not (
        found.book.denial_next_to.search(found.clause_before(hit.span))
        or found.book.will_not.search(found.clause_before(hit.span)[-NEAR:] + b" ")
        or _quoted(hit.span, text)
        or found.book.not_theirs.search(before + b" ")
        or found.book.taken_back.search(b" " + after)
    )


def _quoted(span: Span, text: str) -> bool:
    """Return whether the words stand in a longer quotation; a single quoted word is only stressed."""
    return any(
        match.start() <= span.start and span.end <= match.end() and len(match.group().split()) >= WORDS_OF_A_QUOTE
        for match in QUOTED.finditer(text)
    )


def _threat(kind: ThreatKind, hits: list[Hit], found: Found) -> Threat:
    """Return one threat: its longest wording, surer when it is said more than once."""
    longest = max(hits, key=lambda hit: len(hit.span))
    return Threat(kind=kind, span=longest.span, confidence=min(0.95, 0.7 + 0.1 * (len(hits) - 1)))
