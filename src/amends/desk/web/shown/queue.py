"""Rows of the queue: who needs us, what about, since when, and why they stand where they stand."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Case as CaseOf
from django.db.models import Count, F, Min, Q, Value, When
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext

from amends.desk.access import cases_for, promises_for
from amends.desk.access_to_reading import market_targets_for
from amends.desk.models import Agent, Case
from amends.desk.operations.reach import reach_of
from amends.desk.web.counting import counted
from amends.desk.web.shown.gist import Gist, gist_of, so_far
from amends.desk.web.timing import span
from amends.desk.web.wording import word
from amends.routing.queue import TARGET_MINUTES, UNREAD, Reason, Standing, Targets, Waiting, Why, market, standing
from amends.vocabulary import FINAL_PROMISE_STATES, Intensity, JsonObject, PromiseState

SECTIONS: Final = ("who", "tongue", "mine", "nobody", "hot", "promises", "waiting", "asleep", "resolved", "machines")
OUR_TURN: Final = frozenset({"who", "tongue", "mine", "nobody", "hot"})
BY_TIME: Final = frozenset({"waiting", "asleep", "resolved", "machines"})
OPEN_PROMISES: Final = tuple(state for state in PromiseState if state not in FINAL_PROMISE_STATES)
MOST_WEIGHED: Final = 100
MOST_SHOWN: Final = 50
"""Nobody answers the fifty-first before the first; each row shown takes half a millisecond of everybody's."""
DUE_WITHIN: Final = timedelta(hours=24)
NEAR: Final = 0.75
METER: Final = 100


@dataclass(frozen=True, kw_only=True)
class Row:
    """One case in the queue. `waited` and `target` are lengths; `run` is how much of the target is over, 0–100."""

    case: Case
    gist: Gist
    reasons: str
    waited: timedelta | None
    target: timedelta
    run: int
    pressure: str
    due_at: datetime | None
    is_slipping: bool
    is_asleep: bool
    channel: str


@dataclass(frozen=True, kw_only=True)
class InShort:
    """How many people wait for us, how long the longest has, and how many longer than their target."""

    waiting: int
    longest: timedelta | None
    over: int


def queue(section: str, agent: Agent, *, now: datetime) -> list[Row]:
    """Return the first rows of one section: those who wait for us by need, the others by time."""
    chosen = cases_for(agent).filter(_where(agent, now=now)[section]).order_by(*_order(section))
    # Sorted by key alone first: whole rows of ten thousands of cases would be carried through the sort.
    keys = list(chosen.values_list("pk", flat=True)[: MOST_SHOWN if section in BY_TIME else MOST_WEIGHED])
    by_key = cases_for(agent).select_related("customer", "owner", "order", "brand").in_bulk(keys)
    rows = _rows([by_key[key] for key in keys], agent, now=now)
    if section in BY_TIME:
        return [row for row, _ in rows]
    return [row for row, _ in sorted(rows, key=lambda pair: -pair[1].score)[:MOST_SHOWN]]


def rows_of(cases: list[Case], agent: Agent, *, now: datetime) -> list[Row]:
    """Return rows for any cases, in their order."""
    return [row for row, _ in _rows(cases, agent, now=now)]


def counts(agent: Agent, *, now: datetime) -> tuple[list[tuple[str, int]], InShort]:
    """Return each section with how many cases stand in it, and in one line how many people wait, and how long.

    Whose turn is ours is counted in one walk along the index `case_live`, the others each by an index of its own: one
    walk for all would read every case that was ever resolved.
    """
    where = _where(agent, now=now)
    found: dict[str, Any] = cases_for(agent).filter(where["who"]).aggregate(
        who=Count("pk"), waits=Count("waiting_since"), longest=Min("waiting_since"),
        over=Count("pk", filter=Q(waiting_since__lt=_should_have_begun_after(agent, now=now))),
        **{name: Count("pk", filter=narrower) for name, narrower in _within_turn(agent).items()},
    )  # fmt: skip
    short = InShort(
        waiting=found["waits"], longest=now - found["longest"] if found["longest"] else None, over=found["over"]
    )
    found |= counted({name: cases_for(agent).filter(where[name]) for name in SECTIONS if name not in found})
    return [(name, found[name]) for name in SECTIONS], short


def _should_have_begun_after(agent: Agent, *, now: datetime) -> CaseOf:
    """Return since when a case may have waited at most, by its heat and market, to be within its target."""
    own = market_targets_for(agent)
    brands = [When(brand=brand, then=_latest(targets, now=now)) for brand, targets in own.items()]
    usual = _latest(TARGET_MINUTES, now=now)
    # A desk without markets of its own asks for no brand: the index `case_live`, which it is counted by, has none.
    return CaseOf(*brands, default=usual) if brands else usual


def _latest(targets: Targets, *, now: datetime) -> CaseOf:
    latest = {felt: now - timedelta(minutes=minutes) for felt, minutes in targets.items()}
    steps = (When(intensity=felt, then=Value(moment)) for felt, moment in latest.items())
    return CaseOf(*steps, default=Value(latest[UNREAD]))


def _within_turn(agent: Agent) -> dict[str, Q]:
    """Return the parts of those whose turn is ours."""
    return {
        "tongue": Q(language__in=["", *agent.languages]),
        "mine": Q(owner=agent),
        "nobody": Q(owner=None),
        "hot": Q(intensity__gte=Intensity.ANGRY),
    }


def _where(agent: Agent, *, now: datetime) -> dict[str, Q]:
    awake = Q(snoozed_until=None) | Q(snoozed_until__lte=now)
    turn = Q(status=Case.Status.OPEN) & awake
    due = promises_for(agent).filter(state__in=OPEN_PROMISES, due_at__lte=now + DUE_WITHIN)
    return {
        "who": turn,
        **{name: turn & narrower for name, narrower in _within_turn(agent).items()},
        "promises": Q(pk__in=due.values("case")),
        "waiting": Q(status=Case.Status.WAITING) & awake,
        "asleep": Q(status__in=[Case.Status.OPEN, Case.Status.WAITING]) & Q(snoozed_until__gt=now),
        "resolved": Q(status=Case.Status.RESOLVED),
        "machines": Q(status=Case.Status.MACHINE),
    }


def _order(section: str) -> tuple[str | OrderBy, ...]:
    special: dict[str, tuple[str | OrderBy, ...]] = {
        "waiting": ("-last_reply_at",),
        "asleep": ("snoozed_until",),
        "resolved": ("-resolved_at",),
        "machines": ("-opened_at",),
    }
    # What nobody could read yet comes first, so that it is never cut off below the calm.
    return special.get(section, (F("intensity").desc(nulls_first=True), "waiting_since"))


def _rows(cases: list[Case], agent: Agent, *, now: datetime) -> list[tuple[Row, Standing]]:
    keys = [case.pk for case in cases]
    # Asked from the cases, of which there are a hundred: asked from the other end, SQLite walks through all there are.
    theirs = cases_for(agent).filter(pk__in=keys)
    said = theirs.filter(conversations__messages__reading__isnull=False).order_by("conversations__messages__at")
    read: dict[int, list[JsonObject]] = defaultdict(list)
    for key, reading in said.values_list("pk", "conversations__messages__reading__reading"):
        read[key].append(reading)
    is_open = Q(promises__state__in=OPEN_PROMISES)
    broken = Count("promises", filter=Q(promises__state=PromiseState.BROKEN))
    first = Min("promises__due_at", filter=is_open)
    promised = theirs.order_by().values_list("pk").annotate(first_due=first, broken=broken)
    given = {key: (due_at, n) for key, due_at, n in promised}
    talks = theirs.order_by("conversations__started_at")
    ways = {key: rest for key, *rest in talks.values_list("pk", "conversations__channel", "brand__targets")}
    return [
        _row(
            case, reading=so_far(read[case.pk]), given=given.get(case.pk, (None, 0)), now=now,
            channel=ways[case.pk][0] or "", targets=market(ways[case.pk][1]),
        )
        for case in cases
    ]  # fmt: skip


def _row(
    case: Case, *, reading: JsonObject | None, given: tuple[datetime | None, int], channel: str, targets: Targets,
    now: datetime,
) -> tuple[Row, Standing]:  # fmt: skip
    due_at, broken = given
    is_asleep = case.snoozed_until is not None and case.snoozed_until > now
    is_waiting = case.waiting_since is not None and case.status == Case.Status.OPEN and not is_asleep
    place = standing(
        Waiting(
            intensity=case.intensity,
            waiting_since=case.waiting_since if is_waiting else None,
            promise_due_at=due_at,
            snoozed_until=case.snoozed_until,
            reach=reach_of(channel),
            value_at_risk=case.customer.worth,
            above_usual=case.above_usual,
            broken=broken,
        ),
        now=now,
        targets=targets,
    )
    waited = now - case.waiting_since if is_waiting and case.waiting_since else None
    target = timedelta(minutes=place.target_minutes)
    part = waited / target if waited else 0.0
    row = Row(
        case=case,
        gist=gist_of(case, reading),
        reasons=_why(case, place),
        waited=waited,
        target=target,
        run=round(min(1.0, part) * METER),
        pressure="over" if part > 1 else "near" if part >= NEAR else "calm",
        due_at=due_at,
        is_slipping=due_at is not None and due_at - now <= DUE_WITHIN,
        is_asleep=is_asleep,
        channel=channel,
    )
    return row, place


def _why(case: Case, place: Standing) -> str:
    if case.status == Case.Status.MACHINE:
        return gettext("written by a machine; nobody waits")
    if case.status == Case.Status.OPEN and [reason.why for reason in place.reasons] == [Why.NOT_OUR_TURN]:
        return gettext("ours to do; they wait for no answer")
    return " · ".join(_in_words(place.reasons))


def _in_words(reasons: Iterable[Reason]) -> list[str]:
    return [_reason(reason) for reason in reasons]


def _reason(reason: Reason) -> str:
    length = span(timedelta(minutes=reason.minutes or 0))
    said = {
        Why.HEAT: lambda: word("intensity", reason.intensity),
        Why.NOT_READ: lambda: word("intensity", None),
        Why.WAITING: lambda: _waited(reason, length),
        Why.OVER_TARGET: lambda: _waited(reason, length),
        # Translators: a promise to the customer falls due in so much time ("2 h").
        Why.PROMISE_DUE: lambda: gettext("promise due in %(time)s") % {"time": length},
        Why.PROMISE_OVERDUE: lambda: gettext("promise overdue by %(time)s") % {"time": length},
        Why.ASLEEP: lambda: gettext("asleep"),
        Why.NOT_OUR_TURN: lambda: gettext("waits for their answer"),
        Why.REACH: lambda: gettext("others read along"),
        Why.VALUE: lambda: gettext("a customer of many years or orders"),
        Why.UNUSUAL: lambda: gettext("more upset than they usually are"),
        Why.PROMISE_BROKEN: lambda: gettext("a promise to them was broken"),
    }
    return said[reason.why]()


def _waited(reason: Reason, length: str) -> str:
    target = span(timedelta(minutes=reason.of_minutes or 0))
    # Translators: how long the customer has waited, of how long they may wait at most ("1 h 52 min of 2 h").
    return gettext("waiting %(time)s of %(target)s") % {"time": length, "target": target}
