"""What must be found: an ask as terms with and, or and not between them, for any index to look up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from amends.search.ask import Ask, Piece
from amends.search.codes import LEAST_OF_A_FRAGMENT, SUM, joined_code, phone_tail, sum_values
from amends.search.cutting import GRAM, cut, grams
from amends.search.folding import exact, folded
from amends.search.forms import whole_forms
from amends.search.tokens import Token, tokens
from amends.search.tongue import tongue
from amends.vocabulary import LanguageTag

LEAST_OF_A_BEGINNING: Final = 3
SIGNS: Final = {"from": "f", "to": "o"}


@dataclass(frozen=True, slots=True)
class Term:
    """One term; with `is_beginning`, every term that begins so."""

    text: str
    is_beginning: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that were said one after the other."""

    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these."""

    of: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of these."""

    of: tuple["Node", ...]


Node = Term | Phrase | All | Any


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What must be found (`must`) and must not (`never`); either may be None.

    `exactly` and `heading` hold for the better finds: every word just as it was typed; every word in a heading.
    """

    must: Node | None
    never: Node | None
    exactly: Node | None
    heading: Node | None


def wanted(ask: Ask, tongues: Iterable[LanguageTag]) -> Wanted:
    """Return what must be found for an ask, its words read in each of these languages."""
    spoken = tuple(tongues)
    asked = _telling([piece for piece in ask.pieces if not piece.is_not], spoken)
    refused = [piece for piece in ask.pieces if piece.is_not]
    return Wanted(
        must=_all([_piece(piece, spoken) for piece in asked]),
        never=_any([_piece(piece, spoken) for piece in refused]),
        exactly=_all([Term(_as_typed(token.text)) for piece in asked for token in tokens(piece.text, cut)]),
        heading=_all([Term(f"h_{folded(token.text)}") for piece in asked for token in tokens(piece.text, cut)]),
    )


def terms_in(node: Node | None) -> frozenset[str]:
    """Return every term that a find may have been found by, to mark them."""
    return frozenset(_terms(node)) if node else frozenset()


def _terms(node: Node) -> Iterator[str]:
    if isinstance(node, Term):
        yield node.text
    elif isinstance(node, Phrase):
        yield from node.said
    else:
        for inner in node.of:
            yield from _terms(inner)


def _telling(pieces: list[Piece], tongues: tuple[LanguageTag, ...]) -> list[Piece]:
    """Leave out words that say nothing alone, unless there is nothing else."""
    silent = frozenset[str]().union(*(tongue(tag).silent for tag in tongues))
    telling = [piece for piece in pieces if piece.is_phrase or piece.key or folded(piece.text) not in silent]
    return telling or pieces


def _piece(piece: Piece, tongues: tuple[LanguageTag, ...]) -> Node:
    found = list(tokens(piece.text, cut))
    if piece.key in SIGNS:
        return _all([Term(f"{SIGNS[piece.key]}_{folded(token.text)}", is_beginning=True) for token in found]) or NOTHING
    if piece.key:
        return Term(f"x_{joined_code(piece.text)}", is_beginning=True)
    if piece.is_phrase:
        return _phrase(found)
    return _any([*_codes(piece.text), _words(piece, found, tongues)]) or NOTHING


def _words(piece: Piece, found: list[Token], tongues: tuple[LanguageTag, ...]) -> Node | None:
    if piece.text.endswith("*") and found:
        *before, last = found
        return _all([*(_word(token, tongues) for token in before), Term(folded(last.text), is_beginning=True)])
    if "@" in piece.text:
        return _phrase(found)
    runs = {token.run for token in found if token.run}
    told = [token for token in found if folded(token.text) not in _silent_in(tongues)] or found
    whole = _all([_word(token, tongues) for token in told])
    stretches = _all([Term(gram) for run in runs for gram in sorted(grams(run))])
    # A run that dictionaries cut otherwise beside other words is found by its stretches.
    return _any([whole, stretches]) if len(found) > 1 and all(len(run) > GRAM for run in runs) else whole


def _silent_in(tongues: tuple[LanguageTag, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(tongue(tag).silent for tag in tongues))


def _word(token: Token, tongues: tuple[LanguageTag, ...]) -> Node:
    word = folded(token.text)
    if token.run:
        stretches = _all([Term(gram) for gram in sorted(grams(token.text))]) if len(word) > GRAM else None
        return _any([Term(word), Term(f"p_{exact(token.text)}"), stretches]) or NOTHING
    forms = frozenset[str]().union(*(whole_forms(token.text, tag) for tag in tongues))
    return Any((Term(word), *(Term(form) for form in sorted(forms))))


def _codes(text: str) -> Iterator[Node]:
    """Yield what a piece with digits is as a code, a part of one, a telephone number or a sum."""
    if not any(letter.isdigit() for letter in text):
        return
    joined = joined_code(text)
    if len(joined) >= LEAST_OF_A_FRAGMENT:
        yield Term(f"x_{joined}", is_beginning=True)
    yield Term(f"c_{joined}")
    if tail := phone_tail(text.strip("#")):
        yield Term(tail)
    if SUM.fullmatch(text):
        yield from (Term(f"n_{value}") for value in sorted(sum_values(text)))


def _phrase(found: list[Token]) -> Node:
    said = tuple(folded(token.text) for token in found)
    return Term(said[0]) if len(said) == 1 else Phrase(said) if said else NOTHING


def _as_typed(word: str) -> str:
    return folded(word) if exact(word) == folded(word) else f"={exact(word)}"


def _all(nodes: Iterable[Node | None]) -> Node | None:
    kept = tuple(node for node in nodes if node)
    return kept[0] if len(kept) == 1 else All(kept) if kept else None


def _any(nodes: Iterable[Node | None]) -> Node | None:
    kept = tuple(node for node in nodes if node)
    return kept[0] if len(kept) == 1 else Any(kept) if kept else None


NOTHING: Final = Term("_nothing_")
"""No text has this term."""
