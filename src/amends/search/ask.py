"""What somebody asks for, in the language of the search box.

late parcel            both words, in any of their forms
"third time"           these words in this order
-refund                not this one
from:somchai to:care order:LC-204 tag:vip lang:th owner:aino
is:open is:waiting is:resolved is:mine is:nobody is:hot is:asleep is:spam is:blocked
has:attachment before:2026-11-01 after:7d
"""

import re
from dataclasses import dataclass
from typing import Final

from amends.search.codes import PHONE, SUM

LONGEST: Final = 400
MOST_PIECES: Final = 16
KEYS: Final = frozenset({"from", "to", "order", "tag", "is", "has", "lang", "before", "after", "owner"})
WORD_KEYS: Final = frozenset({"from", "to", "order"})
"""Filters that are looked up among the words, because what they name has many writings."""
STATES: Final = ("open", "waiting", "resolved", "asleep", "mine", "nobody", "hot", "machine", "spam", "blocked")
"""What `is:` may be asked for; any other value stays a filter, which finds nothing and is named."""
PIECE: Final = re.compile(
    r'(?P<minus>-)?(?:(?P<key>[A-Za-z]{2,8}):)?(?:["“”„](?P<phrase>[^"“”„]*)["“”„]?|(?P<word>(?:[^\s"“”„]|\u00a0)+))'
)
INNER_SPACE: Final = re.compile(r"(?<=[\d).]) (?=[\d(])")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One thing to look for among the words. `key` is empty, or from, to or order."""

    text: str
    key: str = ""
    is_phrase: bool = False
    is_not: bool = False


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One thing that must be so of the case: `key` is one of KEYS without those of words."""

    key: str
    value: str
    is_not: bool = False


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What somebody asks for: all of it must hold."""

    pieces: tuple[Piece, ...] = ()
    filters: tuple[Filter, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was asked."""
        return not self.pieces and not self.filters


def understand(text: str) -> Ask:
    """Return what the words of a search box ask for. Whatever is no filter that we know is a word to look for."""
    pieces: list[Piece] = []
    filters: list[Filter] = []
    for match in PIECE.finditer(_numbers_whole(text[:LONGEST])):
        found = _one(match)
        if isinstance(found, Filter):
            filters.append(found)
        elif any(letter.isalnum() for letter in found.text):
            pieces.append(found)
    return Ask(pieces=tuple(pieces[:MOST_PIECES]), filters=tuple(filters[:MOST_PIECES]))


def _one(match: re.Match[str]) -> Piece | Filter:
    key, is_not = (match["key"] or "").lower(), bool(match["minus"])
    text = match["phrase"] if match["phrase"] is not None else match["word"]
    if key and key not in KEYS:
        return Piece(text=match.group().lstrip("-"), is_not=is_not)
    if key and key not in WORD_KEYS:
        return Filter(key=key, value=text.strip(), is_not=is_not)
    return Piece(text=text, key=key, is_phrase=match["phrase"] is not None and not key, is_not=is_not)


def _numbers_whole(text: str) -> str:
    """Keep the digits of a telephone number or a sum together, which people write with spaces."""
    for pattern in (PHONE, SUM):
        text = pattern.sub(lambda match: INNER_SPACE.sub("\u00a0", match.group()), text)
    return text
