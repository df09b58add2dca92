"""How words are compared: without case, accents, invisible marks, or the look of their digits."""

import unicodedata
from functools import lru_cache
from typing import Final

from amends.text.normal import INVISIBLE

ACCENTS: Final = range(0x0300, 0x0370)
"""Marks of Latin, Greek and Cyrillic letters. Those of Thai or Hindi are no accents: they are half the word."""
ALONE: Final = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th"}
)
SARA_AM: Final = ("\u0e4d\u0e32", "\u0e33")
TONES: Final = "\u0e48\u0e49\u0e4a\u0e4b"


@lru_cache(maxsize=200_000)
def exact(word: str) -> str:
    """Return the word in one form that keeps its accents: compatible letters are one, and so are all digits."""
    plain = unicodedata.normalize("NFKC", word).casefold()
    plain = "".join(_digit(letter) for letter in plain if letter not in INVISIBLE)
    return _thai_in_order(plain) if SARA_AM[0][0] in plain else unicodedata.normalize("NFC", plain)


@lru_cache(maxsize=200_000)
def folded(word: str) -> str:
    """Return the word as it is compared: `exact` without accents (`käyttö` → `kaytto`)."""
    kept = exact(word)
    if kept.isascii():
        return kept
    bare = "".join(letter for letter in unicodedata.normalize("NFD", kept) if ord(letter) not in ACCENTS)
    return _thai_in_order(unicodedata.normalize("NFC", bare)).translate(ALONE)


def _digit(letter: str) -> str:
    return str(unicodedata.digit(letter)) if letter.isdigit() and not letter.isascii() else letter


def _thai_in_order(text: str) -> str:
    """Return Thai as it is typed: NFKC takes ำ apart, and typists put the tone before or after it."""
    for tone in TONES:
        text = text.replace(f"{SARA_AM[0][0]}{tone}{SARA_AM[0][1]}", f"{tone}{SARA_AM[1]}")
    return text.replace(*SARA_AM)
