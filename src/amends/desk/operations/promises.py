"""What becomes of a promise: kept, told in time, released by the customer, or broken."""

from datetime import timedelta
from typing import Final

from django.db import transaction

from amends.desk.models import Agent, Evidence, Promise, Reply
from amends.desk.operations.forecasts import WITH, forecasts, notices
from amends.desk.operations.keeping import show
from amends.desk.operations.ledger import act_on, break_, entry_of, replace
from amends.desk.operations.new_dates import with_time
from amends.desk.operations.notices import drafted_note
from amends.desk.operations.rows import hold, write
from amends.desk.operations.send import write_to_customer
from amends.flow.aftercare import due
from amends.promises.ledger import Act, Alarm, Deal, TooLateToTell
from amends.promises.warn import Alert
from amends.vocabulary import FINAL_PROMISE_STATES, FinalState, Moment, PromiseState

HOUR: Final = timedelta(hours=1)


def keep(
    promise: Promise, *, by: Agent, evidence: str, now: Moment,
    kind: Evidence.Kind = Evidence.Kind.WORDS, reference: str = "",
) -> Promise:  # fmt: skip
    """Write down that a promise was kept, in time or late, and by which act. Raises FinalState when it had ended."""
    with transaction.atomic():
        show(promise, kind=kind, by=by, now=now, words=evidence, reference=reference)
    return promise


def tell(
    promise: Promise, *, by: Agent, text: str, now: Moment, reason: str = "", new_due_at: Moment | None = None
) -> Reply:
    """Tell the customer ahead that a promise will be late; it counts as told once the note has left.

    `new_due_at`: the time it proposes instead; the empty place in a drafted note is filled with it. The old time stands
    until the customer says yes (new_dates.py). Raises FinalState when it had ended, TooLateToTell when its time is
    over, CannotSend when the note would anger them again, NoteSaysOtherwise when its words name another day, NoAddress.
    """
    if PromiseState(promise.state).final:
        raise FinalState
    if now > promise.due_at:
        raise TooLateToTell
    text = with_time(text, promise=promise, new_due_at=new_due_at)
    return write_to_customer(
        promise.case, author=by, text=text, now=now, reason=reason, tells=promise, new_due_at=new_due_at
    )


def release(
    promise: Promise, *, by: Agent, customers_words: str, new_due_at: Moment | None = None, now: Moment
) -> Promise | None:
    """Let go of a promise in the customer's own words; return the promise that replaces it, if a new date was agreed.

    Raises FinalState when it had ended, NeedsTheirWord when the customer's words are missing.
    """
    with transaction.atomic():
        act_on(promise, Act(deal=Deal.RELEASE, by=str(by), words=customers_words), by=by, now=now)
        return replace(promise, due_at=new_due_at, by=by, now=now) if new_due_at else None


def look_after(now: Moment) -> int:
    """Do what time asks for: warn of promises that slip, break those given up; return how many. Twice does no harm.

    A slipping promise gets a note to the customer drafted, so that they hear it before the due time and not after.
    """
    open_ones = Promise.objects.exclude(state__in=FINAL_PROMISE_STATES).select_related(*WITH)
    rows = {str(promise.pk): promise for promise in open_ones}
    seen = forecasts(rows.values(), now=now)
    away = Agent.objects.filter(away_until__gt=now).values_list("pk", flat=True)
    asked = due(
        [entry_of(promise) for promise in rows.values()],
        now=now,
        away=frozenset(map(str, away)),
        notices=notices(list(rows.values()), seen, now=now),
    )
    for alert in asked.alerts:
        promise = rows[alert.entry.id]
        _raise_alarm(promise, alert, late=seen[promise.pk].late, now=now)
    for entry in asked.given_up:
        with transaction.atomic():
            break_(rows[entry.id], by=None, why="", now=now)
    return len(asked.alerts) + len(asked.given_up)


def _raise_alarm(promise: Promise, alert: Alert, *, late: float, now: Moment) -> None:
    note = drafted_note(promise) if alert.note_by and not promise.note_draft else ""
    with transaction.atomic():
        # Somebody may have kept it, or another worker warned of it, while we looked.
        if PromiseState(hold(promise).state).final or alert.alarm in map(Alarm, promise.alarms):
            return
        promise.note_draft = promise.note_draft or note
        write(promise, "note_draft")
        act_on(
            promise, Act(deal=Deal.SLIP, alarm=alert.alarm), by=None, now=now,
            to_owner=alert.to_owner, to_lead=alert.to_lead, note=bool(promise.note_draft), late=round(late, 3),
            lead_h=round((promise.due_at - now) / HOUR, 1),
        )  # fmt: skip
