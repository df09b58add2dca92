"""Signatures, "sent from my …" lines, disclaimers and banners: folded, never lost."""

import itertools
import re
from collections.abc import Iterator, Sequence

from amends.mail.lines import Line, Mark
from amends.mail.quote_words import QuoteWords
from amends.mail.signature_blocks import fold_signature_block
from amends.text.spans import Span

LONGEST_SIGNATURE = 15
LONGEST_CONTACT_BLOCK = 9
DELIMITER = re.compile(r"\s{0,3}(?:--|—|––|——|__)\s{0,3}")
RULE = re.compile(r"\s{0,3}(?:[-_—–=*•]{3,120}|(?:[-_=*] ){3,60})\s{0,3}")
CONTACT = re.compile(
    r"https?://|www\.|[\w.+-]{1,64}@[\w-]{1,63}\.\w|📧|📱|☎|✉|📞|\+\d[\d \-()]{6,20}"
    r"|\(?\d{2,4}\)?[ -]\d{3,4}[ -]\d{3,4}"
    r"|(?:tel|phone|mobile?|cell|fax|puh|gsm|hp|telp|wa|โทร|โทรศัพท์|มือถือ)\.? ?[:.]? ?\+?\d",
    re.IGNORECASE,
)
LIST_FOOTER = re.compile(r"mailing list|mailman|unsubscribe", re.IGNORECASE)
WRAPPING = " \t*_>«»‹›<()[]{}|~•·-–—"
LINK_TAIL = re.compile(r"\s*[<(\[]?https?://\S{1,600}$")
LINK_INSIDE = re.compile(r" ?<https?://[^<>\s]{1,300}>")
LONGEST_LINE = 300
LONGEST_DISCLAIMER_LINE = 5_000
SHORTEST_SMALL_PRINT = 80
LEGAL_WORDS = 3
"""Beside a word such as "confidential": so many of a lawyer's words stand in no letter of a customer's."""


def fold_signatures(lines: Sequence[Line], words: QuoteWords, *, writer: str = "") -> None:
    """Mark signature lines among those that are new. Leaves every stretch of prose alone.

    `writer`: the names of who sent the mail, which the signature is likely to say.
    """
    _fold_banner(lines, words)
    for stretch in list(_new_stretches(lines)):
        _fold_tail(lines, stretch, words)
        _fold_small_print(lines, stretch, words)
        for place in range(stretch.start, stretch.end):
            if lines[place].mark is Mark.NEW and is_sent_from(lines[place].text, words):
                lines[place].mark = Mark.SIGNATURE
    for stretch in list(_new_stretches(lines)):
        fold_signature_block(lines, stretch, words, writer=writer)


def _fold_small_print(lines: Sequence[Line], stretch: Span, words: QuoteWords) -> None:
    """Mark paragraphs in the words of lawyers: secret, and meant for the addressee, and sent in error …"""
    for paragraph in _paragraphs(lines, stretch):
        said = " ".join(lines[at].text for at in range(paragraph.start, paragraph.end)).lower()
        if len(said) < SHORTEST_SMALL_PRINT or len(said) > LONGEST_DISCLAIMER_LINE:
            continue
        if any(word in said for word in words.secret) and sum(word in said for word in words.legal) >= LEGAL_WORDS:
            for line in lines[paragraph.start : paragraph.end]:
                line.mark = Mark.SIGNATURE


def _paragraphs(lines: Sequence[Line], stretch: Span) -> Iterator[Span]:
    """Return the runs of new lines with words on them."""
    places = (at for at in range(stretch.start, stretch.end) if lines[at].mark is Mark.NEW and not lines[at].blank)
    for _, run in itertools.groupby(enumerate(places), key=lambda pair: pair[1] - pair[0]):
        places_of_run = [at for _, at in run]
        yield Span(places_of_run[0], places_of_run[-1] + 1)


def is_sent_from(line: str, words: QuoteWords) -> bool:
    """Return whether a whole line only names the device or program the mail was sent from."""
    if len(line) > LONGEST_LINE or not line.strip():
        return False
    bare = line.strip(WRAPPING)
    shorn = LINK_TAIL.sub("", bare).strip(WRAPPING)
    # "Sent from Mail <https://…> for Windows": the link stands where its word does.
    unlinked = LINK_INSIDE.sub("", bare).strip(WRAPPING)
    return any(words.sent_from.fullmatch(form) for form in {bare, shorn, unlinked} if form)


def _new_stretches(lines: Sequence[Line]) -> Iterator[Span]:
    """Return the runs of new lines that stand before history or at the end: where signatures may be."""
    start: int | None = None
    for place, line in enumerate([*lines, Line(mark=Mark.HISTORY)]):
        if line.mark is Mark.NEW:
            start = place if start is None else start
        elif start is not None:
            yield Span(start, place)
            start = None


def _fold_tail(lines: Sequence[Line], stretch: Span, words: QuoteWords) -> None:
    """Mark from the first signature sign of the stretch to its end."""
    for place in range(stretch.start, stretch.end):
        text = lines[place].text
        if len(text) > LONGEST_DISCLAIMER_LINE or not text.strip():
            continue
        if _begins_signature(text, _next_lines(lines, Span(place + 1, stretch.end)), words):
            for line in lines[place : stretch.end]:
                line.mark = Mark.SIGNATURE
            return


def _next_lines(lines: Sequence[Line], stretch: Span) -> Iterator[Line]:
    """Return the lines with words on them, one more than a signature may have at most."""
    written = (lines[place] for place in range(stretch.start, stretch.end) if not lines[place].blank)
    return itertools.islice(written, LONGEST_SIGNATURE + 1)


def _begins_signature(line: str, following: Iterator[Line], words: QuoteWords) -> bool:
    if DELIMITER.fullmatch(line):
        return 0 < len(list(following)) <= LONGEST_SIGNATURE
    if RULE.fullmatch(line):
        rest = list(following)
        return _is_contact_block(rest, words) or bool(rest and LIST_FOOTER.search(rest[0].text[:LONGEST_LINE]))
    bare = line.lower().strip(WRAPPING)
    return bare.startswith(words.disclaimers) or f"{bare}:" in words.disclaimers


def _is_contact_block(rest: Sequence[Line], words: QuoteWords) -> bool:
    """Return whether short lines with a number, address or link follow, and no prose."""
    if not 0 < len(rest) <= LONGEST_CONTACT_BLOCK or any(len(line.text) > 80 for line in rest):
        return bool(rest) and rest[0].text.lower().lstrip(WRAPPING).startswith(words.disclaimers)
    return any(CONTACT.search(line.text) for line in rest)


def _fold_banner(lines: Sequence[Line], words: QuoteWords) -> None:
    """Mark the warning that a company's gateway writes above mail from outside."""
    first = next((place for place, line in enumerate(lines) if not line.blank), None)
    if first is None or not words.banners or not lines[first].text.lower().lstrip(WRAPPING).startswith(words.banners):
        return
    for line in lines[first:]:
        if line.blank:
            return
        line.mark = Mark.SIGNATURE
