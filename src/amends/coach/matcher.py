"""Everything a rule set looks for, found on a page: all phrases in one walk, then each pattern in linear time."""

from collections.abc import Iterator, Mapping
from typing import Any

from amends.coach.kinds.pattern import compiled, whole
from amends.coach.kinds.phrase import Literal, PhraseBook, literals
from amends.coach.page import Page
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
        self._patterns: list[tuple[int, Any]] = []
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
                self._patterns.append((number, compiled(source, where=where)))
        except BadPack as wrong:
            raise BadPack(f"{where}: {wrong.detail}") from wrong
        return number

    def freeze(self) -> None:
        """Build the machine of the phrases; nothing can be added after."""
        self._book = PhraseBook(self._literals, spaced=self.spaced)

    def find(self, page: Page) -> dict[int, list[Span]]:
        """Return for each owner's number where on `page.plain` its words stand, in reading order."""
        found = self._book.find(page.plain)
        # Encoded once: the engine would do it anew for each of a hundred patterns.
        encoded = page.plain.encode("utf-8", "surrogatepass")
        for number, pattern in self._patterns:
            for start, end in _all(pattern, encoded):
                found.setdefault(number, []).append(_in_letters(encoded, start, end))
        return {number: sorted(spans) for number, spans in found.items()}


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
        if again is None or again.end(1) != end or again.start(1) - start < NEARER_BY:
            return start
        start = again.start(1)
