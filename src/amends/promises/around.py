"""Around a time: its own words, those of its clause and sentence and of the sentences beside, as buckets to weigh."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from amends.promises.moments import Due
from amends.text.normal import Normal, normal
from amends.text.spans import Span
from amends.vocabulary import Moment

WORD_BUCKETS: Final = 2**16
TIME: Final = "¤"
OTHER_TIME: Final = "§"
TOKEN: Final = re.compile(rf"[\w'’]+|[{TIME}{OTHER_TIME}?!,;:.]")
"""A word or a mark. A script that writes vowels as marks falls into pieces; as pieces they serve as well."""
FARTHEST_WORD: Final = 4
MOST_REMEMBERED: Final = 64
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
    around = (token for token in TOKEN.findall(sentence) if token != TIME)
    return _buckets([*_in_clause(TOKEN.findall(clause)), *(f"w {token}" for token in around)])


def time_buckets(time: str) -> NDArray[np.uint32]:
    """Return the buckets of how a time is worded: "by" promises, "until" and "every" mostly do not. Digits are one."""
    plain = DIGIT.sub("0", time)
    tokens = TOKEN.findall(plain) or [""]
    pieces = (
        f"c {plain[start : start + size]}"
        for size in range(SHORTEST_PIECE, LONGEST_PIECE + 1)
        for start in range(max(1, len(plain) - size + 1))
    )
    edges = (f"first {tokens[0]}", f"last {tokens[-1]}")
    pairs = (f"b {left} {right}" for left, right in pairwise(tokens))
    return _buckets([*pieces, *edges, *pairs, *(f"t {token}" for token in tokens)])


def beside_buckets(place: Place) -> NDArray[np.uint32]:
    """Return the buckets of the words of the sentences before and behind: "I looked into it. Tomorrow, ten sharp." """
    before, behind = (TOKEN.findall(beside.lower()) for beside in (place.before, place.behind))
    return _buckets([*(f"before {token}" for token in before), *(f"behind {token}" for token in behind)])


def _buckets(said: Iterable[str]) -> NDArray[np.uint32]:
    hashes = {crc32(each.encode("utf-8", "surrogatepass")) & (WORD_BUCKETS - 1) for each in said}
    return np.array(sorted(hashes), dtype=np.uint32)


def _in_clause(tokens: Sequence[str]) -> Iterator[str]:
    yield from (f"cw {token}" for token in tokens if token != TIME)
    yield from (f"cb {left} {right}" for left, right in pairwise(tokens))
    if TIME in tokens:
        time = tokens.index(TIME)
        for place, token in enumerate(tokens):
            if place != time:
                yield f"p {max(-FARTHEST_WORD, min(FARTHEST_WORD, place - time))} {token}"
