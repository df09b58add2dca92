"""Cut writing without spaces into words, and long words into those they are made of."""

from functools import cache, lru_cache
from typing import Final

from pythainlp.corpus import thai_words

from amends.languages.load import available, load
from amends.search.folding import exact

LEAST_PART: Final = 2
LONGEST_TAKEN_APART: Final = 24
GRAM: Final = 4
"""Letters of the stretches by which a word is found that no dictionary knows; about a syllable of Thai."""


def cut(run: str) -> list[str]:
    """Return the words of a run without spaces, in order; together they are the run again."""
    packs = (load(tag) for tag in sorted(available()))
    splitter = next((rules for pack in packs if (rules := pack.sentence_rules.split_words)), None)
    return splitter(run) if splitter else [run]


@lru_cache(maxsize=50_000)
def parts(word: str) -> tuple[str, ...]:
    """Return the fewest dictionary words that a longer one is made of, empty when it is made of none.

    `ใบเสร็จรับเงิน` is one word of the dictionary, and somebody may ask for `ใบเสร็จ`.
    """
    if not 2 * LEAST_PART <= len(word) <= LONGEST_TAKEN_APART:
        return ()
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(LEAST_PART, len(word) + 1):
        ways = [
            (*best[start], word[start:end])
            for start in range(end - LEAST_PART + 1)
            if start in best and end - start < len(word) and word[start:end] in _dictionary()
        ]
        if ways:
            best[end] = min(ways, key=len)
    return best.get(len(word), ())


def grams(run: str) -> frozenset[str]:
    """Return the terms of every stretch of four letters of a run."""
    plain = exact(run)
    return frozenset(f"g_{plain[start : start + GRAM]}" for start in range(len(plain) - GRAM + 1))


@cache
def _dictionary() -> frozenset[str]:
    return frozenset(thai_words())
