"""Signatures that no mark announces: a name, then a trade, a company, a telephone, in short lines that end the words.

What a person typed stays: a sign-off, a name alone, an address that somebody asked for.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from amends.mail.lines import Line, Mark
from amends.mail.quote_shapes import is_quoted
from amends.mail.quote_words import QuoteWords
from amends.text.spans import Span

MOST_LINES: Final = 10
LONGEST_LINE: Final = 100
LONGEST_NAME: Final = 60
MOST_WORDS: Final = 12
SHORTEST_NAME: Final = 2
STRANGERS: Final = 4
"""How many words a name line may hold that are not the writer's name: "Dr", "M.Sc.", "they/them"."""
REACHED: Final = re.compile(
    r"https?://|www\.|[\w.+-]{1,64}@[\w-]{1,63}\.\w|📧|📱|☎|✉|📞|\+\d[\d \-()]{6,20}"
    r"|(?<!\d)\(?0\d{1,4}\)?[ -]?\d{2,4}[ -]?\d{3,4}|(?<!\d)\(?\d{3}\)?[ -]\d{3}[ -]\d{4}",
    re.IGNORECASE,
)
PRONOUNS: Final = re.compile(r"\(\s?(?:she|he|they|ze|xe)\s?/\s?\w{2,5}(?:\s?/\s?\w{2,6})?\s?\)\s{0,3}$", re.IGNORECASE)
ENDS_A_SENTENCE: Final = re.compile(r"\w{4,40}[.]$|[!?…。？！:：,;]$")
NO_BLOCK_LINE: Final = re.compile(r"\s{0,3}(?:[-*•>|]\s|\d{1,2}[.)]\s)")
WORDS: Final = re.compile(r"[^\W\d_]+(?:[\u0e31-\u0e4e]+[^\W\d_]*)*")
SEVERAL: Final = re.compile(r"\s[|·•]\s")


def fold_signature_block(lines: Sequence[Line], stretch: Span, words: QuoteWords, *, writer: str) -> None:
    """Mark the block that ends a stretch of new words, when other words stand above it.

    `writer`: the names of who sent the mail, as far as known.
    """
    # Below a quoted question, name and number may be the answer to it.
    top = max((at + 1 for at in range(stretch.start, stretch.end) if is_quoted(lines[at])), default=stretch.start)
    written = [at for at in range(top, stretch.end) if not lines[at].blank]
    names = frozenset(_words_of(writer))
    for start in sorted(_short_lines(lines, written), key=lambda at: (not _names_writer(lines[at].text, names), -at)):
        begins = start - 1 not in written or _closes(lines[start - 1].text, words)
        block = [lines[at].text for at in written if at >= start]
        if begins and start != written[0] and _is_block(block, words, names) and not _asks(lines, written, start):
            # Under "Best regards," the name is the writer's sign-off; what a program set below it is not.
            first = start + (start - 1 in written)
            for line in lines[first : stretch.end]:
                line.mark = Mark.SIGNATURE
            return


def _short_lines(lines: Sequence[Line], written: Sequence[int]) -> Iterator[int]:
    """Return the places of the last lines, from below, that could stand in a signature."""
    for at in written[::-1][:MOST_LINES]:
        text = lines[at].text.strip()
        if len(text) > LONGEST_LINE or len(text.split()) > MOST_WORDS or NO_BLOCK_LINE.match(text):
            return
        if ENDS_A_SENTENCE.search(text) and not REACHED.search(text):
            return
        yield at


def _asks(lines: Sequence[Line], written: Sequence[int], start: int) -> bool:
    """Return whether the line above announces what follows: "Please deliver to:"."""
    above = lines[max(at for at in written if at < start)].text.rstrip()
    return above.endswith((":", "："))


def _closes(line: str, words: QuoteWords) -> bool:
    return line.lower().strip(" \t,.!*_") in words.closings


def _is_block(block: Sequence[str], words: QuoteWords, names: frozenset[str]) -> bool:
    first, rest = block[0].strip(), block[1:]
    own = _names_writer(first, names)
    if not rest:
        return own and bool(PRONOUNS.search(first) or (SEVERAL.search(first) and _tells(first, words)))
    if not (own or _looks_like_name(first)) or _is_calling(SEVERAL.split(first)[0], words):
        return False
    reached = sum(bool(REACHED.search(line)) for line in rest)
    called = sum(_is_calling(line, words) for line in rest)
    if len(rest) == 1:
        return bool(SEVERAL.search(rest[0]) and reached and (own or called))
    return bool(reached and (own or called)) or (own and called > 0)


def _tells(line: str, words: QuoteWords) -> bool:
    return bool(REACHED.search(line)) or _is_calling(line, words)


def _names_writer(line: str, names: frozenset[str]) -> bool:
    """Return whether a line is the writer's name and little else."""
    line = PRONOUNS.sub("", line)
    if len(line) > LONGEST_NAME and not SEVERAL.search(line):
        return False
    alone = SEVERAL.split(line)[0]
    said = _words_of(alone)
    known = [word for word in said if word in names and len(word) > SHORTEST_NAME]
    return bool(known) and len(said) - len(known) <= STRANGERS and not re.search(r"[\d@/:]", alone)


def _looks_like_name(line: str) -> bool:
    """Return whether a line is two to four words with capitals and nothing else."""
    parts = line.split()
    return 2 <= len(parts) <= 4 and all(part[:1].isupper() for part in parts) and not re.search(r"[\d@:/]", line)


def _is_calling(line: str, words: QuoteWords) -> bool:
    said = _words_of(line)
    if any(word in words.callings or word.endswith(words.calling_ends) for word in said):
        return True
    return any(part in line for part in words.calling_parts)


def _words_of(text: str) -> list[str]:
    return WORDS.findall(text.lower())
