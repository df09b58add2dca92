"""Needed: words that stand wherever a pattern matches, so that a text without them need not be searched.

A pattern is written out as its ways, "we (?:will|shall) .* soon" as " we will ", " we shall " and " soon ". What parts
words becomes a space and a figure a 0, in patterns as in texts: a piece of a way then stands in every text that the
pattern matches.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from itertools import chain
from typing import Final

from amends.promises.alphabet import LATIN_1, Alphabet

Need = frozenset[bytes]
"""Pieces of which at least one stands in every match; none, where nothing can match."""
OPEN: Final = "\0"
"""Stands in a way for whatever is left open; no text has it, as it parts words and so is a space."""
MOST_WAYS: Final = 150
MOST_SEAMS: Final = 600
SEAM: Final = 3
"""How many letters on either side are told where too many ways meet: "ree day" of "three days" and all others."""
MOST_OF_A_CLASS: Final = 4
MOST_AGAIN: Final = 4
CLASS: Final = r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]"
PART: Final = re.compile(rf"{CLASS}|[^\\\[\](){{}}|.*+?^$]+(?![*+?{{])|.", re.DOTALL)
BRACKET: Final = re.compile(rf"{CLASS}|[()]", re.DOTALL)
REPEAT: Final = re.compile(r"(?:[*+?]|\{\d+(?:,\d*)?\})\??")
OPENING: Final = re.compile(r"^\((?:\?:|\?P<\w+>)?")
NOT_UNDERSTOOD: Final = re.compile(r"\(\?[^:P]|\\[pPQxC0-7]")
COUNT: Final = re.compile(r"\{(\d+)(,?)(\d*)\}")
NO_WIDTH: Final = ("\\b", "\\B")
EDGES: Final = ("^", "$")
TWICE_OPEN: Final = OPEN * 2
MANY: Final = re.compile(f"([ {OPEN}])\\1+")
SPECIAL: Final = frozenset("\\[.")


@dataclass(frozen=True, kw_only=True)
class Written:
    """A part of a pattern: its ways, and what else is needed beside one of them."""

    ways: Sequence[str]
    needs: Sequence[frozenset[str]] = ()


ANYTHING: Final = Written(ways=(OPEN,))
NOTHING: Final = Written(ways=("",))


def spaced_out(alphabet: Alphabet) -> bytes:
    """Return the table of `bytes.translate` that makes a space of what parts words, and a 0 of each figure."""
    letters = re.compile(b"[%b]" % alphabet.word)
    told = (bytes([byte]) if letters.match(bytes([byte])) else b" " for byte in range(LATIN_1))
    return b"".join(told).translate(bytes.maketrans(b"123456789", b"0" * 9))


def told_apart(written: bytes, table: bytes) -> bytes:
    """Return a text with one space for whatever parts two words, and one around it."""
    return b" %b " % b" ".join(written.translate(table).split())


class Needs:
    """Tells what patterns of one alphabet need; remembers brackets, as packs say the same ones in many patterns."""

    def __init__(self, table: bytes, *, edge: str = " ") -> None:
        """Take the table of `spaced_out`, and what stands at either end of what is searched: "" where it is a part."""
        self._table = table
        self._edge = Written(ways=(edge,))
        self._known: dict[str, Written] = {}

    def of(self, pattern: bytes) -> list[Need]:
        """Return what must stand in a text, `told_apart`, that an expression of RE2 matches: of each of them one piece.

        None at all where the pattern does not tell, or says what is not understood here.
        """
        written = pattern.decode("latin-1")
        if NOT_UNDERSTOOD.search(written):
            return []
        return [frozenset(piece.encode("latin-1") for piece in need) for need in _all_needs(self._read(written))]

    def _read(self, written: str) -> Written:
        """Return a pattern, or what stands within one of its brackets."""
        if written in self._known:
            return self._known[written]
        branches, row, place = list[Written](), NOTHING, 0
        while place < len(written):
            part, place = _part(written, place)
            if part == "|":
                branches, row = [*branches, row], NOTHING
                continue
            behind = REPEAT.match(written, place)
            whole = self._edge if part in EDGES else self._meant(part)
            row = _beside(row, _repeated(whole, behind.group()) if behind else whole)
            place = behind.end() if behind else place
        self._known[written] = found = _either([*branches, row])
        return found

    def _meant(self, part: str) -> Written:
        if part[0] == "(":
            return self._read(OPENING.sub("", part, count=1)[:-1])
        if part in NO_WIDTH:
            return NOTHING
        if part[0] not in SPECIAL:
            return Written(ways=(part.encode("latin-1").translate(self._table).decode("latin-1"),))
        members = _members(part, self._table)
        return Written(ways=members) if len(members) <= MOST_OF_A_CLASS else ANYTHING


def _part(written: str, place: int) -> tuple[str, int]:
    """Return the part of a pattern at a place, a whole bracket at once, and where it ends."""
    if written[place] != "(":
        found = PART.match(written, place)
        assert found
        return found.group(), found.end()
    depth = 0
    for mark in BRACKET.finditer(written, place):
        depth += {"(": 1, ")": -1}.get(mark.group(), 0)
        if not depth:
            return written[place : mark.end()], mark.end()
    raise AssertionError("RE2 has read it before: no bracket is left open")


@cache
def _members(part: str, table: bytes) -> tuple[str, ...]:
    """Return what a part that stands for one character may be."""
    one = re.compile(part.encode("latin-1"), re.DOTALL)
    found = {bytes([table[byte]]) for byte in range(LATIN_1) if one.fullmatch(bytes([byte]))}
    return tuple(sorted(each.decode("latin-1") for each in found))


def _repeated(whole: Written, behind: str) -> Written:
    least, most = _times(behind)
    ways = [""] if least == 0 else []
    if set(whole.ways) <= {" ", ""}:
        ways += whole.ways
    elif most is not None and len(whole.ways) == 1 and most <= MOST_AGAIN:
        ways += [whole.ways[0] * times for times in range(max(1, least), most + 1)]
    else:
        ways += whole.ways if most == 1 else [way + OPEN for way in whole.ways]
    return Written(ways=_different(ways), needs=whole.needs if least else ())


def _times(repeat: str) -> tuple[int, int | None]:
    if counted := COUNT.match(repeat):
        least, more, most = counted.groups()
        return int(least), int(most) if most else None if more else int(least)
    return {"*": (0, None), "+": (1, None), "?": (0, 1)}[repeat[0]]


def _beside(left: Written, right: Written) -> Written:
    found = [*left.needs, *right.needs]
    if len(left.ways) * len(right.ways) <= MOST_WAYS:
        return Written(ways=_different(one + other for one in left.ways for other in right.ways), needs=found)
    tails = {way.split(OPEN)[-1][-SEAM:] for way in left.ways}
    heads = {way.split(OPEN)[0][:SEAM] for way in right.ways}
    seam = [tail + head for tail in tails for head in heads] if len(tails) * len(heads) <= MOST_SEAMS else [OPEN]
    needs = [*found, *_need_of(left.ways), *_need_of(_different(seam))]
    return Written(ways=_different(OPEN + way for way in right.ways), needs=needs)


def _either(branches: Sequence[Written]) -> Written:
    if len(branches) == 1:
        return branches[0]
    ways = _different(chain.from_iterable(branch.ways for branch in branches))
    if not any(branch.needs for branch in branches):
        return Written(ways=ways)
    told = [_all_needs(branch) for branch in branches]
    if not all(told):
        return ANYTHING
    best = [max(each, key=_strength) for each in told]
    return Written(ways=(OPEN,), needs=[reduce(frozenset.union, best)])


def _different(ways: Iterable[str]) -> list[str]:
    """Return ways without twins; none tells more than one that leaves all open."""
    found = dict.fromkeys([MANY.sub(r"\1", way) if "  " in way or TWICE_OPEN in way else way for way in ways])
    return [OPEN] if OPEN in found else list(found)


def _all_needs(written: Written) -> list[frozenset[str]]:
    return [*written.needs, *_need_of(written.ways)]


def _need_of(ways: Sequence[str]) -> list[frozenset[str]]:
    """Return the longest piece of each way as one need, or none where a way has no piece."""
    pieces = {max(way.split(OPEN), key=_letters) if OPEN in way else way for way in ways}
    return [frozenset(pieces)] if all(map(_letters, pieces)) else []


def _letters(piece: str) -> int:
    return 0 if not piece or piece.isspace() else len(piece)


def _strength(need: frozenset[str]) -> tuple[int, int]:
    return min(map(len, need), default=99), -len(need)
