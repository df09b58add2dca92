"""What the coach said of one person's replies, made ready for them and whoever leads them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils import timezone

from amends.coach.catalogue import catalogue
from amends.desk.access_to_coach import coaching_for
from amends.desk.models import Agent, Case, Event, Reply
from amends.desk.web.timing import on_day
from amends.desk.web.wording import word
from amends.measures.coaching import Count, Outcome, Said, by_rule, by_week, week_of
from amends.vocabulary import LanguageTag, Moment

LOOK_BACK: Final = timedelta(days=90)
MOST: Final = 200
FIRST: Final = 20
"""So many of the latest replies are shown before a week or a rule is chosen."""
MARKS: Final = {Outcome.USED: "check", Outcome.CHANGED: "check", Outcome.SET_ASIDE: "x", Outcome.SENT: "send"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A week or a rule with its counts. `key` is what the address says: of a rule its id; `reason` why it is there."""

    key: str
    name: str
    reason: str
    count: Count


@dataclass(frozen=True, kw_only=True)
class ToldOnce:
    """One thing that was said of a reply."""

    said: Said

    @property
    def has_page(self) -> bool:
        """Return whether the rule is one of the playbook, with a page of its own."""
        return self.said.rule in catalogue()

    @property
    def icon(self) -> str:
        """Return the symbol of what became of it."""
        return MARKS[self.said.outcome]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One reply with all that was said of it, and the case it went to."""

    case: Case
    told: list[ToldOnce]

    @property
    def at(self) -> Moment:
        """Return when it was said."""
        return self.told[0].said.at


def said_of(person: Agent, *, reader: Agent, now: Moment) -> list[Said]:
    """Return what the coach said of somebody's replies in the last 90 days, the latest first; [] if it is private.

    A reply that was taken back is left out: the one that went instead has its own.
    """
    told = coaching_for(reader).filter(actor=person, kind="coach.said", at__gt=now - LOOK_BACK, at__lte=now)
    events = list(told.order_by("-at", "-pk"))
    replies = [event.facts["reply"] for event in events]
    back = set(Reply.objects.filter(pk__in=replies, state=Reply.State.CANCELLED).values_list("pk", flat=True))
    return [one for event in events if event.facts["reply"] not in back for one in _said(event)]


def weeks(said: Sequence[Said]) -> list[Line]:
    """Return what was said week by week."""
    return [_line(monday.isoformat(), on_day(monday), count) for monday, count in by_week(said)]


def rules(said: Sequence[Said], interface: LanguageTag) -> list[Line]:
    """Return what was said of each rule."""
    return [_line(rule, word("rule", rule), count, reason=_reason(rule, interface)) for rule, count in by_rule(said)]


def rows(said: Sequence[Said], *, week: date | None, rule: str) -> list[Row]:
    """Return the replies of one week, or those of which one rule spoke; of neither, the latest."""
    is_latest = week is None and not rule
    chosen = [one for one in said if rule in ("", one.rule) and week in (None, week_of(one.at))]
    letters = list(_letters(chosen).values())[: FIRST if is_latest else MOST]
    cases = Case.objects.select_related("customer").in_bulk({letter[0].case for letter in letters})
    return [
        Row(case=cases[letter[0].case], told=[ToldOnce(said=one) for one in letter])
        for letter in letters
        if letter[0].case in cases
    ]


def _letters(said: Sequence[Said]) -> dict[int, list[Said]]:
    found: dict[int, list[Said]] = defaultdict(list)
    for one in said:
        found[one.reply].append(one)
    return found


def _said(event: Event) -> Iterator[Said]:
    for one in event.facts["said"]:
        is_against_reason = one["outcome"] == Outcome.SENT and one["severity"] == "error"
        yield Said(
            rule=one["rule"], severity=one["severity"], quote=one["quote"], outcome=Outcome(one["outcome"]),
            why=event.facts["reason"] if is_against_reason else one.get("reason", ""),
            at=timezone.localtime(event.at), case=event.case_id or 0, reply=event.facts["reply"],
        )  # fmt: skip


def _line(key: str, name: str, count: Count, *, reason: str = "") -> Line:
    return Line(key=key, name=name, reason=reason, count=count)


def _reason(rule: str, interface: LanguageTag) -> str:
    return catalogue()[rule].reason(interface) if rule in catalogue() else ""
