"""What the coach says of a draft, made ready for the page: findings, promise chips, stages."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import get_language, gettext

from amends.coach.finding import Detector, Finding, Severity
from amends.coach.meanings import meaning
from amends.desk.models import Case, Draft
from amends.desk.operations.drafting import CONFIRMED, review_draft, thinks
from amends.desk.operations.office import calendar_of, zone_of
from amends.desk.operations.usual import Proposal, usual_date
from amends.desk.web.locale import zone
from amends.desk.web.shown.scores import Scores, scores
from amends.desk.web.timing import clock_in
from amends.desk.web.wording import refusal, word
from amends.flow.reply import Preview
from amends.languages import guess
from amends.languages.load import UNDETERMINED
from amends.promises.values import FoundPromise
from amends.promises.warn import is_hardly_possible
from amends.vocabulary import AmendsError, JsonObject, LanguageTag, Stage

WHOLE: Final = 0.5
SEVERITIES: Final = {"error": "x", "warning": "triangle-alert", "hint": "info"}
MOST_CHIPS: Final = 8
LETTERS_THAT_TELL: Final = 20
SURE_OF_LANGUAGE: Final = 0.9
HEATED: Final = frozenset({"tone.heated", "impatient"})
"""Findings that are the writer's own heat: then a pause is offered (R175)."""


@dataclass(frozen=True, kw_only=True)
class ShownFinding:
    """A finding with the words it is about. `aside`: somebody set it aside; `reason` is why.

    `language` is that of the draft, `interface` the reader's.
    """

    finding: Finding
    quote: str
    aside: bool
    reason: str
    language: LanguageTag
    interface: LanguageTag

    @property
    def icon(self) -> str:
        """Return the symbol of its severity."""
        return SEVERITIES[self.finding.severity.value]

    @property
    def uses(self) -> list[tuple[str, str, str]]:
        """Return each suggestion with the edit it stands for, `start-end-words`, and what it means to the reader."""
        span = self.finding.stretch
        return [(words, f"{span.start}-{span.end}-{words}", self._meaning(words)) for words in self.finding.suggestions]

    @property
    def comes_later(self) -> bool:
        """Return whether it stands below the others: of the reply as a whole, or heard by its meaning."""
        return len(self.finding.span) == 0 or self.finding.detector is Detector.SEMANTIC

    def _meaning(self, words: str) -> str:
        return meaning(words, language=self.language, interface=self.interface)


@dataclass(frozen=True, kw_only=True)
class Chip:
    """A promise found in the draft. `decision`: "", confirmed or dismissed; `due_local` for a date-time field,
    `there` the time of day for the customer where it differs."""

    quote: str
    what: str
    due_start: datetime | None
    due_end: datetime | None
    there: str
    decision: str
    start: int
    end: int
    usual: Proposal | None = None
    is_hardly_possible: bool = False

    @property
    def usual_percent(self) -> int:
        """Return in how many of a hundred cases such a promise was kept by the proposed date."""
        return round(100 * self.usual.usual.share) if self.usual else 0

    @property
    def due_local(self) -> str:
        """Return the due time as a date-time field wants it: the usual date where none is named."""
        due = self.due_end or (self.usual.due if self.usual else None)
        return timezone.localtime(due).strftime("%Y-%m-%dT%H:%M") if due else ""


@dataclass(frozen=True, kw_only=True)
class Coaching:
    """Everything beside a draft. `spans` is what the composer underlines, in code points.

    `why_strict`: why it is read more strictly. `awaits_meaning`: the encoder has not thought about all of it yet.
    `gaps`: what could not be looked at, in words. `tongues`: the draft's language and the customer's, where the draft
    is surely in another; None otherwise.
    """

    findings: list[ShownFinding]
    chips: list[Chip]
    stages: list[tuple[str, str]]
    score: int
    language: LanguageTag
    open_errors: int
    is_heated: bool
    scores: Scores
    why_strict: tuple[str, ...] = ()
    awaits_meaning: bool = False
    gaps: tuple[str, ...] = ()
    tongues: tuple[LanguageTag, LanguageTag] | None = None

    @property
    def in_words(self) -> list[ShownFinding]:
        """Return the findings that stand in the words, in reading order."""
        return [finding for finding in self.findings if not finding.comes_later]

    @property
    def later(self) -> list[ShownFinding]:
        """Return the findings that may change when the meaning is known: below all others, so that nothing moves."""
        return [finding for finding in self.findings if finding.comes_later]

    @property
    def said(self) -> str:
        """Return the findings in short, for somebody who hears the page: how many of each weight, and the gravest."""
        open_ones = [finding for finding in self.findings if not finding.aside]
        if not open_ones:
            return gettext("Nothing that would anger them again.")
        counted = Counter(finding.finding.severity for finding in open_ones)
        sums = [f"{word('severity', weight.value)}: {counted[weight]}." for weight in Severity if counted[weight]]
        first = min(open_ones, key=lambda finding: list(Severity).index(finding.finding.severity))
        return " ".join([*sums, f"“{first.quote}”" if first.quote else "", first.finding.why])

    @property
    def spans(self) -> list[JsonObject]:
        """Return the stretches to underline."""
        marked = [f.finding for f in self.findings if not f.aside and len(f.finding.span)]
        found = [_stretch(finding, finding.severity.value) for finding in marked]
        chips = [{"start": c.start, "end": c.end, "kind": "promise"} for c in self.chips if c.decision != "dismissed"]
        return [*chips, *found]


@dataclass(frozen=True, kw_only=True)
class CoachIsOut:
    """The coach cannot speak just now: `why` in words. The draft is kept and may be sent."""

    why: str


def advice(draft: Draft, *, now: datetime, at_once: bool = False) -> Coaching | CoachIsOut | None:
    """Return what the coach says of a draft in the reader's language; None when nothing is written yet.

    `at_once`: for somebody who is typing. The encoder then answers from memory, and is asked afterwards.
    """
    if not draft.text.strip():
        return None
    try:
        seen = review_draft(draft, now=now, interface=get_language() or "en", at_once=at_once)
        said = coaching(draft, seen, now=now)
        return replace(said, awaits_meaning=at_once and thinks())
    except AmendsError as gap:
        return CoachIsOut(why=refusal(gap))


def coaching(draft: Draft, preview: Preview, *, now: datetime | None = None) -> Coaching:
    """Return what the coach says of a draft; with `now` also what the desk's record and hours say of its promises."""
    findings = list(_findings(draft, preview))
    errors = [f for f in findings if f.finding.severity is Severity.ERROR and not (f.aside and f.reason)]
    return Coaching(
        findings=findings,
        chips=[*(_chip(draft, promise, now=now) for promise in preview.promises[:MOST_CHIPS]), *_own(draft, preview)],
        stages=[(stage.value, walked(part)) for stage, part in preview.verdict.stages.items()],
        score=preview.verdict.score,
        language=preview.language,
        open_errors=len(errors),
        is_heated=any(f.finding.rule in HEATED and not f.aside for f in findings),
        why_strict=tuple(why.value for why in preview.why_strict),
        gaps=preview.gaps,
        scores=scores(preview.verdict, text=draft.text, fault=_fault(draft), open_errors=len(errors)),
        tongues=tongues(draft),
    )


def tongues(draft: Draft) -> tuple[LanguageTag, LanguageTag] | None:
    """Return the language of a draft and the customer's where they surely differ, None where they may be the same.

    Near kin, and languages that are read as the customer's own, count as the same.
    """
    theirs = (draft.case.language or draft.case.customer.language) if draft.case_id else ""
    if theirs in ("", UNDETERMINED) or sum(letter.isalpha() for letter in draft.text) < LETTERS_THAT_TELL:
        return None
    ours, sure = guess.language(draft.text, prefer=theirs)
    if sure < SURE_OF_LANGUAGE or guess.nearest(ours) == guess.nearest(theirs):
        return None
    return ours, theirs


def _fault(draft: Draft) -> str:
    return draft.case.fault if draft.case_id else Case.Fault.UNKNOWN.value


def walked_stages(case: Case) -> list[tuple[str, str]]:
    """Return the stages of recovery, each with whether the case has walked it."""
    return [(stage.value, "whole" if stage.value in case.stages else "not") for stage in Stage]


def walked(part: float) -> str:
    """Return whether a stage is walked: whole, part or not."""
    if part >= WHOLE:
        return "whole"
    return "part" if part > 0 else "not"


def _findings(draft: Draft, preview: Preview) -> Iterator[ShownFinding]:
    aside = {(row["rule"], row["quote"]): row["reason"] for row in draft.dismissed}
    for finding in preview.verdict.findings:
        quote = finding.span.of(draft.text)
        key = (finding.rule, quote)
        yield ShownFinding(
            finding=finding, quote=quote, aside=key in aside, reason=aside.get(key, ""), language=preview.language,
            interface=get_language() or "en",
        )  # fmt: skip


def _own(draft: Draft, preview: Preview) -> Iterator[Chip]:
    """Yield what only the writer calls a promise, while its words stand in the draft."""
    found = {promise.span.of(draft.text) for promise in preview.promises}
    for chip in draft.chips:
        quote, due = chip["quote"], chip["due_end"]
        if chip["decision"] == CONFIRMED and due and quote in draft.text and quote not in found:
            end, start = datetime.fromisoformat(due), draft.text.index(quote)
            yield Chip(
                quote=quote, what=chip["what"], due_start=datetime.fromisoformat(chip["due_start"] or due), due_end=end,
                there=_clock_there(draft, end), decision=CONFIRMED, start=start, end=start + len(quote),
            )  # fmt: skip


def _chip(draft: Draft, promise: FoundPromise, *, now: datetime | None) -> Chip:
    quote = promise.span.of(draft.text)
    decided = next((chip for chip in draft.chips if chip["quote"] == quote), None)
    edited = decided["due_end"] if decided else None
    due_end = datetime.fromisoformat(edited) if edited else promise.due_end
    return Chip(
        quote=quote,
        what=decided["what"] if decided else promise.what.value,
        due_start=promise.due_start,
        due_end=due_end,
        there=_clock_there(draft, due_end),
        decision=decided["decision"] if decided else "",
        start=promise.span.start,
        end=promise.span.end,
        usual=usual_date(draft.case, promise.what, now=now) if now and due_end is None and draft.case_id else None,
        is_hardly_possible=_is_hardly_possible(draft, due_end, now=now),
    )


def _is_hardly_possible(draft: Draft, due: datetime | None, *, now: datetime | None) -> bool:
    """Return whether hardly anybody of the brand works until a time that is still to come."""
    if now is None or due is None or due <= now or draft.case_id is None:
        return False
    brand = draft.case.brand
    return is_hardly_possible(now, due, calendar=calendar_of(brand), zone=zone_of(brand))


def _clock_there(draft: Draft, due: datetime | None) -> str:
    """Return the customer's time of day at the due time, "" where it is the same as the writer's."""
    if due is None or draft.case_id is None:
        return ""
    there = due.astimezone(zone(draft.case.customer.timezone or draft.case.brand.timezone))
    return clock_in(there) if there.utcoffset() != timezone.localtime(due).utcoffset() else ""


def _stretch(finding: Finding, kind: str) -> JsonObject:
    return {"start": finding.span.start, "end": finding.span.end, "kind": kind}
