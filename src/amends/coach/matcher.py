"""Everything a rule set looks for, found on a page: all phrases in one walk, each pattern in linear time."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import Any

from amends.coach.alphabet import Alphabet, alphabet
from amends.coach.expression import compiled, whole
from amends.coach.page import Page
from amends.coach.phrasebook import Literal, PhraseBook, literals
from amends.text.spans import Span
from amends.vocabulary import BadPack

# An opening such as "we are truly" belongs to the match; only a start this much nearer is another start.
NEARER_BY = 24
MOST_MATCHES = 500
"""Places of one pattern on a page: nobody reads more, and a pack must not be able to hold a page up."""
MOST_OWN_MATCHES = 20
MOST_STARTS = 50
EDGES = frozenset(range(0x80)) - frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789")


class Matcher:
    """Collects phrases and patterns under numbers, then finds them all on a page."""

    def __init__(self, words: Mapping[str, str], *, spaced: bool) -> None:
        self.words = words
        self.spaced = spaced
        self._alphabet = None if spaced else alphabet("".join(words.values()))
        self._literals: list[Literal] = []
        self._patterns: dict[int, Expression] = {}
        self._count = 0

    def add(
        self,
        *,
        phrases: list[str],
        patterns: list[str],
        where: str,
        anywhere: bool = False,
        commas: bool = False,
        is_own: bool = False,
    ) -> int:
        """Take in what one owner looks for and return its number. Raises BadPack naming `where`.

        `is_own`: somebody here wrote it, so it is held to less room.
        """
        number = self._count
        self._count += 1
        try:
            self._literals += literals(number, phrases)
            if patterns:
                source = whole(patterns, self.words, spaced=self.spaced, anywhere=anywhere, commas=commas)
                in_bytes = self._alphabet.pattern(source) if self._alphabet else None
                self._patterns[number] = Expression(
                    compiled(in_bytes or source, where=where, is_own=is_own),
                    edged=self.spaced and not anywhere,
                    most=MOST_OWN_MATCHES if is_own else MOST_MATCHES,
                    alphabet=self._alphabet if in_bytes else None,
                )
        except BadPack as wrong:
            raise BadPack(f"{where}: {wrong.detail}") from wrong
        return number

    def freeze(self) -> None:
        """Build the machine of the phrases; nothing can be added after."""
        self._book = PhraseBook(self._literals, spaced=self.spaced)

    def look(self, page: Page) -> "Sightings":
        """Return what stands on a page; each pattern is tried when first asked for."""
        return Sightings(page.plain, self._book.find(page.plain), self._patterns, self._alphabet)


class Sightings:
    """Where the words of each owner's number stand on one page.

    What makes a rule harmless is asked for only where the rule found something, which spares half of the patterns.
    """

    def __init__(
        self,
        plain: str,
        phrases: dict[int, list[Span]],
        patterns: Mapping[int, "Expression"],
        alphabet: Alphabet | None,
    ) -> None:
        self._plain = plain
        self._phrases = phrases
        self._patterns = patterns
        self._alphabet = alphabet
        self._known: dict[int, list[Span]] = {}

    def spans(self, number: int) -> list[Span]:
        """Return where a number's words stand on the plain page, in reading order."""
        known = self._known.get(number)
        if known is None:
            found = [*self._phrases.get(number, ()), *self._places(number)]
            self._known[number] = known = sorted(found) if len(found) > 1 else found
        return known

    def _places(self, number: int) -> list[Span]:
        pattern = self._patterns.get(number)
        if pattern is None:
            return []
        if pattern.alphabet is not None:
            return [Span(*place) for place in pattern.all(self._lettered)]
        return [_in_letters(self._encoded, *place) for place in pattern.all(self._encoded)]

    # Encoded once: the engine would do it anew for each of a hundred patterns.
    @cached_property
    def _encoded(self) -> bytes:
        return self._plain.encode("utf-8", "surrogatepass")

    @cached_property
    def _lettered(self) -> bytes:
        assert self._alphabet is not None
        return self._alphabet.text(self._plain)


def _in_letters(encoded: bytes, start: int, end: int) -> Span:
    if encoded.isascii():
        return Span(start, end)
    before = len(encoded[:start].decode("utf-8", "surrogatepass"))
    return Span(before, before + len(encoded[start:end].decode("utf-8", "surrogatepass")))


class Expression:
    """A compiled pattern. `edged`: it takes in a mark at each edge of its words, which is no part of them.

    `alphabet`: that of the bytes it reads, None where it reads UTF-8.
    """

    def __init__(self, compiled_pattern: Any, *, edged: bool, most: int, alphabet: Alphabet | None) -> None:
        self.alphabet = alphabet
        self._pattern = compiled_pattern
        self._most = most
        self._edged = edged

    def all(self, encoded: bytes) -> Iterator[tuple[int, int]]:
        """Yield where its words begin and end in an encoded page."""
        for match in islice(self._pattern.finditer(encoded), self._most):
            start, end = self._words(encoded, *match.span())
            if start < end:
                yield self._nearest_start(encoded, start, end), end

    def _words(self, encoded: bytes, start: int, end: int) -> tuple[int, int]:
        if not self._edged or start == end:
            return start, end
        return start + (encoded[start] in EDGES), end - (encoded[end - 1] in EDGES)

    def _nearest_start(self, encoded: bytes, start: int, end: int) -> int:
        """Return the last start from which the same words still match: "sorry for X and [sorry if you feel Y]"."""
        for _ in range(MOST_STARTS):
            if end - start <= NEARER_BY:
                break
            if (later := encoded.find(b" ", start, end) if self._edged else start + 1) <= 0:
                break
            again = self._pattern.search(encoded, later, min(len(encoded), end + self._edged))
            nearer, same = self._words(encoded, *again.span()) if again else (start, 0)
            if same != end or self._letters(encoded[start:nearer]) < NEARER_BY:
                break
            start = nearer
        return start

    def _letters(self, encoded: bytes) -> int:
        return len(encoded) if self.alphabet else len(encoded.decode("utf-8", "surrogatepass"))
