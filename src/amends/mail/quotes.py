"""New words, quoted history, signature: fold, never delete, never fold everything.

First the marks that a mail program leaves in HTML (`html_marks`), then the structure of the text (`>` lines, header
blocks, "Original Message"), then the attribution lines of every language pack.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from amends.languages import LanguagePack
from amends.mail.forwards import fold_opening, without_quote_signs
from amends.mail.lines import Line, Mark, folds, lines_of, new_words, text_of
from amends.mail.quote_shapes import (
    LABEL,
    attribution_at,
    header_block,
    is_bare,
    is_dashed,
    is_exact,
    is_original_mark,
    is_quoted,
    is_whole_block,
    may_end_attribution,
    quote_follows,
)
from amends.mail.quote_words import QuoteWords, quote_words
from amends.mail.signatures import DELIMITER, RULE, fold_signatures, is_sent_from
from amends.text.spans import Span

MOST_LINES = 5_000
MOST_ATTRIBUTIONS = 300
FORM_FIELDS_NEEDED = 3
LONGEST_FORM = 150


@dataclass(frozen=True, kw_only=True)
class Split:
    """A letter's words parted: `text` whole, `new_text` written now, `folded` the stretches that are not.

    Every word is in one of them. The quote signs before all lines of a letter sent on without a comment are no words:
    they stand in `text` alone.
    """

    text: str
    new_text: str
    folded: tuple[Span, ...]


@dataclass(kw_only=True)
class Found:
    """Where history stands: all from line `cut` on, and the lines above it that say whose a quote is."""

    cut: int
    sayings: list[Span] = field(default_factory=list)
    looked_at: int = 0


def split_text(text: str, *, packs: Sequence[LanguagePack], is_reply: bool = False) -> Split:
    """Return which words of a plain text are new.

    `is_reply`: the mail's headers say that it answers another, so quoted lines need no attribution to be history.
    """
    return split_lines(lines_of(text), packs=packs, is_reply=is_reply)


def split_lines(lines: list[Line], *, packs: Sequence[LanguagePack], is_reply: bool = False, writer: str = "") -> Split:
    """Return which words are new, given lines that may carry marks from HTML already.

    `writer`: the sender's names, by which a signature without a mark is known.

    Of a forwarded letter without a comment the forwarded words are the new ones: who sends them on means them.
    """
    words = quote_words(tuple(packs))
    read = lines[:MOST_LINES]
    forwarded = False
    if not _is_form(read, words):
        _fold_history(read, words, is_reply=is_reply)
        for line in lines[MOST_LINES:]:
            line.mark = read[-1].mark
        fold_signatures(read, words, writer=writer)
        _unfold_if_nothing_new(lines, words)
        forwarded = fold_opening(read, words)
    new_text = new_words(lines)
    return Split(
        text=text_of(lines), new_text=without_quote_signs(new_text) if forwarded else new_text, folded=folds(lines)
    )


def _unfold_if_nothing_new(lines: Sequence[Line], words: QuoteWords) -> None:
    """Take marks back while they leave no word: a letter is never cut to empty, a phone's name is no letter."""
    for mark in (Mark.HISTORY, Mark.SIGNATURE):
        if any(_is_said(line, words) for line in lines):
            return
        for line in lines:
            line.mark = Mark.NEW if line.mark is mark else line.mark


def _is_said(line: Line, words: QuoteWords) -> bool:
    """Return whether a new line says anything; one emoji does, a drawn rule or "Forwarded message" does not."""
    if line.mark is not Mark.NEW or line.blank or RULE.fullmatch(line.text):
        return False
    return not is_original_mark(line.text, words)


def _fold_history(lines: list[Line], words: QuoteWords, *, is_reply: bool) -> None:
    """Mark history by the structure of the text, beside what a mail program marked in the HTML."""
    structured = any(line.mark is Mark.HISTORY for line in lines)
    found = _find_history(lines, words)
    for line in lines[found.cut :]:
        line.mark = Mark.HISTORY
    kept = lines[: found.cut]
    # The cut takes the rules above it along, and with them a saying between dashes.
    for span in (saying for saying in found.sayings if saying.start < found.cut):
        for line in kept[_above_bare(kept, span.start) : span.end]:
            line.mark = Mark.HISTORY
        if structured:
            _fold_run(kept, span.end)
    if structured:
        _fold_rules(kept)
    else:
        _fold_quotes(kept, attributed=bool(found.sayings) or is_reply or found.cut < len(lines))


def _above_bare(lines: Sequence[Line], place: int) -> int:
    """Return where the quoted lines without a word above `place` begin."""
    while place > 0 and is_quoted(lines[place - 1]) and is_bare(lines[place - 1]):
        place -= 1
    return place


def _fold_run(lines: Sequence[Line], start: int) -> None:
    """Mark the quoted lines that follow an attribution."""
    for line in lines[start:]:
        if not (line.blank or is_quoted(line)):
            return
        line.mark = Mark.HISTORY


def _fold_rules(lines: Sequence[Line]) -> None:
    """Mark the rules that a program drew right above what it marked."""
    for place, line in enumerate(lines):
        if line.mark is Mark.HISTORY and place and lines[place - 1].mark is Mark.NEW:
            for above in lines[_above_rules(lines, place) : place]:
                above.mark = Mark.HISTORY


def _find_history(lines: list[Line], words: QuoteWords) -> Found:
    own = next((place for place, line in enumerate(lines) if _says_something(line, words)), len(lines))
    found = Found(cut=len(lines))
    for place, line in enumerate(lines):
        if line.mark is Mark.HISTORY:
            continue
        begun = _beginning(lines, place, words)
        if begun is not None and (is_quoted(line) or quote_follows(lines, begun)):
            found.sayings.append(Span(place, place) if is_quoted(line) else Span(_above_rules(lines, place), begun.end))
        elif begun is not None and own < place:
            found.cut = _above_rules(lines, place)
            return found
        elif begun is not None and own < begun.end:
            own = next((at for at in range(begun.end, len(lines)) if _says_something(lines[at], words)), len(lines))
        elif begun is None and _cuts(lines, place, words, found, own=own):
            return found
    return found


def _beginning(lines: Sequence[Line], place: int, words: QuoteWords) -> Span | None:
    """Return the lines of "Original Message" and of the header block that begin another's letter here."""
    if not is_original_mark(lines[place].text, words):
        return header_block(lines, place, words)
    below = next((at for at in range(place + 1, len(lines)) if not lines[at].blank), None)
    block = header_block(lines, below, words) if below is not None and below <= place + 3 else None
    return Span(place, block.end if block and not is_quoted(lines[block.start]) else place + 1)


def _cuts(lines: Sequence[Line], place: int, words: QuoteWords, found: Found, *, own: int) -> bool:
    """Return whether an attribution that ends here begins the history; note it when a quote follows instead."""
    found.looked_at += may_end_attribution(lines[place].text)
    span = attribution_at(lines, place, words) if found.looked_at <= MOST_ATTRIBUTIONS else None
    if span is None:
        return False
    if quote_follows(lines, span):
        found.sayings.append(span)
    elif own < span.start and not is_quoted(lines[place]) and is_exact(lines, span):
        found.cut = _above_rules(lines, span.start)
        return True
    return False


def _says_something(line: Line, words: QuoteWords) -> bool:
    """Return whether a line is somebody's own words: not quoted, not a rule or mark, not a device's line."""
    if line.blank or is_quoted(line) or line.mark is not Mark.NEW:
        return False
    if RULE.fullmatch(line.text) or DELIMITER.fullmatch(line.text):
        return False
    return not (is_original_mark(line.text, words) or is_sent_from(line.text, words))


def _above_rules(lines: Sequence[Line], place: int) -> int:
    """Return where the blank lines, drawn rules and dashed words above `place` begin."""
    while place > 0:
        above = lines[place - 1]
        if not (above.blank or RULE.fullmatch(above.text) or is_dashed(above.text)):
            break
        place -= 1
    return place


def _fold_quotes(lines: Sequence[Line], *, attributed: bool) -> None:
    """Mark quoted lines: all of them when something says whose they are, else only those that end the letter."""
    quoted = [place for place, line in enumerate(lines) if is_quoted(line)]
    if not quoted:
        return
    last_own = max((p for p, line in enumerate(lines) if not line.blank and not is_quoted(line)), default=-1)
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
        if line.blank or is_quoted(line) or not (is_quoted(before) and is_quoted(after)):
            continue
        if len(before.text) >= 60 and line.text[:1].islower():
            yield place


def _is_form(lines: Sequence[Line], words: QuoteWords) -> bool:
    """Return whether the letter itself is a filled-in form ("Name: … Message: …"): nothing of it is history."""
    found: set[str] = set()
    for place, line in enumerate(lines[:LONGEST_FORM]):
        if (
            is_original_mark(line.text, words)
            or attribution_at(lines, place, words)
            or is_whole_block(lines, place, words)
        ):
            break
        label = LABEL.match(line.text[:200])
        if label and not is_quoted(line) and label.group(1).strip().lower() in words.form_fields:
            found.add(label.group(1).strip().lower())
    return len(found) >= FORM_FIELDS_NEEDED
