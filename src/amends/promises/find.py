"""Find what a reply promises: which times it names, whether they bind us, and what falls due then."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from amends.languages.pack import LanguagePack
from amends.promises.calendar import WorkCalendar
from amends.promises.commitment import confidence, parsed
from amends.promises.cues import Cues, cues
from amends.promises.dates import times
from amends.promises.deeds import deed
from amends.promises.moments import Due
from amends.promises.values import Basis, FoundPromise
from amends.text.normal import Normal, normal
from amends.text.segments import sentences
from amends.text.spans import Span
from amends.vocabulary import AmendsError, Moment, TextTooLong

LONGEST_TEXT = 20_000
LONGEST_SENTENCE = 2_000
HISTORY_LINE = re.compile(r"^[ \t]{0,8}>[^\n]*", re.MULTILINE)


class NaiveMoment(AmendsError):
    """The moment of writing has no offset, so no due time can be told. Give it one: 2026-11-24T10:15:00+07:00."""


@dataclass(frozen=True, kw_only=True)
class _Desk:
    """What all sentences of one text are read against."""

    at: Moment
    pack: LanguagePack
    cues: Cues
    calendar: WorkCalendar


def find_promises(
    text: str,
    *,
    at: Moment,
    pack: LanguagePack,
    country: str | None = None,
    calendar: WorkCalendar | None = None,
) -> list[FoundPromise]:
    """Return what `text`, written at `at`, commits us to, in reading order.

    Only our own commitments count: what the customer says or does, habits, past facts, questions, hypotheses and "if
    you …, we will …" are none. Every due time is at or after `at`, at its offset; docs/reference/promise-times.md
    tells how each wording is read. `country` (ISO 3166) gives the public holidays, unless `calendar` does. A pack
    without a time grammar finds nothing. Raises NaiveMoment, UnknownCountry, TextTooLong (20 000 code points).
    """
    if at.utcoffset() is None:
        raise NaiveMoment
    if len(text) > LONGEST_TEXT:
        raise TextTooLong
    desk = _Desk(at=at, pack=pack, cues=cues(pack), calendar=calendar or WorkCalendar(country=country))
    found = (promise for sentence in _sentences(text, pack) for promise in _promises(text, sentence, desk))
    return list(found)


def _sentences(text: str, pack: LanguagePack) -> Iterator[Span]:
    """Yield the sentences that were written now; lines that quote an earlier mail are skipped."""
    blank = HISTORY_LINE.sub(lambda line: "\n" * len(line.group()), text)
    for sentence in sentences(blank, pack.sentence_rules):
        yield from (
            Span(start, min(start + LONGEST_SENTENCE, sentence.end))
            for start in range(sentence.start, sentence.end, LONGEST_SENTENCE)
        )


def _promises(text: str, sentence: Span, desk: _Desk) -> Iterator[FoundPromise]:
    plain = normal(sentence.of(text))
    named = times(plain.text, at=desk.at, pack=desk.pack, calendar=desk.calendar)
    if not named:
        return
    whole = parsed(plain.text, desk.cues, times=[time.span for time in named])
    ours = [(time, sure) for time in named if (sure := confidence(whole, time.span)) is not None]
    for time, sure in _without_needless_vagueness(ours):
        yield FoundPromise(
            span=_in_text(time.span, plain, sentence),
            what=deed(whole, time.span),
            due_start=time.start,
            due_end=time.end,
            basis=time.basis,
            confidence=sure,
        )


def _without_needless_vagueness(found: list[tuple[Due, float]]) -> list[tuple[Due, float]]:
    """Return times without the "soon" of a sentence that goes on to say when."""
    dated = [(time, sure) for time, sure in found if time.basis is not Basis.VAGUE]
    return dated or found[:1]


def _in_text(span: Span, plain: Normal, sentence: Span) -> Span:
    return plain.back(span).shifted(sentence.start)
