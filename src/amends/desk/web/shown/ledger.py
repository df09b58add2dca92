"""Promises in groups: denied by the customer, slipping, today, later, told; broken, kept and released lately."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from amends.desk.access import promises_for
from amends.desk.models import Agent, Evidence, Promise
from amends.desk.operations.forecasts import WITH, forecasts
from amends.desk.operations.keeping import KEPT, disputed, still_denied
from amends.desk.operations.new_dates import proposal
from amends.promises.forecast import Forecast
from amends.promises.warn import LIKELY
from amends.vocabulary import FINAL_PROMISE_STATES, PromiseState

ENDED_SHOWN_FOR: Final = timedelta(days=14)
MOST: Final = 200
ENDED_AS: Final = {
    PromiseState.KEPT: "kept",
    PromiseState.KEPT_LATE: "kept",
    PromiseState.BROKEN: "broken",
    PromiseState.RELEASED: "released",
}


@dataclass(frozen=True, kw_only=True)
class ShownPromise:
    """A promise with the time left, negative when it is over; `lead` is written in words by the page."""

    promise: Promise
    left: timedelta
    is_over: bool
    is_final: bool
    shown_by: list[Evidence]
    forecast: Forecast | None = None
    is_denied: bool = False
    proposed_at: datetime | None = None

    @property
    def likely_late(self) -> int | None:
        """Return in percent how likely it is late, when that is worth saying and still lies ahead."""
        seen = self.forecast
        return round(100 * seen.late) if seen and seen.late >= LIKELY and not self.is_over else None

    @property
    def lead(self) -> timedelta | None:
        """Return how long before its time somebody was first warned of it, while that still lies ahead."""
        warned = self.promise.warned_at
        return self.promise.due_at - warned if warned and not self.is_over and not self.is_final else None

    @property
    def is_ours(self) -> bool:
        """Return whether a person may say that it was not kept: the desk itself counted it, or the customer says so."""
        counted_as_kept = self.promise.state in KEPT
        doubted = self.is_denied or any(shown.by_id is None for shown in self.shown_by)
        return counted_as_kept and doubted and not self.promise.replaced_by.all()

    @property
    def is_unsettled(self) -> bool:
        """Return whether it counts as kept and the customer denies it, until somebody settles that."""
        return self.is_denied and self.promise.state in KEPT and not self.promise.replaced_by.all()

    @property
    def is_not_kept(self) -> bool:
        """Return whether it was counted as kept, and promised anew since it was not."""
        return self.promise.state in KEPT and bool(self.promise.replaced_by.all())


@dataclass(frozen=True, kw_only=True)
class Group:
    """Promises under one heading: denied, slipping, today, week, later, told, broken, kept, released."""

    name: str
    rows: list[ShownPromise]


def ledger(agent: Agent, *, now: datetime) -> list[Group]:
    """Return the promises of the desk, the most pressing first."""
    rows = promises_for(agent).select_related("case__customer", "message", *WITH)
    rows = rows.prefetch_related("shown_by__by", "shown_by__order", "replaced_by", "told_by")
    live = list(rows.exclude(state__in=FINAL_PROMISE_STATES).order_by("due_at")[:MOST])
    seen = forecasts(live, now=now)
    unsettled = {promise.pk: promise for promise in still_denied(rows).order_by("due_at")[:MOST]}
    groups = {"denied": [shown(promise, now=now, denied=unsettled) for promise in unsettled.values()]}
    groups |= {name: [] for name in ("slipping", "today", "week", "later", "told")}
    for promise in live:
        groups[_group(promise, now=now)].append(shown(promise, now=now, forecast=seen[promise.pk]))
    groups |= {"broken": [], "kept": [], "released": []}
    over = [promise for promise in _ended(rows, now=now) if promise.pk not in unsettled]
    denied = disputed(over)
    for promise in over:
        groups[ENDED_AS[PromiseState(promise.state)]].append(shown(promise, now=now, denied=denied))
    return [Group(name=name, rows=found) for name, found in groups.items() if found]


def shown(
    promise: Promise, *, now: datetime, forecast: Forecast | None = None, denied: Collection[int] = ()
) -> ShownPromise:
    """Return a promise with its time left. `denied`: keys of those that the customer says did not happen."""
    proposed = proposal(promise)
    left = promise.due_at - now
    return ShownPromise(
        promise=promise,
        left=abs(left),
        is_over=left < timedelta(0),
        is_final=promise.state in FINAL_PROMISE_STATES,
        shown_by=list(promise.shown_by.all()),
        forecast=forecast,
        is_denied=promise.pk in denied,
        proposed_at=proposed.new_due_at if proposed else None,
    )


def _group(promise: Promise, *, now: datetime) -> str:
    if promise.state in (PromiseState.SLIPPING, PromiseState.TOLD):
        return str(promise.state)
    today, due = timezone.localtime(now).date(), timezone.localtime(promise.due_at).date()
    if due <= today:
        return "today"
    return "week" if due - today < timedelta(days=7) else "later"


def _ended(rows: QuerySet[Promise], *, now: datetime) -> Iterable[Promise]:
    return rows.filter(state__in=FINAL_PROMISE_STATES, ended_at__gte=now - ENDED_SHOWN_FOR).order_by("-ended_at")[:MOST]
