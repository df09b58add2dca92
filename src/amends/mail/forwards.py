"""A letter that somebody sends on without a comment: its headers fold, its words are what the sender says by it."""

import re
from collections.abc import Sequence

from amends.mail.lines import Line, Mark
from amends.mail.quote_shapes import header_block, is_original_mark
from amends.mail.quote_words import QuoteWords
from amends.mail.signatures import DELIMITER, RULE

QUOTE_DEPTH = re.compile(r"^(?:[>＞] ?){1,20}\ufeff?")


def fold_opening(lines: Sequence[Line], words: QuoteWords) -> bool:
    """Mark "Forwarded message / From: / Subject:" where a letter's new words begin with it; return whether they do.

    Nothing is marked when no words stand below.
    """
    start = next((at for at, line in enumerate(lines) if line.mark is Mark.NEW and not _is_drawn(line)), None)
    if start is None:
        return False
    end = _end_of_opening(lines, start, words)
    if end == start or all(line.mark is not Mark.NEW or _is_drawn(line) for line in lines[end:]):
        return False
    for line in lines[:end]:
        line.mark = Mark.HISTORY if line.mark is Mark.NEW else line.mark
    return True


def _end_of_opening(lines: Sequence[Line], start: int, words: QuoteWords) -> int:
    """Return where the marks and headers that begin at `start` end; `start` itself when there are none."""
    end = start
    for at in range(start, len(lines)):
        if at < end or _is_drawn(lines[at]):
            continue
        block = header_block(lines, at, words)
        if block is not None:
            return block.end
        if not is_original_mark(lines[at].text, words):
            return end
        end = at + 1
    return end


def _is_drawn(line: Line) -> bool:
    """Return whether nothing but quote signs, rules or blanks stands on a line."""
    bare = QUOTE_DEPTH.sub("", line.text)
    return not bare.strip() or bool(RULE.fullmatch(bare) or DELIMITER.fullmatch(bare))


def without_quote_signs(text: str) -> str:
    """Return a text without the quote signs that stand before every line of it; nothing else of it goes."""
    lines = text.split("\n")
    depths = [_depth(line) for line in lines if line.strip()]
    common = min(depths, default=0)
    if not common:
        return text
    sign = re.compile(rf"^(?:[>＞] ?){{1,{common}}}\ufeff?")
    return "\n".join(sign.sub("", line) for line in lines).strip()


def _depth(line: str) -> int:
    signs = QUOTE_DEPTH.match(line)
    return sum(signs.group().count(sign) for sign in ">＞") if signs else 0
