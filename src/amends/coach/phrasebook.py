"""Phrases: fixed words in a row, all of them found in one walk over the reply.

`(a|b)` one of · `[a ]` may be missing · `~` at the end: any ending of the last word.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from ahocorasick_rs import AhoCorasick, Implementation

from amends.text.normal import normal
from amends.text.spans import Span
from amends.vocabulary import BadPack

CHOICE = re.compile(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]")
MOST_FORMS = 400


@dataclass(frozen=True, slots=True)
class Literal:
    """One fixed form of a phrase; `open_end` lets the last word go on."""

    owner: int
    words: str
    open_end: bool


def forms(phrase: str) -> Iterator[str]:
    """Yield each fixed form of a phrase with its choices made."""
    choice = CHOICE.search(phrase)
    if choice is None:
        yield re.sub(r" +", " ", phrase).strip()
        return
    options = choice.group(1).split("|") if choice.group(1) is not None else ["", *choice.group(2).split("|")]
    for option in options:
        yield from forms(phrase[: choice.start()] + option + phrase[choice.end() :])


def literals(owner: int, phrases: Iterable[str]) -> list[Literal]:
    """Return all fixed forms of an owner's phrases in normal form. Raises BadPack when a phrase makes too many."""
    found: list[Literal] = []
    for phrase in phrases:
        # Taken one by one: forty choices make a million million forms.
        made = list(islice(forms(phrase), MOST_FORMS + 1))
        if len(made) > MOST_FORMS or not all(form.strip("~ ") for form in made):
            raise BadPack(f"phrase makes more than {MOST_FORMS} forms, or an empty one: {phrase[:80]}")
        found += [Literal(owner, normal(form.rstrip("~")).text, form.endswith("~")) for form in made]
    return found


class PhraseBook:
    """All phrases of a rule set; `spaced` as in patterns."""

    def __init__(self, entries: list[Literal], *, spaced: bool) -> None:
        self.entries = entries
        self.spaced = spaced
        words = [entry.words for entry in entries]
        self.machine = AhoCorasick(words, implementation=Implementation.ContiguousNFA) if words else None

    def find(self, plain: str) -> dict[int, list[Span]]:
        """Return where the phrases of each owner stand, at word edges."""
        found: dict[int, list[Span]] = {}
        if self.machine is None:
            return found
        for index, start, end in self.machine.find_matches_as_indexes(plain, overlapping=True):
            entry = self.entries[index]
            ending = _word_end(plain, end) if entry.open_end else end
            if not self.spaced or (_edge(plain, start - 1) and _edge(plain, ending)):
                found.setdefault(entry.owner, []).append(Span(start, ending))
        return found


def _edge(plain: str, place: int) -> bool:
    return not (0 <= place < len(plain) and plain[place].isalnum())


def _word_end(plain: str, place: int) -> int:
    while place < len(plain) and plain[place].isalnum():
        place += 1
    return place
