"""Slots in prepared words: `{order.number}`. A name and nothing else: no code, no format, no way to reach anything."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from amends.text.spans import Span

SLOT: Final = re.compile(r"\{([^{}\n]{0,60})\}")
"""One pass from left to right: a slot ends at the first brace, so the walk is linear whatever the text is."""
NAME: Final = re.compile(r"[a-z]{1,20}(?:_[a-z]{1,20}){0,3}\.[a-z]{1,20}(?:_[a-z]{1,20}){0,3}")


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One slot as written. `is_name` is False for braces that hold no name, such as `{Order Number}` or `{}`."""

    span: Span
    name: str
    is_name: bool


@dataclass(frozen=True, kw_only=True)
class Filled:
    """Words whose slots were filled. `open` are the slots that nobody could fill, with spans in `text`."""

    text: str
    open: tuple[Slot, ...]


def slots(text: str) -> tuple[Slot, ...]:
    """Return the slots of a text in reading order."""
    return tuple(_slot(match, match.start()) for match in SLOT.finditer(text))


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """Return the text with each slot that `values` names replaced; the others stay as they were written.

    What is put in is never looked at again: braces in a customer's name open nothing. An empty value fills nothing.
    """
    pieces: list[str] = []
    left: list[Slot] = []
    length = read = 0
    for match in SLOT.finditer(text):
        before = text[read : match.start()]
        value = values.get(match.group(1)) or match.group()
        if not values.get(match.group(1)):
            left.append(_slot(match, length + len(before)))
        pieces += [before, value]
        length, read = length + len(before) + len(value), match.end()
    return Filled(text="".join((*pieces, text[read:])), open=tuple(left))


def _slot(match: re.Match[str], start: int) -> Slot:
    name = match.group(1)
    span = Span(start, start + len(match.group()))
    return Slot(span=span, name=name, is_name=NAME.fullmatch(name) is not None)
