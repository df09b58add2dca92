"""Recognise the lines by which mail programs begin what was written before: marks, header blocks, attributions."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from amends.mail.lines import Line, Mark
from amends.mail.quote_words import QuoteWords
from amends.text.spans import Span

LONGEST_ATTRIBUTION = 420
LONGEST_MARK = 200
LINES_OF_ATTRIBUTION = 4
LINES_OF_HEADERS = 16
QUOTED = re.compile(r"\s{0,3}(?:>|\|\s|＞)")
QUOTE_SIGNS = re.compile(r"^[\s>|＞]{1,60}")
LABEL = re.compile(r"[\s*_>＞|]{0,12}([^\s:：*_][^:：]{0,40}?)[\s*_]{0,6}[:：][\s*_]{0,4}(.*)", re.DOTALL)
DASHED = re.compile(
    r"[\s>*_]{0,6}(?:[-_=*~—–]{2,60}|#{2,20})[\s-]{0,3}(.{3,120}?)[\s-]{0,3}(?:[-_=*~—–]{2,60}|#{2,20})[\s:：]{0,4}"
)
ENDS_LIKE_ATTRIBUTION = re.compile(
    r"[:：>\])]\s{0,3}$|-{2,10}$|[道了メール작성]$|wrote$|написал\S{0,3}$|kirjoitti$|menulis$|เขียน(?:ว่า)?$"
)
# Words such as "wrote" alone are a person's; a mail program also gives a time, a year, a date or an address.
MOMENT = re.compile(r"\d{1,2}\s?[:：.h時点]\s?\d{2}|(?:19|20|25)\d{2}|\d{1,2}[./-]\d{1,2}|\d\s?[年月日]")
CLOCK = re.compile(r"\d{1,2}\s?[:：.h時点]\s?\d{2}(?!\d|[./-])")
ADDRESS = re.compile(r"\S{1,200}@\S{1,200}")
WRAPPING = " \t*_-–—\ufeff"
DIRECTIONS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
SPACES = str.maketrans("\u00a0\u2007\u2009\u202f\u3000", "     ")


def is_quoted(line: Line) -> bool:
    """Return whether a line is marked as another's by its sign, its place in the HTML, or its mail program."""
    return bool(QUOTED.match(line.text)) or line.depth > 0 or line.mark is Mark.HISTORY


def is_original_mark(line: str, words: QuoteWords) -> bool:
    """Return whether a line says "Original Message" between dashes, or alone with a colon.

    Behind the dashes the headers may follow at once: some phones forget the line end.
    """
    dashed = DASHED.match(line[:LONGEST_MARK])
    if dashed is None:
        bare = line[:200].strip(" \t>*_＞|")
        return bare.endswith((":", "：")) and bare.strip(" :：").lower() in words.originals
    alone = dashed.end() >= len(line) or LABEL.match(line[dashed.end() :]) is not None
    return alone and dashed.group(1).strip(" :：").lower() in words.originals


def is_dashed(line: str) -> bool:
    """Return whether words stand between dashes, as `-----Ann Lee wrote: -----` above the headers of Lotus Notes."""
    return len(line) <= LONGEST_MARK and DASHED.fullmatch(line) is not None


def is_bare(line: Line) -> bool:
    """Return whether nothing but quote signs stands on a line."""
    return not QUOTE_SIGNS.sub("", line.text).strip()


def header_block(lines: Sequence[Line], place: int, words: QuoteWords) -> Span | None:
    """Return the lines "From: / Sent: / To: / Subject:" that begin here, in any language, labels in any order.

    Somebody's journey, "From: / To: / Date:", is none: a mail's headers name a subject or hold an address.
    """
    if role_of(lines[place].text, words) is None:
        return None
    roles: set[str] = set()
    end = place
    for at in range(place, min(len(lines), place + LINES_OF_HEADERS)):
        role = role_of(lines[at].text, words)
        if role:
            roles.add(role)
        elif is_bare(lines[at]) and len(roles) >= 2 and not _label_follows(lines, at, words):
            break
        end = at + 1
    block = Span(place, end)
    return block if _are_headers(roles, lines[place:end]) else None


def _label_follows(lines: Sequence[Line], blank: int, words: QuoteWords) -> bool:
    """Return whether another label stands right below a blank line: some programs set every label in a paragraph."""
    return blank + 1 < len(lines) and role_of(lines[blank + 1].text, words) is not None


def _are_headers(roles: set[str], block: Sequence[Line]) -> bool:
    if "from" not in roles or len(roles & {"sent", "to", "subject"}) < 2:
        return False
    addressed = any(_has_address(line.text[:400]) for line in block)
    return addressed or {"subject", "sent"} <= roles


def is_whole_block(lines: Sequence[Line], place: int, words: QuoteWords) -> bool:
    """Return whether a mail program's complete header block begins here: four labels in a row, no form has these."""
    roles = {role_of(line.text, words) for line in lines[place : place + 6]}
    return {"from", "sent", "to", "subject"} <= roles


def role_of(line: str, words: QuoteWords) -> str | None:
    """Return what a "label: value" line says of a mail: from, sent, to, cc or subject; None when it is no such line."""
    label = LABEL.match(line[:200]) if ":" in line[:80] or "：" in line[:80] else None
    return words.labels.get(" ".join(label.group(1).lower().split())) if label else None


def attribution_at(lines: Sequence[Line], place: int, words: QuoteWords) -> Span | None:
    """Return the 1–4 lines ending at `place` that are an attribution.

    One that begins with its own word ("On …", "Am …") may be wrapped anywhere, so its first line is looked for. One
    that begins with a name or a date could begin anywhere: it takes the fewest lines that hold its time as well.
    """
    if not may_end_attribution(lines[place].text):
        return None
    found: Span | None = None
    complete = False
    for start, joined in _joined_upwards(lines, place, words):
        if _is_attribution(joined, words.headed, words) and not _runs_on(lines[:start]):
            return Span(start, place + 1)
        if not complete and _is_attribution(joined, words.attribution, words):
            found = Span(start, place + 1)
            complete = not (_runs_on(lines[:start]) or _lacks_its_time(lines, start, joined))
    return found


def may_end_attribution(line: str) -> bool:
    """Return whether a line ends as attributions do, so that it is worth a closer look."""
    last = _unmarked(line)
    return 0 < len(last) <= LONGEST_ATTRIBUTION and bool(ENDS_LIKE_ATTRIBUTION.search(last[-40:]))


def _joined_upwards(lines: Sequence[Line], place: int, words: QuoteWords) -> Iterator[tuple[int, str]]:
    """Return the line at `place`, then it with one more line above, and so on, as one line each."""
    joined = ""
    for start in range(place, max(-1, place - LINES_OF_ATTRIBUTION), -1):
        line = _unmarked(lines[start].text)
        joined = f"{line} {joined}".strip()
        if not line or len(joined) > LONGEST_ATTRIBUTION or role_of(line, words):
            return
        yield start, joined


def _unmarked(line: str) -> str:
    """Return a line without quote signs and invisible marks of direction, all white space as spaces."""
    return QUOTE_SIGNS.sub("", DIRECTIONS.sub("", line[: 2 * LONGEST_ATTRIBUTION]).translate(SPACES)).strip()


def _runs_on(lines: Sequence[Line]) -> bool:
    """Return whether the last of these lines was cut in its middle: "On Nov 21, 2014,"."""
    return bool(lines) and lines[-1].text.rstrip().endswith((",", "，"))


def _lacks_its_time(lines: Sequence[Line], start: int, joined: str) -> bool:
    """Return whether an attribution has no time yet and the line above could bring it."""
    if MOMENT.search(ADDRESS.sub(" ", joined) if "@" in joined else joined) or start == 0:
        return False
    above = _unmarked(lines[start - 1].text)
    return joined.startswith(("<", "(")) or (bool(MOMENT.search(above)) and not above.endswith((".", "!", "?")))


def _is_attribution(joined: str, pattern: Any, words: QuoteWords) -> bool:
    bare = joined.strip(WRAPPING).rstrip(":： ")
    if not (MOMENT.search(bare) or _has_address(bare)) or _is_said_in_passing(bare.lower(), words):
        return False
    return bool(pattern.fullmatch(bare))


def _has_address(text: str) -> bool:
    # Without its sign there is no address: the pattern would try every start of a long word in vain.
    return "@" in text and ADDRESS.search(text) is not None


def _is_said_in_passing(bare: str, words: QuoteWords) -> bool:
    """Return whether a line ends in a person's "I wrote", which "Suolammen kaupunki wrote" only ends like."""
    ends = (end for end in words.said_in_passing if bare.endswith(end))
    # Letters without case, as Thai, are of scripts that set no space between words.
    return any(not _has_case(bare[: -len(end)][-1:]) for end in ends)


def _has_case(letter: str) -> bool:
    return letter.lower() != letter.upper()


def is_exact(lines: Sequence[Line], span: Span) -> bool:
    """Return whether an attribution gives a time of day or an address: a person who retells says the day at most."""
    joined = " ".join(line.text for line in lines[span.start : span.end])
    return bool(CLOCK.search(joined)) or _has_address(joined)


def quote_follows(lines: Sequence[Line], span: Span) -> bool:
    """Return whether the next words below are quoted."""
    following = next((line for line in lines[span.end :] if not line.blank), None)
    return following is not None and is_quoted(following)
