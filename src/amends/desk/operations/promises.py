"""What becomes of a promise: kept, told in time, released by the customer, or broken."""

from django.db import transaction

from amends.desk.models import Agent, Promise, Reply
from amends.desk.operations.errors import CannotPromise
from amends.desk.operations.ledger import break_, end, hold_open, tell_of
from amends.desk.operations.rows import hold, write
from amends.desk.operations.send import write_to_customer
from amends.flow.aftercare import Due, Watched, steps
from amends.vocabulary import FINAL_PROMISE_STATES, FinalState, Moment, PromiseState


def keep(promise: Promise, *, by: Agent, evidence: str, now: Moment) -> Promise:
    """Write down that a promise was kept, in time or late, and what shows it. Raises FinalState when it had ended."""
    with transaction.atomic():
        hold_open(promise)
        late = now > promise.due_at
        promise.evidence = evidence
        end(promise, PromiseState.KEPT_LATE if late else PromiseState.KEPT, now=now)
        tell_of(promise, "promise.kept_late" if late else "promise.kept", by=by, now=now)
    return promise


def tell(promise: Promise, *, by: Agent, text: str, now: Moment, reason: str = "") -> Reply:
    """Tell the customer ahead that a promise will be late; it counts as told once the note has left.

    Raises FinalState when it had ended, CannotSend when the note would anger them again, NoAddress.
    """
    if PromiseState(promise.state).final:
        raise FinalState
    return write_to_customer(promise.case, author=by, text=text, now=now, reason=reason, tells=promise)


def release(
    promise: Promise, *, by: Agent, customers_words: str, new_due_at: Moment | None = None, now: Moment
) -> Promise | None:
    """Let go of a promise in the customer's own words; return the promise that replaces it, if a new date was agreed.

    Raises FinalState when it had ended, CannotPromise when the customer's words are missing.
    """
    if not customers_words.strip():
        raise CannotPromise("Only the customer can release us: note their words.")
    with transaction.atomic():
        hold_open(promise)
        promise.evidence = customers_words
        end(promise, PromiseState.RELEASED, now=now)
        tell_of(promise, "promise.released", by=by, now=now)
        return _replacement(promise, due_at=new_due_at, by=by, now=now) if new_due_at else None


def look_after(now: Moment) -> int:
    """Do what time asks for: warn of promises that slip, break those given up; return how many. Twice does no harm.

    A slipping promise gets a note to the customer drafted, so that they hear it before the due time and not after.
    """
    open_promises = Promise.objects.exclude(state__in=FINAL_PROMISE_STATES)
    due = steps((_watched(promise) for promise in open_promises), now=now)
    for step in due:
        promise = Promise.objects.select_related("case__customer", "owner").get(pk=step.key)
        if step.due is Due.WARN:
            _warn(promise, now=now)
        else:
            with transaction.atomic():
                break_(promise, by=None, why="", now=now)
    return len(due)


def _watched(promise: Promise) -> Watched:
    state = PromiseState(promise.state)
    return Watched(key=promise.pk, state=state, made_at=promise.made_at, due_at=promise.due_at)


def _warn(promise: Promise, *, now: Moment) -> None:
    with transaction.atomic():
        if hold(promise).state != PromiseState.MADE:
            return
        promise.state, promise.warned_at = PromiseState.SLIPPING, now
        write(promise, "state", "warned_at")
        tell_of(promise, "promise.slipping", by=None, now=now)


def _replacement(old: Promise, *, due_at: Moment, by: Agent, now: Moment) -> Promise:
    new = Promise.objects.create(
        case=old.case, message=old.message, owner=old.owner, what=old.what, quote=old.quote,
        due_start=due_at, due_at=due_at, made_at=now, replaces=old,
    )  # fmt: skip
    tell_of(new, "promise.made", by=by, now=now, replaces=old.pk)
    return new
