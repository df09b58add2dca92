"""Find what a reply promises: which times it names, whether they bind us, and what falls due then."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from amends.languages.pack import LanguagePack
from amends.promises.around import Place, plain
from amends.promises.atoms import Atom
from amends.promises.calendar import WorkCalendar
from amends.promises.commitment import CERTAIN, Sentence, confidence, parsed
from amends.promises.cues import Cues, cues
from amends.promises.dates import times
from amends.promises.deeds import deed
from amends.promises.grammar import grammar
from amends.promises.head import weighed
from amends.promises.moments import Due
from amends.promises.unmarked import as_written
from amends.promises.values import Basis, FoundPromise
from amends.text.normal import Normal
from amends.text.segments import sentences
from amends.text.spans import Span
from amends.vocabulary import AmendsError, Deed, LanguageTag, Moment, TextTooLong

LONGEST_TEXT = 20_000
LONGEST_SENTENCE = 2_000
LONGEST_TIME = 60
FEW_LETTERS = 12
MARKED_END = re.compile(r"[.!?…。！？,;:][\"'”’)\]]{0,4}$")
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
    met: dict[str, list[Atom]] = field(default_factory=dict)
    """The pieces of time in sentences that were read before, to be read again with what stands beside them."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """A sentence that names times: parsed, where it is in its text, and what stands beside it there."""

    whole: Sentence
    named: list[Due]
    plain: Normal
    span: Span
    stands: Place
    corrects: bool = False
    """Whether it puts right what the sentence before it said: "Sorry, I meant Monday"."""
    retracts: bool = False
    """Whether it, or a sentence before it that names no time, takes back what was said: "Scrap that"."""

    def in_text(self, time: Span) -> Span:
        """Return the place in the text of a place in the sentence."""
        return self.plain.back(time).shifted(self.span.start)


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
    found: list[FoundPromise] = []
    for said in sentences_with_times(text, at=at, pack=pack, country=country, calendar=calendar):
        promised = [*_promises(said, pack.tag)]
        if found and said.corrects:
            found = _put_right(found, promised, said)
        else:
            found = [*(found[:-1] if said.retracts else found), *promised]
    return _once(found)


def sentences_with_times(
    text: str,
    *,
    at: Moment,
    pack: LanguagePack,
    country: str | None = None,
    calendar: WorkCalendar | None = None,
) -> Iterator[Said]:
    """Yield the sentences of `text` that name a time, bound by it or not. Raises what `find_promises` raises."""
    if at.utcoffset() is None:
        raise NaiveMoment
    if len(text) > LONGEST_TEXT:
        raise TextTooLong
    pack = as_written(pack, text)
    desk = _Desk(at=at, pack=pack, cues=cues(pack), calendar=calendar or WorkCalendar(country=country))
    spans = _with_their_times(text, desk)
    beside = ["", *(span.of(text) for span in spans), ""]
    last: Moment | None = None
    leans = retracts = False
    for number, span in enumerate(spans):
        words = plain(span.of(text))
        named = times(words.text, at=at, pack=pack, calendar=desk.calendar, named=last, leans=leans, met=desk.met)
        named = [time for time in named if not _is_of_a_name(time.span, words, span.of(text), pack)]
        leans = _only_names_a_day(words.text, named)
        retracts = retracts or _retracts(words.text, pack)
        if named:
            last = _last_day(named) or last
            whole = parsed(words.text, desk.cues, times=[time.span for time in named])
            stands = Place(at=at, before=beside[number], behind=beside[number + 2])
            corrects = _corrects(words.text, named[0], pack)
            yield Said(
                whole=whole, named=named, plain=words, span=span, stands=stands, corrects=corrects, retracts=retracts
            )
            retracts = False


def _is_of_a_name(time: Span, words: Normal, raw: str, pack: LanguagePack) -> bool:
    """Return whether capitals make a time part of a name: the "Friday Night" of "our Friday Night Feast Box"."""
    place = words.back(time)
    told = [*place.of(raw).split(), *raw[place.end :].split(maxsplit=1)[:1]]
    if not all(word[:1].isupper() and word[1:2].islower() for word in told) or not raw[place.end :][:1].isspace():
        return False
    joints = grammar(pack).joints
    return joints.ending(joints.names, words.text[: time.start], of=words.text) is not None


def _last_day(named: list[Due]) -> Moment | None:
    """Return the last day that a sentence names by itself, for "that day" in the next one, at the hour it is due."""
    return next((due.end for due in reversed(named) if due.end and not due.counted), None)


def _retracts(words: str, pack: LanguagePack) -> bool:
    """Return whether a sentence opens by taking back what was said: "Scrap that, we come on Monday"."""
    joints = grammar(pack).joints
    return joints.opening(joints.retracts, words, of=words) is not None


def _only_names_a_day(words: str, named: list[Due]) -> bool:
    """Return whether a sentence says little but a day, on which the next one leans: "Wednesday it is"."""
    if len(named) != 1 or named[0].end is None or named[0].counted or words.rstrip("\"') ").endswith("?"):
        return False
    rest = words[: named[0].span.start] + words[named[0].span.end :]
    return sum(map(str.isalnum, rest)) <= FEW_LETTERS


def _corrects(words: str, first: Due, pack: LanguagePack) -> bool:
    """Return whether a sentence opens by putting a time right, and goes on with that time."""
    joints = grammar(pack).joints
    end = joints.opening(joints.corrects, words, of=words)
    return end is not None and not any(map(str.isalnum, words[end : first.span.start]))


def _put_right(found: list[FoundPromise], promised: list[FoundPromise], said: Said) -> list[FoundPromise]:
    """Return promises with the last one due when the words behind it say: "by Friday. Sorry, I meant Monday"."""
    time = said.named[0]
    moved = replace(found[-1], span=said.in_text(time.span), due_start=time.start, due_end=time.end, basis=time.basis)
    return [*found[:-1], *(promised or [moved])]


def _with_their_times(text: str, desk: _Desk) -> list[Span]:
    """Return sentences; one that only names a time belongs to its neighbour where no mark parts the two.

    A language whose politest words end sentences often ends one before its time: "ช่างเข้าไปค่ะ พรุ่งนี้เช้า".
    """
    found: list[Span] = []
    for piece in _sentences(text, desk.pack):
        if (
            found
            and _goes_on(text, found[-1], piece)
            and any(_only_a_time(s.of(text), desk) for s in (found[-1], piece))
        ):
            found[-1] = Span(found[-1].start, piece.end)
        else:
            found.append(piece)
    return found


def _goes_on(text: str, left: Span, right: Span) -> bool:
    return "\n" not in text[left.end : right.start] and not MARKED_END.search(left.of(text))


def _only_a_time(piece: str, desk: _Desk) -> bool:
    """Return whether a sentence says nothing but when: "พรุ่งนี้เช้านะคะ"."""
    if len(piece) > LONGEST_TIME:
        return False
    words = plain(piece).text
    spans = [time.span for time in times(words, at=desk.at, pack=desk.pack, calendar=desk.calendar, met=desk.met)]
    rest = "".join(letter for place, letter in enumerate(words) if not any(s.start <= place < s.end for s in spans))
    for word in desk.pack.sentence_rules.closing_words:
        rest = rest.replace(word, "")
    return bool(spans) and not any(map(str.isalnum, rest))


def _sentences(text: str, pack: LanguagePack) -> Iterator[Span]:
    """Yield the sentences that were written now; lines that quote an earlier mail are skipped."""
    blank = HISTORY_LINE.sub(lambda line: "\n" * len(line.group()), text)
    for sentence in sentences(blank, pack.sentence_rules):
        yield from (
            Span(start, min(start + LONGEST_SENTENCE, sentence.end))
            for start in range(sentence.start, sentence.end, LONGEST_SENTENCE)
        )


def _promises(said: Said, tag: LanguageTag) -> Iterator[FoundPromise]:
    surely = weighed(said.whole, said.named, stands=said.stands, tag=tag)
    ours = [(time, sure) for time, sure in zip(said.named, surely, strict=True) if sure is not None]
    for time, sure in _without_needless_vagueness(ours, said.whole):
        yield FoundPromise(
            span=said.in_text(time.span),
            what=deed(said.whole, time.span),
            due_start=time.start,
            due_end=time.end,
            basis=time.basis,
            confidence=sure,
        )


def _without_needless_vagueness(found: list[tuple[Due, float]], whole: Sentence) -> list[tuple[Due, float]]:
    """Return times without a "soon" that the sentence makes precise; of several vague ones, the longest."""
    dated = [(time, sure) for time, sure in found if time.basis is not Basis.VAGUE]
    vague = sorted((pair for pair in found if pair not in dated), key=lambda pair: -len(pair[0].span))[:1]
    if dated and not all(_apart(vague_pair, pair, whole) for vague_pair in vague for pair in dated):
        return dated
    return sorted([*dated, *vague], key=lambda pair: pair[0].span)


def _apart(one: tuple[Due, float], other: tuple[Due, float], whole: Sentence) -> bool:
    """Return whether two times are promised outright in clauses of their own."""
    outright = (confidence(whole, time.span, counted=time.counted) == CERTAIN for time, _ in (one, other))
    both_certain = all(outright)
    return both_certain and not whole.clause_of(one[0].span).overlaps(whole.clause_of(other[0].span))


def _once(found: Iterable[FoundPromise]) -> list[FoundPromise]:
    """Return promises without those that only say one again: the same deed, due at the same time."""
    kept: list[FoundPromise] = []
    for promise in found:
        twin = next((other for other in kept if _same(other, promise)), None)
        if twin is None:
            kept.append(promise)
        elif (promise.confidence, len(promise.span)) > (twin.confidence, len(twin.span)):
            kept[kept.index(twin)] = promise
    return sorted(kept, key=lambda promise: promise.span)


def _same(one: FoundPromise, other: FoundPromise) -> bool:
    if one.due_end != other.due_end or one.due_end is None:
        return False
    return one.what == other.what or Deed.OTHER in (one.what, other.what)
