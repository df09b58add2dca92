"""What the writer asks us to do."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from amends.reading.cues import Found
from amends.reading.fitted import fitted
from amends.reading.letters import Letters
from amends.reading.patterns import Hit
from amends.reading.values import Wish
from amends.text.spans import Span
from amends.vocabulary import WishKind

# Where F1 is best on messages that letters have not seen; wishes are rarer than one half. Words in so many words need
# less: authors differ in what they call a wish, and a phrase holds for all of them.
LEAST_ODDS: Final = -1.2
LEAST_ODDS_WORDED: Final = -2.4


def wishes(
    found: Found, *, manager: Hit | None, heard: Mapping[str, float], letters: Letters | None
) -> tuple[Wish, ...]:
    """Return one wish a kind, in reading order; what they decline is none.

    The phrasebook's wording is weighed with what the letters hear of the whole (`heard`, as spreads); a wish that only
    the letters hear is shown by the sentence that speaks most for it. `manager`: the words that ask for somebody
    senior, which is a wish to be contacted.
    """
    said = worded(found, manager=manager)
    meant = [
        kind for kind in WishKind if odds_of(kind, said, heard) >= (LEAST_ODDS_WORDED if kind in said else LEAST_ODDS)
    ]
    places = {kind: said[kind].span if kind in said else _sentence(kind, found, letters) for kind in meant}
    kept = [Wish(kind=kind, span=span) for kind, span in places.items() if span is not None]
    return tuple(sorted(kept, key=lambda wish: wish.span))


def worded(found: Found, *, manager: Hit | None) -> dict[WishKind, Hit]:
    """Return the first wording of every wish that the phrasebook finds."""
    first: dict[WishKind, Hit] = {WishKind.CONTACT: manager} if manager else {}
    for hit in sorted(found.under("wish."), key=lambda hit: hit.span):
        if not found.denied(hit.span):
            first.setdefault(WishKind(hit.group.removeprefix("wish.")), hit)
    return first


def odds_of(kind: WishKind, said: Mapping[WishKind, Hit], heard: Mapping[str, float]) -> float:
    """Return how much speaks for a wish, as log-odds."""
    weights, bias = _weights()
    return bias[kind] + weights["said"] * (kind in said) + weights["letters"] * heard.get(f"letters.wish.{kind}", 0.0)


@cache
def _weights() -> tuple[dict[str, float], dict[WishKind, float]]:
    stored = fitted()["wish"]
    return stored["weights"], {WishKind(kind): value for kind, value in stored["bias"].items()}


def _sentence(kind: WishKind, found: Found, letters: Letters | None) -> Span | None:
    return letters.loudest(found.plain.normal.text, f"wish.{kind}", found.sentences) if letters else None
