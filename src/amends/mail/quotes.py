"""New words, quoted history, signature: fold, never delete, never fold everything.

First the marks that a mail program leaves in HTML (`html_text`), then the structure of the text (`>` lines, header
blocks, "Original Message"), then the attribution lines of every language pack.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amends.languages import LanguagePack
from amends.mail.lines import Line, Mark, folds, lines_of, new_words, text_of
from amends.mail.quote_words import QuoteWords, quote_words
from amends.mail.signatures import DELIMITER, RULE, fold_signatures, is_sent_from
from amends.text.spans import Span

MOST_LINES = 5_000
LONGEST_ATTRIBUTION = 420
LINES_OF_ATTRIBUTION = 4
LINES_OF_HEADERS = 16
QUOTED = re.compile(r"\s{0,3}(?:>|\|\s|＞)")
QUOTE_SIGNS = re.compile(r"^[\s>|＞]{1,60}")
LABEL = re.compile(r"[\s*_>]{0,12}([^\s:：*_][^:：]{0,40}?)[\s*_]{0,6}[:：][\s*_]{0,4}(.*)", re.DOTALL)
DASHED = re.compile(
    r"[\s>*_]{0,6}(?:[-_=*~—–]{2,60}|#{2,20})\s{0,3}(.{3,80}?)\s{0,3}(?:[-_=*~—–]{2,60}|#{2,20})[\s:：]{0,4}"
)
ENDS_LIKE_ATTRIBUTION = re.compile(
    r"[:：>\])]\s{0,3}$|-{2,10}$|[道了メール작성]$|wrote$|написал\S{0,3}$|kirjoitti$|menulis$|เขียน(?:ว่า)?$"
)
# Words such as "wrote" alone are a person's; a mail program also gives a time, a year, a date or an address.
MOMENT = re.compile(r"\d{1,2}\s?[:：.h時点]\s?\d{2}|(?:19|20|25)\d{2}|\d{1,2}[./-]\d{1,2}|\d\s?[年月日]")
CLOCK = re.compile(r"\d{1,2}\s?[:：.h時点]\s?\d{2}(?!\d|[./-])")
ADDRESS = re.compile(r"\S{1,200}@\S{1,200}")
FORM_FIELDS_NEEDED = 3


@dataclass(frozen=True, kw_only=True)
class Split:
    """A letter's words parted: `text` whole, `new_text` written now, `folded` the stretches that are not."""

    text: str
    new_text: str
    folded: tuple[Span, ...]


def split_text(text: str, *, packs: Sequence[LanguagePack], is_reply: bool = False) -> Split:
    """Return which words of a plain text are new.

    `is_reply`: the mail's headers say that it answers another, so quoted lines need no attribution to be history.
    """
    return split_lines(lines_of(text), packs=packs, is_reply=is_reply)


def split_lines(lines: list[Line], *, packs: Sequence[LanguagePack], is_reply: bool = False) -> Split:
    """Return which words are new, given lines that may carry marks from HTML already."""
    words = quote_words(tuple(packs))
    structured = any(line.mark is Mark.HISTORY for line in lines)
    read = lines[:MOST_LINES]
    if not _is_form(read, words):
        if not structured:
            _fold_history(read, words, is_reply=is_reply)
            for line in lines[MOST_LINES:]:
                line.mark = read[-1].mark
        _unfold_if_nothing_new(lines, Mark.HISTORY)
        fold_signatures(read, words)
        _unfold_if_nothing_new(lines, Mark.SIGNATURE)
    return Split(text=text_of(lines), new_text=new_words(lines), folded=folds(lines))


def _unfold_if_nothing_new(lines: Sequence[Line], mark: Mark) -> None:
    """Take marks back when they left no word: a letter is never cut to empty."""
    if any(line.mark is Mark.NEW and any(map(str.isalnum, line.text)) for line in lines):
        return
    if any(line.mark is Mark.NEW and not line.blank and not RULE.fullmatch(line.text) for line in lines):
        return  # An answer of one emoji is an answer.
    for line in lines:
        if line.mark is mark:
            line.mark = Mark.NEW


def _fold_history(lines: list[Line], words: QuoteWords, *, is_reply: bool) -> None:
    """Mark history by the structure of the text."""
    cut, attributions = _first_cut(lines, words)
    for line in lines[cut:]:
        line.mark = Mark.HISTORY
    kept = lines[:cut]
    for span in attributions:
        for line in kept[span.start : span.end]:
            line.mark = Mark.HISTORY
    _fold_quotes(kept, attributed=bool(attributions) or is_reply or cut < len(lines))


def _first_cut(lines: list[Line], words: QuoteWords) -> tuple[int, list[Span]]:
    """Return the line from which all is history (or the end), and the attribution lines of quotes before it."""
    own = next((place for place, line in enumerate(lines) if _says_something(line, words)), len(lines))
    attributions: list[Span] = []
    for place, line in enumerate(lines):
        if _is_original_mark(line.text, words) or _header_block(lines, place, words):
            if own < place:
                return _above_rules(lines, place), attributions
            if own < place + LINES_OF_HEADERS:
                own = max(own, _behind_block(lines, place, words))
            continue
        span = _attribution_at(lines, place, words)
        if span is not None and _quote_follows(lines, span):
            attributions.append(span)
        elif span is not None and own < span.start and not _is_quoted(line) and _is_exact(lines, span):
            return _above_rules(lines, span.start), attributions
    return len(lines), attributions


def _is_exact(lines: Sequence[Line], span: Span) -> bool:
    """Return whether an attribution gives a time of day or an address: a person who retells says the day at most."""
    joined = " ".join(line.text for line in lines[span.start : span.end])
    return bool(CLOCK.search(joined) or ADDRESS.search(joined))


def _behind_block(lines: Sequence[Line], place: int, words: QuoteWords) -> int:
    """Return the first words behind a header block that begins the letter: a forwarded letter's own."""
    end = next((at for at in range(place, len(lines)) if lines[at].blank), len(lines))
    return next((at for at in range(end, len(lines)) if _says_something(lines[at], words)), len(lines))


def _says_something(line: Line, words: QuoteWords) -> bool:
    """Return whether a line is somebody's own words: not quoted, not a rule or mark, not a device's line."""
    if line.blank or _is_quoted(line) or RULE.fullmatch(line.text) or DELIMITER.fullmatch(line.text):
        return False
    return not (_is_original_mark(line.text, words) or is_sent_from(line.text, words))


def _above_rules(lines: Sequence[Line], place: int) -> int:
    """Return where the blank lines and drawn rules above `place` begin."""
    while place > 0 and (lines[place - 1].blank or RULE.fullmatch(lines[place - 1].text)):
        place -= 1
    return place


def _is_quoted(line: Line) -> bool:
    return bool(QUOTED.match(line.text)) or line.depth > 0


def _is_original_mark(line: str, words: QuoteWords) -> bool:
    """Return whether a line says "Original Message" between dashes, or alone with a colon."""
    if len(line) > 200:
        return False
    dashed = DASHED.fullmatch(line)
    bare = dashed.group(1) if dashed else line.strip(" \t>*_")
    said = bare.strip(" :：").lower()
    return said in words.originals and (bool(dashed) or bare.rstrip().endswith((":", "：")))


def _header_block(lines: Sequence[Line], place: int, words: QuoteWords) -> bool:
    """Return whether "From: / Sent: / To: / Subject:" begin here, in any language, labels in any order."""
    if _role(lines[place].text, words) is None:
        return False
    roles: set[str] = set()
    for line in lines[place : place + LINES_OF_HEADERS]:
        role = _role(line.text, words)
        if role is None and line.blank and len(roles) >= 2:
            break
        roles.add(role or "")
    return "from" in roles and len(roles & {"sent", "to", "subject"}) >= 2


def _role(line: str, words: QuoteWords) -> str | None:
    label = LABEL.match(line[:200]) if ":" in line[:80] or "：" in line[:80] else None
    return words.labels.get(label.group(1).strip().lower()) if label else None


def _attribution_at(lines: Sequence[Line], place: int, words: QuoteWords) -> Span | None:
    """Return the 1–4 lines ending at `place` that are an attribution: the fewest that hold its time as well."""
    last = QUOTE_SIGNS.sub("", lines[place].text).rstrip()
    if not last or len(last) > LONGEST_ATTRIBUTION or not ENDS_LIKE_ATTRIBUTION.search(last):
        return None
    found: Span | None = None
    joined = ""
    for start in range(place, max(-1, place - LINES_OF_ATTRIBUTION), -1):
        line = QUOTE_SIGNS.sub("", lines[start].text).strip()
        joined = f"{line} {joined}".strip()
        if not line or len(joined) > LONGEST_ATTRIBUTION or _role(line, words):
            break
        if _is_attribution(joined, words):
            found = Span(start, place + 1)
            if MOMENT.search(ADDRESS.sub(" ", joined)) and not _runs_on(lines[:start]):
                break
    return found


def _runs_on(lines: Sequence[Line]) -> bool:
    """Return whether the last of these lines was cut in its middle: "On Nov 21, 2014,"."""
    return bool(lines) and lines[-1].text.rstrip().endswith((",", "，"))


def _is_attribution(joined: str, words: QuoteWords) -> bool:
    bare = joined.strip(" \t*_-–—\u200e\u200f\u202a\u202c").rstrip(":： ")
    if bare.lower().endswith(words.said_in_passing) or not (ADDRESS.search(bare) or MOMENT.search(bare)):
        return False
    return bool(words.attribution.fullmatch(bare))


def _quote_follows(lines: Sequence[Line], span: Span) -> bool:
    following = next((line for line in lines[span.end :] if not line.blank), None)
    return following is not None and _is_quoted(following)


def _fold_quotes(lines: Sequence[Line], *, attributed: bool) -> None:
    """Mark quoted lines: all of them when something says whose they are, else only those that end the letter."""
    quoted = [place for place, line in enumerate(lines) if _is_quoted(line)]
    if not quoted:
        return
    last_own = max((p for p, line in enumerate(lines) if not line.blank and not _is_quoted(line)), default=-1)
    for place in quoted:
        if attributed or (place > last_own >= 0):
            lines[place].mark = Mark.HISTORY
    if attributed:
        for place in _leftovers(lines):
            lines[place].mark = Mark.HISTORY


def _leftovers(lines: Sequence[Line]) -> Iterator[int]:
    """Return lines that are the overflow of a long quoted line which some program wrapped without its `>`."""
    for place in range(1, len(lines) - 1):
        before, line, after = lines[place - 1 : place + 2]
        if line.blank or _is_quoted(line) or not (_is_quoted(before) and _is_quoted(after)):
            continue
        if len(before.text) >= 60 and line.text[:1].islower():
            yield place


def _is_form(lines: Sequence[Line], words: QuoteWords) -> bool:
    """Return whether the letter itself is a filled-in form ("Name: … Message: …"): nothing of it is history."""
    found: set[str] = set()
    for place, line in enumerate(lines):
        if (
            _is_original_mark(line.text, words)
            or _attribution_at(lines, place, words)
            or _whole_block(lines, place, words)
        ):
            break
        label = LABEL.match(line.text[:200])
        if label and not _is_quoted(line) and label.group(1).strip().lower() in words.form_fields:
            found.add(label.group(1).strip().lower())
    return len(found) >= FORM_FIELDS_NEEDED


def _whole_block(lines: Sequence[Line], place: int, words: QuoteWords) -> bool:
    """Return whether a mail program's complete header block begins here: four labels in a row, no form has these."""
    roles = {_role(line.text, words) for line in lines[place : place + 6]}
    return {"from", "sent", "to", "subject"} <= roles
