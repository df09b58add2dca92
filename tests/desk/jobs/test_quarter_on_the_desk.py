"""A small quarter on the real desk: its watch, its ledger, its outbox, and a clock that is ours."""

import random
from datetime import datetime, timedelta

import pytest

from amends.desk.channels.email.deliver import deliver_reply
from amends.desk.jobs.watch import watch_minute
from amends.desk.models import Agent, Case, Event, Promise
from amends.desk.operations import promises
from amends.measures.shares import Share

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NUMBER, OVERLOOKS, EVERY_H = 24, 0.3, 2
NOTE = "Khun Somchai, your parcel will be a day late, because I packed it too late. Aino"


@pytest.fixture
def quarter(case: Case, aino: Agent, now: datetime) -> dict[int, datetime | None]:
    """Promises of one week with the time at which each is kept; None for those that nobody keeps."""
    chance, made = random.Random(5), {}
    for _ in range(NUMBER):
        begun = now + chance.randint(0, 4) * 24 * HOUR
        promise = Promise.objects.create(
            case=case, owner=aino, what="delivery", quote="x", made_at=begun,
            due_at=begun + chance.randint(20, 72) * HOUR,
        )  # fmt: skip
        length = promise.due_at - begun
        made[promise.pk] = chance.choice([begun + length / 2, begun + length / 2, promise.due_at + HOUR, None])
    return made


def live(quarter: dict[int, datetime | None], aino: Agent, now: datetime) -> None:
    """Let time pass two hours at a time; people write at the last call, and overlook some."""
    chance, told = random.Random(6), set()
    for hour in range(0, 10 * 24, EVERY_H):
        at = now + hour * HOUR
        watch_minute(now=at)
        for promise in Promise.objects.filter(state__in=["made", "slipping", "told"], made_at__lte=at):
            when = quarter[promise.pk]
            if when is not None and when <= at:
                promises.keep(promise, by=aino, evidence="done", now=at)
            elif promise.note_draft and promise.pk not in told and promise.due_at > at and chance.random() > OVERLOOKS:
                told.add(promise.pk)
                reply = promises.tell(promise, by=aino, text=NOTE, reason="busy", now=at)
                deliver_reply(reply.pk, now=reply.due_at)


def test_nobody_is_told_late_and_nothing_fires_twice(quarter, aino: Agent, now: datetime, settings):
    settings.SENDING = "outbox"
    live(quarter, aino, now)
    late = Promise.objects.filter(state__in=["kept_late", "broken"])
    told = Share(hits=sum(each.told_at is not None and each.told_at <= each.due_at for each in late), n=len(late))
    assert told.n >= 6
    assert told.value >= 0.95, str(told)
    assert not Promise.objects.filter(state__in=["made", "slipping", "told"]).exists()
    assert not Event.objects.filter(kind="promise.told_too_late").exists()
    for kind in ("slipping", "tell_now", "last_word", "overdue", "broken", "kept", "kept_late"):
        said = list(Event.objects.filter(kind=f"promise.{kind}").values_list("facts__promise", flat=True))
        assert len(said) == len(set(said)), kind
