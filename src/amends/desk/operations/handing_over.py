"""Give promises to somebody else, many at a time: their owner is away, or has left."""

from collections.abc import Sequence

from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Agent, Promise, Todo
from amends.desk.operations.ledger import tell_of
from amends.desk.operations.next_step import lead_of
from amends.desk.operations.rows import hold, write
from amends.promises.ledger import Alarm
from amends.vocabulary import FINAL_PROMISE_STATES, Moment


def hand_over_all(leaver: Agent, *, to: Agent | None, by: Agent, now: Moment) -> int:
    """Give every open promise and task of somebody who leaves to `to`, else to a lead of each case; return how many.

    Nothing stays with them: where there is no lead either, it is nobody's and stands first on *Hand over promises*.
    """
    given = 0
    with transaction.atomic():
        for promise in Promise.objects.filter(owner=leaver).exclude(state__in=FINAL_PROMISE_STATES).order_by("pk"):
            given += hand_over_promises([promise], to=to or lead_of(promise.case), by=by, now=now)
        for todo in Todo.objects.filter(owner=leaver, done_at=None).order_by("pk"):
            hold(todo).owner = to or lead_of(todo.case)
            write(todo, "owner")
            record("todo.handed_over", at=now, case=todo.case, actor=by, todo=todo.pk, before=leaver.pk)
            given += 1
    return given


def hand_over_promises(promises: Sequence[Promise], *, to: Agent | None, by: Agent, now: Moment) -> int:
    """Give these promises to somebody, who is warned of them anew; return how many. Ended ones stay where they are."""
    given = 0
    with transaction.atomic():
        for promise in sorted(promises, key=lambda one: one.pk):
            before = hold(promise).owner_id
            if promise.state in FINAL_PROMISE_STATES or before == (to.pk if to else None):
                continue
            promise.owner = to
            promise.alarms = [alarm for alarm in promise.alarms if alarm != Alarm.OWNER_AWAY]
            write(promise, "owner", "alarms")
            tell_of(promise, "promise.handed_over", by=by, now=now, before=before)
            given += 1
    return given
