"""Commitment: whose word a time is. Ours, or theirs, past, a habit, a condition, a question, a refusal."""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from amends.promises.cues import CUES, Break, Cue, Cues
from amends.promises.sieve import Holds
from amends.text.spans import Span

FARTHEST = 3
CERTAIN, LIKELY, POSSIBLE = 0.95, 0.8, 0.65
AGAINST_ALL = (Cue.OVER, Cue.THEIRS, Cue.OTHERS, Cue.CUSTOMER, Cue.HABIT, Cue.REFUSAL, Cue.HYPOTHESIS)
AGAINST_SENTENCE = (Cue.HISTORY, Cue.DISCLAIMED)
AGAINST_PLEAS = tuple(cue for cue in AGAINST_ALL if cue is not Cue.THEIRS)
AGAINST_OURS = (Cue.PAST, Cue.MATTER)
OF_OTHER_CUES = frozenset({Cue.HARMLESS, Cue.HARMLESS_CONDITION, Cue.NO_QUESTION, Cue.HISTORY})
MAY_BE_HARMLESS = frozenset((*AGAINST_ALL, *AGAINST_SENTENCE, *AGAINST_OURS))
QUOTED = re.compile(
    r"\"[^\"\n]{1,300}\"|«[^»\n]{1,300}»|(?<!\w)'(?:[^'\n]|(?<=\w)'(?=\w)){2,200}'(?!\w)|”[^”\n]{1,300}”"
)


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence in normal form: its clauses, its times, and what stands against a promise in all of it."""

    words: str
    cues: Cues
    holds: Holds
    times: Sequence[Span]
    clauses: Sequence[Span]
    strong_breaks: Sequence[Span]
    conditions: Sequence[Span]
    events: Sequence[Span]
    choices: Sequence[Span]
    harmless: Sequence[Span]
    quoted: Sequence[Span]
    asks: bool
    heard: dict[tuple[int, int], Holds] = field(default_factory=dict, repr=False, compare=False)
    looked_up: dict[tuple[Cue, int, int], bool] = field(default_factory=dict, repr=False, compare=False)

    def clause_of(self, span: Span) -> Span:
        """Return the clauses that a span touches, as one."""
        touched = [clause for clause in self.clauses if clause.overlaps(span)] or [Span(0, len(self.words))]
        return Span(touched[0].start, touched[-1].end)

    def within(self, clause: Span) -> Holds:
        """Return what a clause holds, read by itself."""
        place = clause.start, clause.end
        if place not in self.heard:
            whole = place == (0, len(self.words))
            self.heard[place] = self.holds if whole else self.cues.told_in(clause.of(self.words))
        return self.heard[place]

    def has(self, cue: Cue, clause: Span) -> bool:
        """Return whether a cue stands in a clause, the words of its times aside ("19 May" is no "may")."""
        holds = self.within(clause)
        if cue not in holds.may:
            return False
        # Every time of a sentence asks for the same clauses, and the head for all that the rules asked.
        asked = cue, clause.start, clause.end
        if asked not in self.looked_up:
            places = (place.shifted(clause.start) for place in holds.places(cue))
            harmless = self.harmless if cue in MAY_BE_HARMLESS else ()
            self.looked_up[asked] = any(not _covered(place, harmless, self.times) for place in places)
        return self.looked_up[asked]

    @cached_property
    def told(self) -> Sequence[tuple[Span, Cue]]:
        """Return where cues stand, in reading order; without those in its times, and those that only undo others."""
        telling = (cue for cue in CUES if cue in self.holds.may and cue not in OF_OTHER_CUES)
        places = ((place, cue) for cue in telling for place in self.holds.places(cue))
        return sorted((place, cue) for place, cue in places if not _covered(place, self.harmless, self.times))

    def has_any(self, several: Iterable[Cue], clause: Span) -> bool:
        """Return whether one of several cues stands in a clause."""
        may = self.within(clause).may
        return any(self.has(cue, clause) for cue in several if cue in may)


def parsed(words: str, cues: Cues, *, times: Sequence[Span]) -> Sentence:
    """Return a sentence cut into clauses; no break falls inside one of `times`."""
    holds = cues.told_in(words)
    whole = [*times, *holds.places(Break.JOINS)]
    strong = _breaks(words, holds.places(Break.STRONG), cues.strong_marks, whole=whole, times=times)
    breaks = [*_breaks(words, holds.places(Break.BREAKS), cues.marks, whole=whole, times=times), *strong]
    harmless = holds.places(Cue.HARMLESS_CONDITION)
    conditions, events, choices = (
        [place for place in holds.places(cue) if not _covered(place, harmless, times)]
        for cue in (Cue.CONDITION, Cue.EVENT, Cue.CHOICE)
    )
    edges = sorted({0, len(words), *(b.start for b in breaks)})
    return Sentence(
        words=words,
        cues=cues,
        holds=holds,
        times=times,
        clauses=[Span(start, end) for start, end in itertools.pairwise(edges)],
        strong_breaks=strong,
        conditions=conditions,
        events=events,
        choices=choices,
        harmless=holds.places(Cue.HARMLESS),
        quoted=[Span(*match.span()) for match in QUOTED.finditer(words)],
        asks=_asks(holds),
    )


def confidence(sentence: Sentence, time: Span, *, counted: bool) -> float | None:
    """Return how surely the words commit us at `time`, 0–1, or None when they do not.

    `counted`: the time is so long from now, not a fixed day, so that an event behind it moves it.
    """
    if is_silenced(sentence, time) or is_conditional(sentence, time, counted=counted):
        return None
    clause = sentence.clause_of(time)
    # A plea holds its own time ("give us two hours"), so it counts inside one too.
    if sentence.within(clause).places(Cue.PLEA):
        return None if sentence.has_any(AGAINST_PLEAS, clause) else LIKELY
    if sentence.has_any(AGAINST_ALL, clause):
        return None
    if sentence.has(Cue.PLEDGE, clause):
        return CERTAIN
    if sentence.has_any(AGAINST_OURS, clause):
        return None
    return LIKELY if sentence.has(Cue.OURS, clause) else _leaning(sentence, clause)


def is_silenced(sentence: Sentence, time: Span) -> bool:
    """Return whether nothing in a sentence can bind us at `time`: it asks, quotes, has no word, or binds nobody."""
    if not any(map(str.isalpha, sentence.words)):
        return True
    if sentence.asks or any(quote.overlaps(time) for quote in sentence.quoted):
        return True
    return sentence.has_any(AGAINST_SENTENCE, Span(0, len(sentence.words)))


def _leaning(sentence: Sentence, clause: Span) -> float | None:
    """Return how surely a bare time ("…, by Friday") binds us by the clause it leans on: the nearest that says."""
    before = [other for other in reversed(sentence.clauses) if other.end <= clause.start]
    behind = [other for other in sentence.clauses if other.start >= clause.end]
    for near in [*before[:FARTHEST], *behind[:FARTHEST]]:
        if sentence.has_any(AGAINST_ALL, near):
            return None
        if sentence.has(Cue.PLEDGE, near) or (
            sentence.has(Cue.OURS, near) and not sentence.has_any(AGAINST_OURS, near)
        ):
            return POSSIBLE
    return None


def _asks(holds: Holds) -> bool:
    """Return whether a sentence is a question: nobody promises by asking."""
    marked = holds.text.rstrip("\"')» \n").endswith(("?", "？")) or bool(holds.places(Cue.QUESTION))
    return marked and not holds.places(Cue.NO_QUESTION)


def _covered(place: Span, harmless: Sequence[Span], times: Sequence[Span]) -> bool:
    return any(place.overlaps(words) for words in harmless) or any(time.contains(place) for time in times)


def is_conditional(sentence: Sentence, time: Span, *, counted: bool) -> bool:
    """Return whether a condition governs `time`: from before it, or close behind ("…, if you send it").

    A choice does from before it, past a colon too: "Option two: a refund by Friday".
    """
    if any(choice.start < time.start for choice in sentence.choices):
        return True
    events = [event for event in sentence.events if counted or _rules(sentence, event, time)]
    return any(_governs(sentence, condition, time) for condition in [*sentence.conditions, *events])


def _rules(sentence: Sentence, event: Span, time: Span) -> bool:
    """Return whether an event moves even a fixed day: it opens the sentence, or stands before it in its clause."""
    opens = not _letters(sentence.words[: event.start])
    return event.start < time.start and (opens or sentence.clause_of(time).contains(event))


def _governs(sentence: Sentence, condition: Span, time: Span) -> bool:
    between = Span(min(condition.end, time.end), max(condition.start, time.start, min(condition.end, time.end)))
    if any(between.contains(strong) for strong in sentence.strong_breaks):
        return False
    if condition.start < time.end:
        return True
    clause = sentence.clause_of(time)
    return condition.start <= clause.end or not _letters(sentence.words[clause.end : condition.start])


def _letters(words: str) -> bool:
    return any(map(str.isalnum, words))


def _breaks(
    words: str, said: Sequence[Span], marks: frozenset[str], *, whole: Sequence[Span], times: Sequence[Span]
) -> list[Span]:
    """Return where clauses break: at a word, or at a mark that is no part of a figure or of words that stay `whole`.

    Behind a time a mark breaks even where that ends with a figure: "วันศุกร์ที่ 25 ถ้าไม่สะดวก …".
    """
    found = [*said, *(Span(place, place + 1) for place, letter in enumerate(words) if letter in marks)]
    ends = {time.end for time in times}
    return [
        b
        for b in found
        if (b.start in ends or not _in_figure(words, b)) and not any(b.overlaps(kept) for kept in whole)
    ]


def _in_figure(words: str, mark: Span) -> bool:
    """Return whether a mark belongs to a figure: "1,000", and a space on either side of one ("300 บาท")."""
    left, right = words[: mark.start][-1:].isdigit(), words[mark.end : mark.end + 1].isdigit()
    return (left or right) if mark.of(words).isspace() else (left and right)
