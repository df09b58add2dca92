"""Everything a rule set looks for, found on a page: all phrases in one walk, each pattern in linear time."""

from collections.abc import Iterator, Mapping
from typing import Any

from amends.coach.expression import compiled, whole
from amends.coach.page import Page
from amends.coach.phrasebook import Literal, PhraseBook, literals
from amends.text.spans import Span
from amends.vocabulary import BadPack

# An opening such as "we are truly" belongs to the match; only a start this much nearer is another start.
NEARER_BY = 24


class Matcher:
    """Collects phrases and patterns under numbers, then finds them all on a page."""

    def __init__(self, words: Mapping[str, str], *, spaced: bool) -> None:
        self.words = words
        self.spaced = spaced
        self._literals: list[Literal] = []
        self._patterns: dict[int, Any] = {}
        self._count = 0

    def add(
        self, *, phrases: list[str], patterns: list[str], where: str, anywhere: bool = False, commas: bool = False
    ) -> int:
        """Take in what one owner looks for and return its number. Raises BadPack naming `where`."""
        number = self._count
        self._count += 1
        try:
            self._literals += literals(number, phrases)
            if patterns:
                source = whole(patterns, self.words, spaced=self.spaced, anywhere=anywhere, commas=commas)
                self._patterns[number] = compiled(source, where=where)
        except BadPack as wrong:
            raise BadPack(f"{where}: {wrong.detail}") from wrong
        return number

    def freeze(self) -> None:
        """Build the machine of the phrases; nothing can be added after."""
        self._book = PhraseBook(self._literals, spaced=self.spaced)

    def look(self, page: Page) -> "Sightings":
        """Return what stands on a page; each pattern is tried when first asked for."""
        return Sightings(page.plain, self._book.find(page.plain), self._patterns)


class Sightings:
    """Where the words of each owner's number stand on one page.

    What makes a rule harmless is asked for only where the rule found something, which spares half of the patterns.
    """

    def __init__(self, plain: str, phrases: dict[int, list[Span]], patterns: Mapping[int, Any]) -> None:
        self._phrases = phrases
        self._patterns = patterns
        # Encoded once: the engine would do it anew for each of a hundred patterns.
        self._encoded = plain.encode("utf-8", "surrogatepass")
        self._known: dict[int, list[Span]] = {}

    def spans(self, number: int) -> list[Span]:
        """Return where a number's words stand on the plain page, in reading order."""
        if number not in self._known:
            found = list(self._phrases.get(number, ()))
            if number in self._patterns:
                found += [_in_letters(self._encoded, *place) for place in _all(self._patterns[number], self._encoded)]
            self._known[number] = sorted(found)
        return self._known[number]


def _in_letters(encoded: bytes, start: int, end: int) -> Span:
    before = len(encoded[:start].decode("utf-8", "surrogatepass"))
    return Span(before, before + len(encoded[start:end].decode("utf-8", "surrogatepass")))


def _all(pattern: Any, encoded: bytes) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(encoded):
        start, end = match.span(1)
        if start < end:
            yield _nearest_start(pattern, encoded, start, end), end


def _nearest_start(pattern: Any, encoded: bytes, start: int, end: int) -> int:
    """Return the last start from which the same words still match: "sorry for X and [sorry if you feel Y]"."""
    while True:
        again = pattern.search(encoded, start + 1, min(len(encoded), end + 1))
        if again is None or again.end(1) != end or len(_in_letters(encoded, start, again.start(1))) < NEARER_BY:
            return start
        start = again.start(1)
