"""The terms a text is found by: what the index keeps of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from amends.languages import guess
from amends.languages.load import UNDETERMINED
from amends.search.codes import codes
from amends.search.cutting import cut, grams, parts
from amends.search.folding import exact, folded
from amends.search.forms import forms
from amends.search.tokens import Token, tokens
from amends.search.tongue import at_home
from amends.text.spans import Span
from amends.vocabulary import LanguageTag

LONGEST_READ: Final = 60_000
"""Code points of one text that are indexed. A mail of more than twenty pages is a log file or a book."""
SURE_OF_LANGUAGE: Final = 0.9


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a text is found by: `said`, its words in order as they are compared, and `forms`, everything else.

    Kinds of forms are told apart by what they begin with: `l_` lemma, `s_` stem, `k_` family, `p_` part of a longer
    word, `g_` stretch of a run without spaces, `c_` whole code, `x_` tail of a code, `t_` telephone, `n_` number, `=`
    with its accents, `h_` said in a heading, `f_` of the sender, `o_` of whom it was sent to.
    """

    said: tuple[str, ...] = ()
    forms: frozenset[str] = frozenset()

    def __add__(self, other: "Words") -> "Words":
        """Return both together, with a gap between that no phrase leaps over."""
        return Words(said=(*self.said, "_", *other.said), forms=self.forms | other.forms)


def words_of(text: str, tongues: Iterable[LanguageTag]) -> Words:
    """Return what a text is found by, read in each of these languages."""
    text, spoken = text[:LONGEST_READ], tuple(tongues)
    found = list(tokens(text, cut))
    made = {term for token in found for term in token_forms(token, spoken)}
    made |= {term for _, _, terms in codes(text) for term in terms}
    made |= {term for run in {token.run for token in found if token.run} for term in grams(run)}
    return Words(said=tuple(folded(token.text) for token in found), forms=frozenset(made))


def heading_of(text: str, tongues: Iterable[LanguageTag]) -> Words:
    """Return what a subject, a name or a number is found by: it counts for more than what stands in a letter."""
    found = words_of(text, tongues)
    return Words(said=found.said, forms=found.forms | {f"h_{word}" for word in found.said})


def address_of(text: str, sign: str) -> frozenset[str]:
    """Return the terms of whom a letter is from (`f`) or to (`o`): the words of their name and address."""
    return frozenset(f"{sign}_{folded(token.text)}" for token in tokens(text, cut))


def spoken_in(text: str, known: LanguageTag = "") -> tuple[LanguageTag, ...]:
    """Return the languages in which a text should be read: its own, and all of ours when it is too short to tell.

    `known` is the language that somebody already found it to be in, empty for none.
    """
    tag, sure = guess.language(text[:1000], prefer=known or None)
    own = {each for each in (tag, known) if each and each != UNDETERMINED}
    return tuple(sorted(own if own and sure >= SURE_OF_LANGUAGE else own | set(at_home())))


def asked_in(text: str, also: Iterable[LanguageTag] = ()) -> tuple[LanguageTag, ...]:
    """Return the languages in which a question may be: all of ours, the one it clearly is in, and those in `also`."""
    tag, sure = guess.language(text[:1000])
    seen = {tag} if sure >= SURE_OF_LANGUAGE else set[LanguageTag]()
    return tuple(sorted({*at_home(), *also, *seen} - {UNDETERMINED}))


def token_forms(token: Token, tongues: tuple[LanguageTag, ...]) -> Iterator[str]:
    """Yield the terms of one word besides the word itself."""
    if token.run:
        yield from (f"p_{part}" for part in parts(exact(token.text)))
        return
    if not token.text.isascii():
        yield f"={exact(token.text)}"
    yield from _in_tongues(token.text, tongues)


def marked(text: str, terms: frozenset[str], tongues: tuple[LanguageTag, ...]) -> list[Span]:
    """Return where words stand that have one of the terms, in reading order; overlapping ones are one."""
    starts = tuple(term for term in terms if term.startswith("x_"))
    spans = [token.span for token in tokens(text, cut) if _has(token, terms, tongues)]
    for start, end, own in codes(text):
        if own & terms or (starts and any(term.startswith(starts) for term in own)):
            spans.append(Span(start, end))
    return _merged(sorted(spans))


def _has(token: Token, terms: frozenset[str], tongues: tuple[LanguageTag, ...]) -> bool:
    return folded(token.text) in terms or any(term in terms for term in token_forms(token, tongues))


def _merged(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in spans:
        if kept and span.start <= kept[-1].end:
            kept[-1] = Span(kept[-1].start, max(kept[-1].end, span.end))
        else:
            kept.append(span)
    return kept


def _in_tongues(word: str, tongues: tuple[LanguageTag, ...]) -> frozenset[str]:
    return frozenset().union(*(forms(word, tag) for tag in tongues))
