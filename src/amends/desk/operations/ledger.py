"""The rows of the ledger of promises. What becomes of them is decided by promises/ledger.py; here it is written down.

Each is called inside the caller's transaction.
"""

from typing import Final

from django.db.models import Q

from amends.desk.events import record
from amends.desk.models import Agent, Case, Event, Message, Promise, Reply
from amends.desk.operations.errors import CannotPromise
from amends.desk.operations.rows import hold, write
from amends.promises.ledger import Act, Alarm, Deal, Entry, advance
from amends.vocabulary import FINAL_PROMISE_STATES, Deed, FinalState, JsonObject, Moment, PromiseState

LONGEST_QUOTE: Final = 500


def entry_of(promise: Promise) -> Entry:
    """Return a row as the ledger sees it; ids and owners are keys in words."""
    return Entry(
        id=str(promise.pk),
        what=Deed(promise.what),
        made_at=promise.made_at,
        due_start=promise.due_start or promise.due_at,
        due_end=promise.due_at,
        owner=str(promise.owner_id or ""),
        state=PromiseState(promise.state),
        alarms=frozenset(map(Alarm, promise.alarms)),
    )


def make(chip: JsonObject, *, case: Case, message: Message, owner: Agent | None, now: Moment) -> Promise:
    """Write one confirmed chip of a draft into the ledger. Raises CannotPromise when it has no due time.

    Call inside the transaction that queues the reply which makes it.
    """
    if not chip.get("due_end"):
        raise CannotPromise
    promise = Promise.objects.create(
        case=case,
        message=message,
        owner=owner,
        what=chip.get("what") or "other",
        quote=chip["quote"][:LONGEST_QUOTE],
        due_start=chip.get("due_start"),
        due_at=chip["due_end"],
        made_at=now,
    )
    tell_of(promise, "promise.made", by=owner, now=now)
    return promise


def replace(
    old: Promise, *, due_at: Moment, by: Agent | None, now: Moment, message: Message | None = None, quote: str = ""
) -> Promise:
    """Write the promise that a customer agreed to instead of another; `message` and `quote` where newer words say it.

    `by` None: the customer said yes on their page.
    """
    new = Promise.objects.create(
        case=old.case, message=message or old.message, owner=old.owner, what=old.what,
        quote=(quote or old.quote)[:LONGEST_QUOTE],
        due_start=due_at, due_at=due_at, made_at=now, replaces=old,
    )  # fmt: skip
    tell_of(new, "promise.made", by=by, now=now, replaces=old.pk)
    return new


def act_on(promise: Promise, act: Act, *, by: Agent | None, now: Moment, **facts: object) -> None:
    """Write down an act about a promise and where it leads. Raises FinalState, NeedsTheirWord, NotDueYet."""
    if PromiseState(hold(promise).state).final:
        raise FinalState
    after = advance(entry_of(promise), act, at=now)
    at = after.steps[-1].at
    promise.state, promise.alarms = after.state, sorted(after.alarms)
    promise.told_at = at if act.deal is Deal.TELL else promise.told_at
    promise.warned_at = promise.warned_at or (at if act.deal is Deal.SLIP else None)
    if after.state.final:
        promise.ended_at, promise.evidence = at, act.words
    write(promise, "state", "alarms", "told_at", "warned_at", "ended_at", "evidence")
    tell_of(promise, f"promise.{act.alarm or after.state}", by=by, now=now, state=after.state.value, **facts)


def told(promise: Promise, *, reply: Reply, now: Moment) -> None:
    """Write down that the customer has been told, now that the note is on its way. Ended promises stay ended.

    What counts is when it left, not when the mail server said that it had it. One that left after the time told nobody
    ahead, and is only written down.
    """
    left_at = reply.sending_since or now
    if PromiseState(hold(promise).state).final:
        return
    if left_at > promise.due_at:
        tell_of(promise, "promise.told_too_late", by=reply.author, now=now, reply=reply.pk)
        return
    act = Act(deal=Deal.TELL, by=str(reply.author or ""), words=reply.text)
    proposed = _iso(reply.new_due_at) if reply.new_due_at else None
    act_on(promise, act, by=reply.author, now=left_at, reply=reply.pk, ahead=True, new_due_at=proposed)


def break_(promise: Promise, *, by: Agent | None, why: str, now: Moment) -> None:
    """Write down that a promise was not kept. Ended promises stay ended. Raises NotDueYet before its time."""
    if not PromiseState(hold(promise).state).final:
        act_on(promise, Act(deal=Deal.BREAK, words=why), by=by, now=now)


def unheard(promise: Promise, *, reply: Reply, now: Moment) -> None:
    """Write down that the customer never got the reply that made a promise, or told of it: nobody there knows.

    One that counted as told is open again, and is warned of anew. Ended promises stay ended.
    """
    if PromiseState(hold(promise).state).final:
        return
    if reply.tells_id == promise.pk and promise.state == PromiseState.TOLD:
        act_on(promise, Act(deal=Deal.UNTELL, words=reply.error), by=None, now=now, reply=reply.pk)
        promise.told_at = None
        promise.alarms = []
        write(promise, "told_at", "alarms")
    tell_of(promise, "promise.unheard", by=None, now=now, reply=reply.pk)


def withdraw(message: Message, *, by: Agent | None, now: Moment) -> None:
    """Take back the promises of a reply that never left: the customer was never told of them."""
    for promise in message.promises.all():
        tell_of(promise, "promise.withdrawn", by=by, now=now)
        promise.delete()


def hand_over(
    case: Case, *, before: int | None, to: Agent | None, by: Agent, now: Moment, stood_in: Agent | None = None
) -> None:
    """Give the open promises of a case to its new owner: a promise is never left to somebody who is gone from it.

    `stood_in`: the lead who answered for what was promised while the case was nobody's.
    """
    if to is None:
        return
    of_case = case.promises.exclude(state__in=FINAL_PROMISE_STATES).exclude(owner=to)
    for promise in of_case.filter(Q(owner_id=before) | Q(owner=stood_in) if stood_in else Q(owner_id=before)):
        was = promise.owner_id
        hold(promise).owner = to
        promise.alarms = [alarm for alarm in promise.alarms if alarm != Alarm.OWNER_AWAY]
        write(promise, "owner", "alarms")
        tell_of(promise, "promise.handed_over", by=by, now=now, before=was)


def rebuilt(promise: Promise) -> PromiseState:
    """Return the state of a promise as its events alone tell it, on whichever cases it lay.

    Walks through the events of all promises: it is there to check a ledger, not to show a page.
    """
    state = PromiseState.MADE
    for event in Event.objects.filter(kind__startswith="promise.", facts__promise=promise.pk).order_by("pk"):
        told = event.kind.removeprefix("promise.")
        if told in set(Alarm) and told not in set(PromiseState):
            state = PromiseState.SLIPPING if state is PromiseState.MADE else state
        elif told in set(PromiseState):
            state = PromiseState(event.facts.get("state") or told)
    return state


def tell_of(promise: Promise, kind: str, *, by: Agent | None, now: Moment, **facts: object) -> None:
    """Write down what happened to a promise."""
    record(
        kind, at=now, case=promise.case, actor=by,
        promise=promise.pk, what=promise.what, due_at=_iso(promise.due_at), owner=promise.owner_id, **facts,
    )  # fmt: skip


def _iso(moment: Moment | str) -> str:
    # A chip's due time comes as ISO words and is only parsed by the database.
    return moment if isinstance(moment, str) else moment.isoformat()
