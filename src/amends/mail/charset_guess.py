"""Which charset bytes are most likely written in, told by the letters that the languages of our packs show."""

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from amends.languages import LanguagePack

ENOUGH: Final = 0.6
GREEK: Final = "\u0370"
SAMPLE_BYTES: Final = 20_000
UNKNOWN_COUNTS: Final = 3


@dataclass(frozen=True, kw_only=True)
class Guess:
    """A charset that a language is often written in: the letters beyond ASCII it then shows, and the commonest.

    `odd` finds what no word of the language does."""

    codec: str
    letters: frozenset[str]
    common: frozenset[str]
    odd: re.Pattern[str] | None = None


def likeliest(raw: bytes, packs: Sequence[LanguagePack]) -> str | None:
    """Return the packs' charset whose reading shows mostly letters of its own language, or None."""
    sample = raw[:SAMPLE_BYTES]
    scored = [(*_plausibility(sample, guess), guess.codec) for guess in _guesses(packs)]
    likely = [
        (fitting + common, -place, codec) for place, (fitting, common, codec) in enumerate(scored) if fitting >= ENOUGH
    ]
    return max(likely)[2] if likely else None


def _guesses(packs: Sequence[LanguagePack]) -> Iterator[Guess]:
    for pack in packs:
        yield from guesses_of(pack)


@cache
def guesses_of(pack: LanguagePack) -> tuple[Guess, ...]:
    """Return what `charsets.toml` of a pack says, () when the pack itself has none. Raises BadPack."""
    if not pack.has("charsets.toml"):
        return ()
    rows = pack.toml("charsets.toml").get("charset", [])
    return tuple(
        Guess(
            codec=row["codec"],
            letters=_spelled_out(row["letters"]),
            common=_spelled_out(row.get("common", row["letters"])),
            odd=re.compile(row["odd"]) if row.get("odd") else None,
        )
        for row in rows
    )


def _spelled_out(letters: str) -> frozenset[str]:
    """Return the letters of "a-zäö": a range where a hyphen stands between two letters."""
    found: set[str] = set()
    for first, last in re.findall(r"(.)(?:-(.))?", letters, re.DOTALL):
        found.update(map(chr, range(ord(first), ord(last or first) + 1)))
    return frozenset(found)


def _plausibility(sample: bytes, guess: Guess) -> tuple[float, float]:
    """Return which share 0–1 of the letters beyond ASCII are the language's own, and which its commonest.

    Neighbours that no word holds count against it.
    """
    read = sample.decode(guess.codec, errors="replace")
    beyond = [letter for letter in read if not letter.isascii()]
    if not beyond:
        return 0.0, 0.0
    fitting = sum(letter in guess.letters for letter in beyond)
    common = sum(letter in guess.common for letter in beyond)
    odd = sum(_odd_neighbours(a, b) for a, b in itertools.pairwise(f" {read}"))
    odd += sum(1 for _ in guess.odd.finditer(read)) if guess.odd else 0
    # A sound text has no bytes that its charset does not know; one lost on the way may still be forgiven.
    unknown = UNKNOWN_COUNTS * read.count("\ufffd")
    return (fitting - odd - unknown) / len(beyond), common / len(beyond)


def _odd_neighbours(a: str, b: str) -> bool:
    """Return whether no word holds these two in a row: a mark without its letter, a late capital, two scripts mixed."""
    if unicodedata.category(b) == "Mn":
        return not (a.isalpha() or unicodedata.category(a) == "Mn") or (a.isascii() and b >= GREEK)
    if not (a.isalpha() and b.isalpha()) or (a.isascii() and b.isascii()):
        return False
    return (a.islower() and b.isupper()) or (a.isascii() and b >= GREEK) or (b.isascii() and a >= GREEK)
