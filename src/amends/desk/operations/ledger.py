"""The rows of the ledger of promises, as other acts change them. Each is called inside the caller's transaction."""

from typing import Final

from amends.desk.events import record
from amends.desk.models import Agent, Case, Message, Promise, Reply
from amends.desk.operations.errors import CannotPromise
from amends.desk.operations.rows import hold, write
from amends.vocabulary import FinalState, JsonObject, Moment, PromiseState

LONGEST_QUOTE: Final = 500


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


def told(promise: Promise, *, reply: Reply, now: Moment) -> None:
    """Write down that the customer has been told ahead, now that the note is on its way. Ended promises stay ended."""
    if PromiseState(hold(promise).state).final:
        return
    promise.state, promise.told_at = PromiseState.TOLD, now
    write(promise, "state", "told_at")
    tell_of(promise, "promise.told", by=reply.author, now=now, reply=reply.pk, ahead=now <= promise.due_at)


def withdraw(message: Message, *, by: Agent | None, now: Moment) -> None:
    """Take back the promises of a reply that never left: the customer was never told of them."""
    for promise in message.promises.all():
        tell_of(promise, "promise.withdrawn", by=by, now=now)
        promise.delete()


def break_(promise: Promise, *, by: Agent | None, why: str, now: Moment) -> None:
    """Write down that a promise was not kept. Call inside a transaction; ended promises stay ended."""
    if PromiseState(hold(promise).state).final:
        return
    promise.evidence = why
    end(promise, PromiseState.BROKEN, now=now)
    tell_of(promise, "promise.broken", by=by, now=now)


def hold_open(promise: Promise) -> None:
    """Hold a promise that is about to change. Raises FinalState when it has ended."""
    if PromiseState(hold(promise).state).final:
        raise FinalState


def end(promise: Promise, state: PromiseState, *, now: Moment) -> None:
    """Write a final state, with what shows it."""
    promise.state, promise.ended_at = state, now
    write(promise, "state", "ended_at", "evidence")


def tell_of(promise: Promise, kind: str, *, by: Agent | None, now: Moment, **facts: object) -> None:
    """Write down what happened to a promise."""
    record(
        kind, at=now, case=promise.case, actor=by,
        promise=promise.pk, what=promise.what, due_at=_iso(promise.due_at), owner=promise.owner_id, **facts,
    )  # fmt: skip


def _iso(moment: Moment | str) -> str:
    # A chip's due time comes as ISO words and is only parsed by the database.
    return moment if isinstance(moment, str) else moment.isoformat()
