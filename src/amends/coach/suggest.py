"""Suggestions: better words for the place where they go, filled from the case, never with an open slot."""

import re
from collections.abc import Iterable, Mapping

from amends.text.spans import Span

JOINT = re.compile(r"\[([^\[\]]*)\]$")
"""What joins a suggestion to words that follow it: "we made a mistake[ with]" your parcel."""
SLOT = re.compile(r"\{([a-z_]+)\}")
MOST = 3
ALWAYS_CAPITAL = re.compile(r"I\b|[^\W\d_]*[A-Z][^\W\d_]*[A-Z]")


def filled(templates: Iterable[str], known: Mapping[str, str]) -> list[str]:
    """Return up to three of the templates whose slots can be filled, those that name a fact first."""
    ready = [template for template in templates if all(slot in known for slot in SLOT.findall(template))]
    ready.sort(key=lambda template: not SLOT.search(template))
    return [SLOT.sub(lambda slot: known[slot.group(1)], template) for template in ready[:MOST]]


def fitted(text: str, reply: str, span: Span, *, as_it_was: bool = False) -> str:
    """Return the text with a first letter that suits its place in the sentence.

    `as_it_was`: a capital stays where one stood: what stands there may be a name.
    """
    text = JOINT.sub(lambda joint: joint.group(1) if _goes_on(reply, span.end) else "", text)
    if not text or ALWAYS_CAPITAL.match(text):
        return text
    if (as_it_was and span.of(reply)[:1].isupper()) or opens_a_sentence(reply, span.start):
        return text[0].upper() + text[1:]
    return text[0].lower() + text[1:]


def _goes_on(reply: str, place: int) -> bool:
    return reply[place:].lstrip(" ")[:1].isalnum()


def opens_a_sentence(reply: str, place: int) -> bool:
    """Return whether a sentence of the reply begins at a place."""
    before = reply[:place].rstrip(" \t\"'“‘(")
    return not before or before[-1] in ".!?…\n"
