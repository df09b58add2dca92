"""Give promises to somebody else, many at a time: their owner is away, or has left."""

from collections.abc import Sequence

from django.db import transaction

from amends.desk.models import Agent, Promise
from amends.desk.operations.ledger import tell_of
from amends.desk.operations.rows import hold, write
from amends.promises.ledger import Alarm
from amends.vocabulary import FINAL_PROMISE_STATES, Moment


def hand_over_promises(promises: Sequence[Promise], *, to: Agent, by: Agent, now: Moment) -> int:
    """Give these promises to somebody, who is warned of them anew; return how many. Ended ones stay where they are."""
    given = 0
    with transaction.atomic():
        for promise in sorted(promises, key=lambda one: one.pk):
            before = hold(promise).owner_id
            if promise.state in FINAL_PROMISE_STATES or before == to.pk:
                continue
            promise.owner = to
            promise.alarms = [alarm for alarm in promise.alarms if alarm != Alarm.OWNER_AWAY]
            write(promise, "owner", "alarms")
            tell_of(promise, "promise.handed_over", by=by, now=now, before=before)
            given += 1
    return given
