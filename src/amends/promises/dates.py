"""Dates: every time that a sentence names, as aware moments. docs/reference/promise-times.md lists each reading."""

from dataclasses import replace
from datetime import timedelta

from amends.languages.pack import LanguagePack
from amends.promises.atoms import Atom, Setting
from amends.promises.calendar import WorkCalendar
from amends.promises.grammar import VAGUE, Grammar, atoms, grammar
from amends.promises.moments import Due, Joints, due, joined
from amends.promises.values import Basis
from amends.text.spans import Span, longest_first
from amends.vocabulary import Moment

FIGURES = {
    ord(mark): str(value)
    for start in (0x0E50, 0x0660, 0x06F0, 0xFF10)
    for value, mark in enumerate(map(chr, range(start, start + 10)))
}
DASHES = {ord("–"): "-", ord("—"): "-", ord("−"): "-"}
PLAIN = FIGURES | DASHES


def times(
    sentence: str,
    *,
    at: Moment,
    pack: LanguagePack,
    calendar: WorkCalendar,
    named: Moment | None = None,
    leans: bool = False,
    met: dict[str, list[Atom]] | None = None,
) -> list[Due]:
    """Return every time named in one sentence that is still to come, vague ones too, in reading order.

    `sentence`: in normal form (`amends.text.normal`). Spans are places in it, small words ("by", "mennessä") included.
    `named` is the last time that the sentences before name: "that day" and "the evening before" count from it, and
    with `leans` a lone hour is of its day: "Wednesday it is. At two our fitter comes."
    `met` keeps the pieces of time in each sentence, for whoever reads several at one moment and some of them twice.
    A length counted from an event we cannot date ("within 5 days of receiving it") is no time and left out.
    """
    language, plain = grammar(pack), sentence if sentence.isascii() else sentence.translate(PLAIN)
    setting = _setting(plain, language, at, calendar)
    found = met.get(plain) if met is not None else None
    if found is None:
        found = atoms(plain, language, setting)
        if met is not None:
            met[plain] = found
    pieces = joined(found, plain, language.joints, setting, named=named, leans=leans)
    spans = longest_first(language.groups.holds(plain).places(VAGUE))
    pieces = [piece for piece in pieces if not _is_blurred(piece, spans)]
    pieces = [piece for piece in pieces if not any(_counts_from(other, piece, plain, language) for other in pieces)]
    ahead = [(a, d) for a in pieces if _from_now(a, plain, language) and (d := due(a, setting))]
    wide = ((a, widened(d, plain, language)) for a, d in ahead)
    known = [_by_its_zone(d, plain, language, at) if a.hours else d for a, d in wide]
    return sorted([*known, *_vague(spans, pieces)], key=lambda d: d.span)


def widened(found: Due, sentence: str, language: Grammar) -> Due:
    """Return a due time whose span holds the small words around it: "by Friday at the latest"."""
    joints = language.joints
    start = joints.ending(language.leads, sentence[: found.span.start], of=sentence)
    tail = joints.opening(language.tails, sentence[found.span.end :], of=sentence)
    if start is None and tail is None:
        return found
    span = Span(found.span.start if start is None else start, found.span.end if tail is None else found.span.end + tail)
    return replace(found, span=span)


def _by_its_zone(found: Due, sentence: str, language: Grammar, at: Moment) -> Due:
    """Return a time of day read on the clock that it names ("14.00 WITA"), as a moment at the offset of `at`."""
    words, here = found.span.of(sentence), at.utcoffset()
    may = language.joints.may
    said = ((ahead, says) for ahead, says in language.zones.items() if may(says, sentence))
    ahead = next((ahead for ahead, says in said if says.stands_in(words)), None)
    if ahead is None or here is None or found.start is None or found.end is None:
        return found
    apart = here - timedelta(minutes=ahead)
    return replace(found, start=found.start + apart, end=found.end + apart)


def _setting(sentence: str, language: Grammar, at: Moment, calendar: WorkCalendar) -> Setting:
    month_first = calendar.country is not None and calendar.country in language.month_first_in
    return Setting(
        at=at,
        calendar=calendar,
        words=language.words,
        era=language.era,
        month_first=month_first,
        slashes=bool(language.month_first_in),
        dinner=_speaks_of_dinner(sentence, language.joints),
    )


def _speaks_of_dinner(sentence: str, joints: Joints) -> bool:
    return joints.may(joints.dinner, sentence) and joints.dinner.stands_in(sentence)


def _from_now(atom: Atom, sentence: str, language: Grammar) -> bool:
    rest, opening = sentence[atom.span.end :], language.joints.opening
    if not atom.counted or opening(language.from_now, rest, of=sentence) is not None:
        return True
    return opening(language.elsewhere, rest, of=sentence) is None


def _counts_from(counted: Atom, piece: Atom, sentence: str, language: Grammar) -> bool:
    """Return whether a piece is the now that a length counts from: the "today" of "within 3 days of today"."""
    if not counted.counted or piece.span.start < counted.span.end:
        return False
    tail = language.joints.opening(language.from_now, sentence[counted.span.end :], of=sentence)
    return tail is not None and piece.span.end <= counted.span.end + tail


def _is_blurred(piece: Atom, vague: list[Span]) -> bool:
    """Return whether vague words end with a piece: the "day" of "within a few days", "these days", "some day soon"."""
    return any(span.start < piece.span.start and span.end == piece.span.end for span in vague)


def _vague(spans: list[Span], pieces: list[Atom]) -> list[Due]:
    """Return the vague times that overlap no exact one, the longest of each pile."""
    exact = [piece.span for piece in pieces]
    free = (span for span in spans if not any(span.overlaps(taken) for taken in exact))
    return [Due(span=span, start=None, end=None, basis=Basis.VAGUE) for span in free]
