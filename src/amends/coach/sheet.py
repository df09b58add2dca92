"""A text beside the reply: the customer's message, or what we wrote before, laid out and matched when first asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from amends.coach.matcher import Matcher, Sightings
from amends.coach.page import Page, lay_out
from amends.languages import guess
from amends.languages.pack import LanguagePack
from amends.reading.read import read
from amends.reading.values import Reading
from amends.search.folding import folded
from amends.search.tongue import FILE, tongue
from amends.search.words import words_of
from amends.text.segments import words
from amends.text.spans import Span
from amends.vocabulary import LanguageTag

LONGEST: Final = 6000
"""Code points of another text that are looked at: what a reply must answer stands in its first pages."""
REMEMBERED: Final = 128


@dataclass(frozen=True, kw_only=True, eq=False)
class Sheet:
    """One text as the detectors see it beside the reply; `cues` names what the matcher looks for."""

    text: str
    pack: LanguagePack
    matcher: Matcher
    cues: Mapping[str, int]

    @cached_property
    def page(self) -> Page:
        """Return the text laid out."""
        return lay_out(self.text, self.pack.sentence_rules)

    @cached_property
    def found(self) -> Sightings:
        """Return what stands on the page."""
        return self.matcher.look(self.page)

    @cached_property
    def reading(self) -> Reading:
        """Return what the text says of its writer's trouble, read by its words alone."""
        return _read(self.text, self.pack.tag)

    @cached_property
    def content(self) -> frozenset[str]:
        """Return the words that carry its matter."""
        return content(self.text, self.pack)

    @property
    def is_in_our_language(self) -> bool:
        """Return whether it is in the language of the reply, so that words can be compared."""
        theirs, ours = guess.nearest(self.reading.language), self.pack
        while ours.tag != theirs and ours.parent is not None:
            ours = ours.parent
        return ours.tag == theirs

    def says(self, cue: str) -> bool:
        """Return whether the words of a cue stand in it."""
        return bool(self.spans(cue))

    def spans(self, cue: str) -> list[Span]:
        """Return where the words of a cue stand on its page."""
        return self.found.spans(self.cues[cue]) if cue in self.cues else []


def sheet(text: str, pack: LanguagePack, matcher: Matcher, cues: Mapping[str, int]) -> Sheet:
    """Return the sheet of a text, its first 6,000 code points."""
    return Sheet(text=text[:LONGEST], pack=pack, matcher=matcher, cues=cues)


@lru_cache(maxsize=REMEMBERED)
def content(text: str, pack: LanguagePack) -> frozenset[str]:
    """Return the words of a text that carry its matter, each by all its forms: stem, lemma, family.

    Words that say nothing alone (the, is) are left out.
    """
    if not text.strip():
        return frozenset()
    tag = _searched_as(pack)
    silent, found = tongue(tag).silent, words_of(text, (tag,))
    said = {word for word in found.said if word not in silent and (len(word) > 1 or word.isdigit())}
    carried = {form for form in found.forms if form[:2] in {"s_", "l_", "k_", "c_", "p_"}}
    return frozenset(said | {form for form in carried if form[2:] not in _silent_stems(tag)})


def wording(plain: str, pack: LanguagePack) -> frozenset[str]:
    """Return every word of a text in normal form, for saying how alike two texts are."""
    return frozenset(span.of(plain) for span in words(plain, pack.sentence_rules))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how alike two sets of words are, 0–1: shared of all."""
    return len(one & other) / len(one | other) if one and other else 0.0


@lru_cache(maxsize=REMEMBERED)
def _read(text: str, expected: LanguageTag) -> Reading:
    # The same message stands beside every keystroke of its answer: read it once.
    return read(text, language=guess.language(text, prefer=expected)[0], tier="quick")


def _searched_as(pack: LanguagePack) -> LanguageTag:
    """Return the language whose words the search knows: the pack's own, or that of a parent."""
    here = pack
    while not here.has(FILE) and here.parent is not None:
        here = here.parent
    return here.tag


@lru_cache
def _silent_stems(tag: LanguageTag) -> frozenset[str]:
    forms = words_of(" ".join(sorted(tongue(tag).silent)), (tag,)).forms
    return frozenset(form[2:] for form in forms) | frozenset(map(folded, tongue(tag).silent))
