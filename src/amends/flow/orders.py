"""Which of their orders a customer writes about: the one they name, however loosely, else the only one that fits."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from amends.vocabulary import CauseKind

ON_ITS_WAY: Final = frozenset({"placed", "shipped", "late"})
IN_THEIR_HANDS: Final = frozenset({"delivered", "returned"})
ANY: Final = ON_ITS_WAY | IN_THEIR_HANDS | {"cancelled"}
FITS: Final[Mapping[CauseKind, frozenset[str]]] = {
    CauseKind.LATE: ON_ITS_WAY,
    CauseKind.MISSING: ON_ITS_WAY | {"delivered"},
    CauseKind.DAMAGED: IN_THEIR_HANDS,
    CauseKind.WRONG_ITEM: IN_THEIR_HANDS,
    CauseKind.DEFECTIVE: IN_THEIR_HANDS,
    CauseKind.WARRANTY: IN_THEIR_HANDS,
    CauseKind.REFUND: IN_THEIR_HANDS | {"cancelled"},
    CauseKind.CANCELLATION: ON_ITS_WAY | {"cancelled"},
    CauseKind.BILLING: ANY,
    CauseKind.MISLEADING: ANY,
}
"""Cause → states of an order about which it can be said. A cause that is not here says nothing about any order."""
SHORTEST_BARE: Final = 4
"""Digits. Fewer without the prefix may be a price, an hour or a house number."""
BETWEEN: Final = r"[\s\-_/.#]{0,3}"
RUNS: Final = re.compile(r"[A-Z]+|[0-9]+")


class How(StrEnum):
    """How an order was found: the customer named it, or it is the only one their trouble can be about."""

    NAMED = "named"
    ONLY_ONE = "only_one"


@dataclass(frozen=True, kw_only=True)
class Purchase:
    """One order of the customer who writes. `state` is a word of the desk's order states."""

    number: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """The order a message is about."""

    number: str
    how: How


def order_meant(text: str, *, causes: Collection[CauseKind], purchases: Sequence[Purchase]) -> Found | None:
    """Return the order that a customer's words are about, None when that is not plain.

    `purchases` are theirs alone: a stranger's number opens nothing. They may leave out the prefix, write it small, or
    put spaces and hyphens elsewhere. Unnamed, an order counts only when it is the one whose state fits a cause.
    """
    named = _named(_plain(text), [purchase.number for purchase in purchases])
    if named:
        return Found(number=named[0], how=How.NAMED) if len(named) == 1 else None
    fitting = [each.number for each in purchases if any(each.state in FITS.get(cause, ()) for cause in causes)]
    return Found(number=fitting[0], how=How.ONLY_ONE) if len(fitting) == 1 else None


def _named(text: str, numbers: Sequence[str]) -> list[str]:
    """Return the numbers that occur, whole ones before those without their prefix."""
    whole = [number for number in numbers if _occurs(_runs(number), text)]
    return whole or [number for number in numbers if _occurs(_bare(_runs(number)), text)]


def _occurs(runs: Sequence[str], text: str) -> bool:
    written = BETWEEN.join(map(re.escape, runs))
    # Behind a hyphen it is the end of another code; with a decimal mark beside it, a sum.
    before = r"(?<![A-Z0-9])(?<![A-Z0-9][-_/.,])"
    return bool(runs) and re.search(rf"{before}{written}(?![A-Z0-9]|[.,][0-9])", text) is not None


def _bare(runs: Sequence[str]) -> Sequence[str]:
    """Return the runs after the letters at the beginning; none when too little is left to be told from others."""
    first = next((place for place, run in enumerate(runs) if run.isdigit()), len(runs))
    return runs[first:] if sum(map(len, runs[first:])) >= SHORTEST_BARE else ()


def _runs(number: str) -> list[str]:
    return RUNS.findall(_plain(number))


def _plain(text: str) -> str:
    """Return the text in capitals, with the digits of every script as ours."""
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text).upper()
