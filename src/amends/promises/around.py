"""Around a time: its own words, those of its clause and sentence and of the sentences beside, as buckets to weigh."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from amends.promises.moments import Due
from amends.reading.heads import once_each
from amends.text.normal import Normal, normal
from amends.text.spans import Span
from amends.vocabulary import Moment

WORD_BUCKETS: Final = 2**16
TIME: Final = "¤"
OTHER_TIME: Final = "§"
TOKEN: Final = re.compile(rf"[\w'’]+|[{TIME}{OTHER_TIME}?!,;:.]")
"""A word or a mark. A script that writes vowels as marks falls into pieces; as pieces they serve as well."""
TIME_SAID: Final = TIME.encode()
FARTHEST_WORD: Final = 4
MOST_REMEMBERED: Final = 64
MOST_TIMES_REMEMBERED: Final = 1024
"""Replies name the same times again and again."""
WESTERN: Final = re.compile("[\x00-\x7fà-öø-ÿ]*")
"""Letters that are normal in lower case as they stand: most sentences need no more than that."""
LONG_RUN: Final = re.compile(r"([^\W\d_])\1{3}")
DIGIT: Final = re.compile(r"\d")
SHORTEST_PIECE, LONGEST_PIECE = 3, 5


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a sentence stands: when it was written, and the sentences before and behind it ("" where it has none)."""

    at: Moment
    before: str = ""
    behind: str = ""


@lru_cache(maxsize=MOST_REMEMBERED)
def plain(sentence: str) -> Normal:
    """Return a sentence in normal form; each of its neighbours asks for it again."""
    lower = sentence.lower()
    if WESTERN.fullmatch(lower) and not LONG_RUN.search(lower):
        return Normal(lower, range(len(lower) + 1))
    return normal(sentence)


def blanked(words: str, part: Span, named: Sequence[Due], place: int) -> str:
    """Return a part of a sentence with the `place`-th of its times as ¤ and the others as §."""
    found, read = [], part.start
    for number, time in enumerate(named):
        if time.span.overlaps(part):
            found += [words[read : max(read, time.span.start)], TIME if number == place else OTHER_TIME]
            read = time.span.end
    return "".join([*found, words[read : part.end]])


def word_buckets(clause: str, sentence: str) -> NDArray[np.uint32]:
    """Return the buckets of the words of a clause, of its pairs and their places, and of those of its sentence.

    Both as `blanked` gives them. The time's own mark is left out: it stands in each, and where few other words are
    known it would speak for them, against every short sentence.
    """
    around = _tokens(sentence)
    inside = around if clause == sentence else _tokens(clause)
    said = [_each("w", _without_time(around)), _each("cw", _without_time(inside)), _each("cb", _pairs(inside))]
    return _buckets([*said, _by_place(inside)])


@lru_cache(maxsize=MOST_TIMES_REMEMBERED)
def time_buckets(time: str) -> NDArray[np.uint32]:
    """Return the buckets of how a time is worded: "by" promises, "until" and "every" mostly do not. Digits are one."""
    plain = DIGIT.sub("0", time)
    tokens = _tokens(plain) or [b""]
    letters = [_said(letter) for letter in plain]
    pieces = [
        b"".join(letters[start : start + size])
        for size in range(SHORTEST_PIECE, LONGEST_PIECE + 1)
        for start in range(max(1, len(plain) - size + 1))
    ]
    edges = [_each("first", tokens[:1]), _each("last", tokens[-1:])]
    return _buckets([_each("c", pieces), *edges, _each("b", _pairs(tokens)), _each("t", tokens)])


@lru_cache(maxsize=MOST_REMEMBERED)
def beside_buckets(before: str, behind: str) -> NDArray[np.uint32]:
    """Return the buckets of the words of the sentences before and behind: "I looked into it. Tomorrow, ten sharp." """
    return _buckets([_each("before", _tokens(before.lower())), _each("behind", _tokens(behind.lower()))])


def _said(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")


def _tokens(text: str) -> list[bytes]:
    return [token.encode("utf-8", "surrogatepass") for token in TOKEN.findall(text)]


def _without_time(tokens: Sequence[bytes]) -> list[bytes]:
    return [token for token in tokens if token != TIME_SAID]


def _pairs(tokens: Sequence[bytes]) -> list[bytes]:
    return [b" ".join(pair) for pair in pairwise(tokens)]


def _each(kind: str, said: Sequence[bytes]) -> list[int]:
    """Return the hash of a kind of sign with each of what is said: that of "w refund"."""
    begun = _begun(kind)
    return [crc32(each, begun) for each in said]


@cache
def _begun(kind: str) -> int:
    return crc32(_said(f"{kind} "))


def _buckets(hashes: Sequence[Sequence[int]]) -> NDArray[np.uint32]:
    found = np.array([*chain.from_iterable(hashes)], dtype=np.uint32)
    found &= np.uint32(WORD_BUCKETS - 1)
    return once_each(found)


def _by_place(tokens: Sequence[bytes]) -> list[int]:
    """Return the hash of each word of a clause with its place from the time, the far ones alike."""
    if TIME_SAID not in tokens:
        return []
    time = tokens.index(TIME_SAID)
    places = range(-time, len(tokens) - time)
    return [
        crc32(token, _PLACES[max(-FARTHEST_WORD, min(FARTHEST_WORD, place))])
        for place, token in zip(places, tokens, strict=True)
        if place
    ]


_PLACES: Final = {place: _begun(f"p {place}") for place in range(-FARTHEST_WORD, FARTHEST_WORD + 1)}
