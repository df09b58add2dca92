"""What the desk's own record says about its open promises: how likely each is late, why, and when to warn."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from amends.desk.models import Order, Promise
from amends.desk.operations.ledger import entry_of
from amends.desk.operations.office import calendar_of, zone_of
from amends.promises.forecast import Forecast, Outlook, Past, forecast
from amends.promises.warn import Notice, believed, notice
from amends.vocabulary import FINAL_PROMISE_STATES, Moment, PromiseState

LOOK_BACK: Final = timedelta(days=180)
MOST: Final = 4000
"""The newest of very many tell as much, and a look a minute stays cheap."""
NEWEST_PACES: Final = 200
LATE: Final = (PromiseState.KEPT_LATE, PromiseState.BROKEN)
ON_ITS_WAY: Final = (Order.State.PLACED, Order.State.SHIPPED)
DAY: Final = timedelta(days=1)
WITH: Final = ("owner", "case__order", "case__brand")
"""What rows must bring along, so that a forecast asks for none of it again."""


def forecasts(promises: Iterable[Promise], *, now: Moment) -> dict[int, Forecast]:
    """Return by key how likely each open promise is late, and why. Reads rows, writes none.

    It looks at what is there now: the same rows at the same moment give the same forecast.
    """
    open_ones = [promise for promise in promises if not PromiseState(promise.state).final]
    if not open_ones:
        return {}
    record, queues = _record(now), _queues()
    return {each.pk: forecast(_outlook(each, record=record, queues=queues, now=now)) for each in open_ones}


def notices(promises: Sequence[Promise], seen: dict[int, Forecast], *, now: Moment) -> dict[str, Notice]:
    """Return, by the ledger's ids, from when on people are told of each, while somebody of its brand is at work.

    Where a forecast sees no danger, and by night, an owner is not warned before the lead must know.
    """
    brands = {promise.case.brand_id: promise.case.brand for promise in promises}
    offices = {key: (calendar_of(brand), zone_of(brand)) for key, brand in brands.items()}
    found = {}
    for promise in promises:
        calendar, zone = offices[promise.case.brand_id]
        foreseen = seen.get(promise.pk)
        late = believed(foreseen.late, now=now, calendar=calendar, zone=zone) if foreseen else None
        found[str(promise.pk)] = notice(entry_of(promise), late=late, calendar=calendar, zone=zone)
    return found


@dataclass(frozen=True, kw_only=True)
class _Record:
    """How many promises ended, late or not, by deed and by owner, and how fast the good ones were."""

    ended: Counter[tuple[str, object]] = field(default_factory=Counter)
    late: Counter[tuple[str, object]] = field(default_factory=Counter)
    paces: list[float] = field(default_factory=list)

    def of(self, kind: str, key: object = None) -> Past:
        return Past(late=self.late[kind, key], ended=self.ended[kind, key])


def _record(now: Moment) -> _Record:
    found = _Record()
    ended = Promise.objects.filter(state__in=FINAL_PROMISE_STATES, ended_at__gt=now - LOOK_BACK, ended_at__lte=now)
    rows = ended.exclude(state=PromiseState.RELEASED).order_by("-ended_at", "-pk")[:MOST]
    for what, owner, state, made, due, end in rows.values_list(
        "what", "owner", "state", "made_at", "due_at", "ended_at"
    ):
        for key in (("desk", None), ("deed", what), ("owner", owner)):
            found.ended[key] += 1
            found.late[key] += state in LATE
        if state == PromiseState.KEPT and end is not None and due > made and len(found.paces) < NEWEST_PACES:
            found.paces.append((end - made) / (due - made))
    return found


def _queues() -> dict[int, list[Moment]]:
    """Return by owner when their open promises are due."""
    found: dict[int, list[Moment]] = defaultdict(list)
    rows = Promise.objects.exclude(state__in=FINAL_PROMISE_STATES).exclude(owner=None)
    for owner, due in rows.values_list("owner", "due_at"):
        if owner is not None:
            found[owner].append(due)
    return found


def _outlook(promise: Promise, *, record: _Record, queues: dict[int, list[Moment]], now: Moment) -> Outlook:
    length, left = promise.due_at - promise.made_at, promise.due_at - now
    owner = promise.owner
    before = sum(due <= promise.due_at for due in queues[owner.pk]) - 1 if owner else 0
    return Outlook(
        desk=record.of("desk"),
        deed=record.of("deed", promise.what),
        owner=record.of("owner", owner.pk) if owner else Past(),
        paces=record.paces,
        used=max(0.0, (now - promise.made_at) / length) if length > timedelta(0) else 1.0,
        days_left=max(0.0, left / DAY),
        due_before=max(0, before),
        order_late=_is_order_late(promise.case.order, now=now),
        away_share=_away_share(owner.away_until if owner else None, left=left, now=now),
        nobodys=owner is None,
    )


def _is_order_late(order: Order | None, *, now: Moment) -> bool:
    if order is None:
        return False
    overdue = order.due_at is not None and order.due_at < now and order.state in ON_ITS_WAY
    return order.state == Order.State.LATE or overdue


def _away_share(until: Moment | None, *, left: timedelta, now: Moment) -> float:
    """Return for which part of the time left an owner is away, 0–1."""
    if until is None or until <= now:
        return 0.0
    return min(1.0, (until - now) / left) if left > timedelta(0) else 1.0
