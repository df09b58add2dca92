"""Suggestions: better words for the place where they go, filled from the case, never with an open slot."""

import re

from amends.text.spans import Span
from amends.vocabulary import CaseView

JOINT = re.compile(r"\[([^\[\]]*)\]$")
"""What joins a suggestion to words that follow it: "we made a mistake[ with]" your parcel."""
SLOT = re.compile(r"\{([a-z_]+)\}")
MOST = 3
ALWAYS_CAPITAL = re.compile(r"I\b|[^\W\d_]*[A-Z][^\W\d_]*[A-Z]")


def suggestions(templates: tuple[str, ...], *, case: CaseView, reply: str, span: Span) -> tuple[str, ...]:
    """Return up to three suggestions whose slots the case can fill, those that name a fact first."""
    known = {fact.kind: fact.value for fact in case.facts} | (
        {"name": case.customer_name} if case.customer_name else {}
    )
    filled = [(t, _filled(t, known)) for t in templates]
    ready = [(t, text) for t, text in filled if text is not None]
    ready.sort(key=lambda pair: not SLOT.search(pair[0]))
    return tuple(_fitted(text, reply, span) for _, text in ready[:MOST])


def _filled(template: str, known: dict[str, str]) -> str | None:
    if any(slot not in known for slot in SLOT.findall(template)):
        return None
    return SLOT.sub(lambda match: known[match.group(1)], template)


def _fitted(text: str, reply: str, span: Span) -> str:
    """Return the text with a first letter that suits its place in the sentence."""
    text = JOINT.sub(lambda joint: joint.group(1) if _goes_on(reply, span.end) else "", text)
    words = span.of(reply)
    if not words or not text or ALWAYS_CAPITAL.match(text):
        return text
    if words[0].isupper() or _opens_a_sentence(reply, span.start):
        return text[0].upper() + text[1:]
    return text[0].lower() + text[1:]


def _goes_on(reply: str, place: int) -> bool:
    return reply[place:].lstrip(" ")[:1].isalnum()


def _opens_a_sentence(reply: str, place: int) -> bool:
    before = reply[:place].rstrip(" \t\"'“‘(")
    return not before or before[-1] in ".!?…\n"
