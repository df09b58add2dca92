"""What needs us now, in which order: by who suffers and how long, never by date alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum, StrEnum
from typing import Final

from amends.vocabulary import Intensity, Moment


class Reach(IntEnum):
    """Who else hears it: nobody, people who share the conversation, or anybody."""

    PRIVATE = 0
    SHARED = 1
    PUBLIC = 2


TARGET_MINUTES: Final = {
    Intensity.FURIOUS: 20,
    Intensity.ANGRY: 60,
    Intensity.ANNOYED: 240,
    Intensity.UNEASY: 480,
    Intensity.CALM: 1440,
}
"""How long an answer may take at most, by how upset the customer is. Waiting 20 minutes or more enrages (R108)."""
HASTE_IN_PUBLIC: Final = {Reach.PRIVATE: 1.0, Reach.SHARED: 0.75, Reach.PUBLIC: 0.5}
"""What part of the time is left where others read along: even a few days of angry talk are too long (R18)."""
Targets = Mapping[Intensity, int]
UNREAD: Final = Intensity.ANNOYED
"""What an unread message counts as: nobody's fury may lie at the bottom because a reader failed."""
HEAT_WEIGHT: Final = 100.0
WAIT_WEIGHT: Final = 100.0
MOST_WAITS: Final = 5.0
PROMISE_WEIGHT: Final = 300.0
PROMISE_HORIZON: Final = timedelta(hours=24)
REACH_WEIGHT: Final = 60.0
VALUE_WEIGHT: Final = 80.0
UNUSUAL_WEIGHT: Final = 40.0
MOST_UNUSUAL: Final = 2.0
BROKEN_WEIGHT: Final = 80.0
NOTABLE_VALUE: Final = 0.75


class Why(StrEnum):
    """A reason for a place in the queue; pages word it in the reader's language."""

    HEAT = "heat"
    NOT_READ = "not_read"
    WAITING = "waiting"
    OVER_TARGET = "over_target"
    PROMISE_DUE = "promise_due"
    PROMISE_OVERDUE = "promise_overdue"
    ASLEEP = "asleep"
    NOT_OUR_TURN = "not_our_turn"
    REACH = "reach"
    VALUE = "value"
    UNUSUAL = "unusual"
    PROMISE_BROKEN = "promise_broken"


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What the queue knows of one case. `intensity` is None before it was read; times are None when there is none.

    `waiting_since`: when the customer began to wait for us. `promise_due_at`: the next open promise; `broken`: how many
    promises of the case were broken. `reach`: who else hears it. `value_at_risk`: where the worth of this customer lies
    among all, 0–1, None when nobody knows. `above_usual`: how many steps of intensity they are above their usual.
    """

    intensity: int | None
    waiting_since: Moment | None
    promise_due_at: Moment | None = None
    snoozed_until: Moment | None = None
    reach: Reach = Reach.PRIVATE
    value_at_risk: float | None = None
    above_usual: float = 0.0
    broken: int = 0


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a case stands where it stands: `minutes` of `of_minutes` waited, minutes to or past a promise's time."""

    why: Why
    intensity: int | None = None
    minutes: int | None = None
    of_minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A place in the queue: the higher `score`, the sooner. `target_minutes`: how long an answer may take at most."""

    score: float
    reasons: tuple[Reason, ...]
    target_minutes: int


def market(own: Mapping[str, int]) -> Targets:
    """Return how long an answer may take where a brand sells: its own minutes by intensity ("0"–"4"), else ours."""
    return {**TARGET_MINUTES, **{Intensity(int(steps)): minutes for steps, minutes in own.items()}}


def target_minutes(intensity: int | None, *, reach: Reach = Reach.PRIVATE, targets: Targets = TARGET_MINUTES) -> int:
    """Return how long an answer may take at most; never longer for the angrier or the more public.

    `targets`: a market's own minutes by intensity, where people expect more, or less, than elsewhere (R133).
    """
    felt = UNREAD if intensity is None else Intensity(intensity)
    return max(1, round(targets[felt] * HASTE_IN_PUBLIC[reach]))


def standing(case: Waiting, *, now: Moment, targets: Targets = TARGET_MINUTES) -> Standing:
    """Return where a case stands.

    The score is heat (100 a step) plus the part of the target already waited (100 at the target, at most 500) plus
    the nearness of a promise (0 a day ahead, 300 at its time and after) plus 80 a broken promise (at most two), 60 a
    step of reach, up to 80 for the worth of the customer and 40 a step above their own usual (at most two). It never
    falls when any of these grows; docs/explanation/who-comes-first.md. A case that sleeps, or in which it is not our
    turn and nothing falls due, stands at 0.
    """
    felt = UNREAD if case.intensity is None else Intensity(case.intensity)
    target = target_minutes(case.intensity, reach=case.reach, targets=targets)
    if case.snoozed_until is not None and case.snoozed_until > now:
        return Standing(score=0.0, reasons=(Reason(why=Why.ASLEEP),), target_minutes=target)
    due, due_reasons = _promise(case, now=now)
    if case.waiting_since is None:
        reasons = due_reasons or (Reason(why=Why.NOT_OUR_TURN),)
        return Standing(score=due, reasons=reasons, target_minutes=target)
    waited_min = max(0.0, (now - case.waiting_since) / timedelta(minutes=1))
    heat = Reason(why=Why.NOT_READ if case.intensity is None else Why.HEAT, intensity=case.intensity)
    late = Why.OVER_TARGET if waited_min > target else Why.WAITING
    more, more_reasons = _weight(case)
    return Standing(
        score=HEAT_WEIGHT * felt + WAIT_WEIGHT * min(waited_min / target, MOST_WAITS) + due + more,
        reasons=(heat, Reason(why=late, minutes=int(waited_min), of_minutes=target), *due_reasons, *more_reasons),
        target_minutes=target,
    )


def _weight(case: Waiting) -> tuple[float, tuple[Reason, ...]]:
    """Return what else weighs: broken promises, who reads along, what is at stake, how unlike them it is."""
    unusual = min(MOST_UNUSUAL, max(0.0, case.above_usual))
    worth = case.value_at_risk or 0.0
    score = BROKEN_WEIGHT * min(2, case.broken) + REACH_WEIGHT * case.reach
    score += VALUE_WEIGHT * worth + UNUSUAL_WEIGHT * unusual
    said = {
        Why.PROMISE_BROKEN: case.broken > 0,
        Why.REACH: case.reach > Reach.PRIVATE,
        Why.VALUE: worth >= NOTABLE_VALUE,
        Why.UNUSUAL: unusual >= 1.0,
    }
    return score, tuple(Reason(why=why) for why, holds in said.items() if holds)


def _promise(case: Waiting, *, now: Moment) -> tuple[float, tuple[Reason, ...]]:
    if case.promise_due_at is None:
        return 0.0, ()
    left = case.promise_due_at - now
    if left >= PROMISE_HORIZON:
        return 0.0, ()
    minutes = abs(int(left / timedelta(minutes=1)))
    if left <= timedelta():
        return PROMISE_WEIGHT, (Reason(why=Why.PROMISE_OVERDUE, minutes=minutes),)
    return PROMISE_WEIGHT * (1 - left / PROMISE_HORIZON), (Reason(why=Why.PROMISE_DUE, minutes=minutes),)
