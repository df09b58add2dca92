"""What keeps a promise: an act of ours that the desk sees itself, or one that a person tells of. ADR 0104.

Each but `correct` and `uphold` is called inside the caller's transaction.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from amends.desk.models import Agent, Case, Event, Evidence, Order, Promise, Reply
from amends.desk.operations.errors import CannotUphold, NotKeptByUs
from amends.desk.operations.ledger import act_on, replace, tell_of
from amends.desk.operations.rows import hold
from amends.promises.ledger import Act, Deal
from amends.promises.regulators import KeptBy, rules
from amends.vocabulary import FINAL_PROMISE_STATES, Deed, Moment, PromiseState

KEPT_BY_ORDER: Final[Mapping[str, Collection[Deed]]] = {
    Order.State.SHIPPED: (Deed.REPLACEMENT,),
    Order.State.DELIVERED: (Deed.DELIVERY, Deed.REPLACEMENT),
}
"""A parcel that came back keeps nothing; one on its way keeps no promise that it will have arrived."""
ANSWER_KINDS: Final = (Promise.Kind.SAID, Promise.Kind.RECEIPT)
LONGEST_WORDS: Final = 500
DENIALS: Final = ("promise.disputed", "promise.upheld")
KEPT: Final = (PromiseState.KEPT, PromiseState.KEPT_LATE)


def show(
    promise: Promise, *, kind: Evidence.Kind, by: Agent | None, now: Moment,
    words: str = "", reference: str = "", reply: Reply | None = None, order: Order | None = None,
) -> None:  # fmt: skip
    """Keep a promise by an act, and write down which. Raises FinalState when it had ended."""
    told = words or reference or (order.number if order else "")
    act_on(
        promise, Act(deal=Deal.KEEP, by=str(by or ""), words=told), by=by, now=now, shown_by=kind.value,
        reply=reply.pk if reply else None, order=order.number if order else None, reference=reference,
    )  # fmt: skip
    Evidence.objects.create(
        promise=promise, kind=kind, by=by, at=now, words=words[:LONGEST_WORDS], reference=reference, reply=reply,
        order=order,
    )  # fmt: skip


def kept_by_reply(case: Case, *, reply: Reply, now: Moment) -> None:
    """Keep the promises of an answer, now that a person's answer has left.

    One that only tells that a promise will be late keeps none. One that promises an answer anew keeps only our word
    that somebody would write: whether it answers what was promised before, a person says.
    """
    if reply.tells_id is not None:
        return
    rows = open_promises(case).filter(what=Deed.ANSWER, kind__in=ANSWER_KINDS, made_at__lte=reply.queued_at)
    promises_anew = reply.message is not None and reply.message.promises.filter(what=Deed.ANSWER).exists()
    for promise in rows.exclude(message=reply.message) if reply.message else rows:
        if promise.kind == Promise.Kind.RECEIPT or not promises_anew:
            _seen(promise, kind=Evidence.Kind.REPLY, now=now, reply=reply)
    for clock in open_promises(case).filter(kind=Promise.Kind.CLOCK, made_at__lte=reply.queued_at):
        if _is_answered(clock):
            _seen(clock, kind=Evidence.Kind.REPLY, now=now, reply=reply)


def kept_by_answer(clock: Promise, *, now: Moment) -> None:
    """Stop a clock begun late, which an answer that left before had stopped already."""
    left = Reply.objects.filter(conversation__case=clock.case, state=Reply.State.SENT, automatic=False)
    first = left.filter(sent_at__gte=clock.made_at).order_by("sent_at").first()
    if first is not None and first.sent_at is not None and _is_answered(clock):
        _seen(clock, kind=Evidence.Kind.REPLY, now=max(first.sent_at, clock.made_at), reply=first)


def _is_answered(clock: Promise) -> bool:
    """Return whether a person's answer is what its rule asks for; of a rule we no longer know, no."""
    name, _, of = clock.clock.partition("/")
    known = rules().get(name)
    return known is not None and any(one.id == of and one.kept_by is KeptBy.ANSWER for one in known.clocks)


def kept_by_order(order: Order, *, now: Moment) -> list[Promise]:
    """Keep what an order's new state keeps, on every case about it; return those promises."""
    deeds = KEPT_BY_ORDER.get(Order.State(order.state), ())
    rows = Promise.objects.exclude(state__in=FINAL_PROMISE_STATES).filter(
        case__order=order, kind=Promise.Kind.SAID, what__in=deeds
    )
    return [promise for promise in rows if _seen(promise, kind=Evidence.Kind.ORDER, now=now, order=order)]


def kept_by_resting(case: Case, *, by: Agent | None, now: Moment) -> None:
    """End the clocks of a case that rests: it has its final answer."""
    for promise in open_promises(case).filter(kind=Promise.Kind.CLOCK):
        if PromiseState(hold(promise).state) not in FINAL_PROMISE_STATES:
            show(promise, kind=Evidence.Kind.WORDS, by=by, now=now, words=f"case {case.pk} rests: {case.ending}")


def correct(promise: Promise, *, by: Agent, due_at: Moment, why: str, now: Moment) -> Promise:
    """Promise anew what was counted as kept and was not. The old one stays as it ended; an event says why.

    Raises NotKeptByUs unless the desk itself saw it kept, or the customer says that it did not happen: else a person
    stands for what they wrote down.
    """
    with transaction.atomic():
        may = promise.shown_by.filter(by=None).exists() or is_disputed(promise)
        if PromiseState(hold(promise).state) not in KEPT or not may or promise.replaced_by.exists():
            raise NotKeptByUs
        new = replace(promise, due_at=due_at, by=by, now=now)
        tell_of(promise, "promise.corrected", by=by, now=now, why=why, replaced_by=new.pk)
    return new


def uphold(promise: Promise, *, by: Agent, evidence: str, now: Moment) -> None:
    """Write down that what the customer denies did happen, and what shows it; it counts as kept again.

    Nobody judges their own case: raises CannotUphold for whoever promised it, without evidence, and where the customer
    denies nothing, or it was promised anew.
    """
    with transaction.atomic():
        is_open = is_disputed(hold(promise)) and promise.state in KEPT and not promise.replaced_by.exists()
        if not is_open or promise.owner_id == by.pk or not evidence.strip():
            raise CannotUphold
        tell_of(promise, "promise.upheld", by=by, now=now, evidence=evidence.strip())


def disputed(promises: Iterable[Promise]) -> set[int]:
    """Return the keys of those of which the customer says, after they ended or fell due, that they did not happen.

    Whoever upheld one since has settled it, until they deny it again.
    """
    asked = [promise.pk for promise in promises]
    said = Event.objects.filter(kind__in=DENIALS, facts__promise__in=asked).order_by("at", "pk") if asked else ()
    last = {event.facts["promise"]: event.kind for event in said}
    return {number for number, kind in last.items() if kind == "promise.disputed"}


def still_denied(promises: QuerySet[Promise]) -> QuerySet[Promise]:
    """Return those counted as kept that their customer denies, until somebody settles it."""
    said = set(Event.objects.filter(kind="promise.disputed").values_list("facts__promise", flat=True))
    kept = promises.filter(pk__in=said, state__in=KEPT, replaced_by=None)
    return promises.filter(pk__in=disputed(kept))


def is_disputed(promise: Promise) -> bool:
    """Return whether the customer says that this did not happen."""
    return promise.pk in disputed([promise])


def open_promises(case: Case) -> QuerySet[Promise]:
    """Return what is still open on a case."""
    return Promise.objects.filter(case=case).exclude(state__in=FINAL_PROMISE_STATES)


def _seen(promise: Promise, *, kind: Evidence.Kind, now: Moment, **what: Reply | Order) -> bool:
    """Keep a promise by what the desk saw; one that ended meanwhile stays as it ended."""
    if PromiseState(hold(promise).state).final:
        return False
    show(promise, kind=kind, by=None, now=now, **what)  # type: ignore[arg-type]  # one of two columns, by its name
    return True
