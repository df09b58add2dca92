"""What an agent says is new in a letter, and what can safely be remembered of it for the sender's next one."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from amends.mail.lines import Line, Mark, folds, lines_of, new_words
from amends.text.spans import Span

LONGEST_SHAPE: Final = 300
MOST_BLOCKS: Final = 400
"""Blocks a form shows: a browser may send 1,000 fields, and a person reads fewer."""
ADDRESS: Final = re.compile(r"\S{1,200}@\S{1,200}")
NUMBER: Final = re.compile(r"\d{1,40}")
RULE: Final = re.compile(r"[-_=*~#—–>|\s]{4,300}")
FENCED: Final = re.compile(r"[-_=*~#—–]{3,100}.{2,160}?[-_=*~#—–]{3,100}[\s:：]{0,4}")
MAY_DIFFER: Final = 2
WORDS_NEEDED: Final = 4


@dataclass(frozen=True, kw_only=True)
class Block:
    """Some lines of a letter, `first` to `last`, that a person marks together; mostly one line."""

    first: int
    last: int
    text: str
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class Remarked:
    """A letter's words parted anew. `opening` is the shape of the line worth remembering, "" when none is.

    `is_history`: a line of that shape begins history; else it was taken for one and does not.
    """

    new_text: str
    folded: tuple[Span, ...]
    opening: str = ""
    is_history: bool = True


def blocks(text: str, folded: Sequence[Span]) -> list[Block]:
    """Return a letter in at most 400 blocks, each with whether its words now count as new."""
    lines = _marked(text, folded)
    size = -(-len(lines) // MOST_BLOCKS)
    return [
        Block(
            first=start,
            last=min(start + size, len(lines)) - 1,
            text="\n".join(line.text for line in lines[start : start + size]),
            is_new=any(line.mark is Mark.NEW for line in lines[start : start + size]),
        )
        for start in range(0, len(lines), size or 1)
    ]


def remark(text: str, folded: Sequence[Span], *, new_lines: Collection[int]) -> Remarked | None:
    """Return the letter with just these lines new, None when they hold no word: a letter is never cut to empty."""
    before = _marked(text, folded)
    after = lines_of(text)
    for place, line in enumerate(after):
        line.mark = Mark.NEW if place in new_lines else Mark.HISTORY
    if not _says_something(after):
        return None
    opening, is_history = _opening(before, after)
    return Remarked(new_text=new_words(after), folded=folds(after), opening=opening, is_history=is_history)


def remembered(text: str, folded: Sequence[Span], *, opening: str, is_history: bool) -> Remarked | None:
    """Return a letter parted by what was remembered of its sender, None when nothing fits or no word would stay."""
    lines = _marked(text, folded)
    place = _first_fit(lines, opening, mark=Mark.NEW if is_history else Mark.HISTORY)
    if place is None:
        return None
    for line in lines[place:]:
        if not is_history and line.mark is Mark.NEW:
            break
        line.mark = Mark.HISTORY if is_history else Mark.NEW
    if not _says_something(lines):
        return None
    return Remarked(new_text=new_words(lines), folded=folds(lines))


def shape_of(line: str) -> str:
    """Return what a line that opens history looks like without its day and people; "" when a person may write so.

    A rule, a fenced title or a line of four words with a number or an address in it: nothing less is remembered,
    because a wrong cut in the next letter costs a customer's words.
    """
    plain = " ".join(NUMBER.sub("0", ADDRESS.sub("@", line[:1_000].lower())).split())
    is_attribution = len(plain.split()) >= WORDS_NEEDED and ("0" in plain or "@" in plain) and plain[-1] in ":：>])"
    is_fence = bool(RULE.fullmatch(plain) or FENCED.fullmatch(plain))
    return plain if len(plain) <= LONGEST_SHAPE and (is_attribution or is_fence) else ""


def fits(shape: str, line: str) -> bool:
    """Return whether a line is of that shape; of an attribution two words may differ, such as day and month."""
    words, others = shape.split(), shape_of(line).split()
    if not others or len(words) != len(others):
        return False
    differing = sum(one != other for one, other in zip(words, others, strict=True))
    return differing <= (MAY_DIFFER if len(words) > WORDS_NEEDED else 0)


def _marked(text: str, folded: Sequence[Span]) -> list[Line]:
    lines, place = lines_of(text), 0
    for line in lines:
        end = place + len(line.text)
        if any(span.start <= place and end <= span.end for span in folded):
            line.mark = Mark.HISTORY
        place = end + 1
    return lines


def _says_something(lines: Sequence[Line]) -> bool:
    return any(line.mark is Mark.NEW and not line.blank for line in lines)


def _opening(before: Sequence[Line], after: Sequence[Line]) -> tuple[str, bool]:
    """Return the shape of the first line that changed, if all behind it is of one mind and it is worth remembering."""
    changed = [place for place, line in enumerate(after) if line.mark is not before[place].mark and not line.blank]
    if not changed:
        return "", True
    first = changed[0]
    is_history = after[first].mark is Mark.HISTORY
    if is_history and any(line.mark is Mark.NEW and not line.blank for line in after[first:]):
        return "", True
    return shape_of(after[first].text), is_history


def _first_fit(lines: Sequence[Line], shape: str, *, mark: Mark) -> int | None:
    """Return the first line of that shape; one that would open history must have words above it."""
    said = mark is not Mark.NEW
    for place, line in enumerate(lines):
        if said and line.mark is mark and fits(shape, line.text):
            return place
        said = said or (line.mark is Mark.NEW and not line.blank)
    return None
