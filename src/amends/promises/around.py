"""Around a time: the words of its clause and sentence, with the times blanked out, as buckets the head weighs."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from amends.promises.moments import Due
from amends.text.spans import Span

WORD_BUCKETS: Final = 2**16
TIME: Final = "¤"
OTHER_TIME: Final = "§"
TOKEN: Final = re.compile(rf"[\w'’]+|[{TIME}{OTHER_TIME}?!,;:.]")
"""A word or a mark. A script that writes vowels as marks falls into pieces; as pieces they serve as well."""
FARTHEST_WORD: Final = 4


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

    Both as `blanked` gives them.
    """
    said = {*_in_clause(TOKEN.findall(clause)), *(f"w {token}" for token in TOKEN.findall(sentence))}
    hashes = (crc32(each.encode("utf-8", "surrogatepass")) & (WORD_BUCKETS - 1) for each in said)
    return np.unique(np.fromiter(hashes, dtype=np.uint32, count=len(said)))


def _in_clause(tokens: Sequence[str]) -> Iterator[str]:
    yield from (f"cw {token}" for token in tokens)
    yield from (f"cb {left} {right}" for left, right in pairwise(tokens))
    if TIME in tokens:
        time = tokens.index(TIME)
        for place, token in enumerate(tokens):
            yield f"p {max(-FARTHEST_WORD, min(FARTHEST_WORD, place - time))} {token}"
