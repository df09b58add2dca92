"""The life of a case: whose it is, when it rests, when it comes back."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Agent, Case, Message, Promise, Reply
from amends.desk.operations.errors import CannotRest
from amends.desk.operations.former import broken_since
from amends.desk.operations.keeping import kept_by_resting, open_promises
from amends.desk.operations.ledger import hand_over
from amends.desk.operations.next_step import OPEN_AGAIN, end_follow_up, lead_of, plan_answer, plan_follow_up
from amends.desk.operations.rows import VOICES, hold, waiting_since, write
from amends.vocabulary import Fault, Intensity, Moment, Stage

QUIET_FOR: Final = timedelta(days=3)
TIMES_BEFORE: Final = ("waiting_since", "snoozed_until")
"""What resting empties, and taking it back brings again."""
TAKEN_BACK: Final = "That the case rests was taken back."


def assign(case: Case, *, to: Agent | None, by: Agent, now: Moment) -> Case:
    """Give a case to somebody, or with None back to everybody. Open promises go with it."""
    with transaction.atomic():
        before = hold(case).owner_id
        case.owner = to
        write(case, "owner")
        hand_over(case, before=before, to=to, stood_in=lead_of(case) if before is None else None, by=by, now=now)
        record("case.assigned", at=now, case=case, actor=by, to=to.pk if to else None, before=before)
    return case


def snooze(case: Case, *, until: Moment, by: Agent, now: Moment) -> Case:
    """Put a case out of sight until a time. The customer's next words bring it back at once."""
    with transaction.atomic():
        hold(case).snoozed_until = until
        write(case, "snoozed_until")
        record("case.snoozed", at=now, case=case, actor=by, until=until.isoformat())
    return case


def wake(case: Case, *, now: Moment, by: Agent | None = None) -> bool:
    """Bring a snoozed case back; return whether it was asleep."""
    with transaction.atomic():
        if hold(case).snoozed_until is None:
            return False
        case.snoozed_until = None
        write(case, "snoozed_until")
        record("case.woke", at=now, case=case, actor=by)
    return True


def wake_due(now: Moment) -> int:
    """Bring back every case whose snooze is over; return how many."""
    return sum(wake(case, now=now) for case in Case.objects.filter(snoozed_until__lte=now))


def resolve(
    case: Case, *, ending: Case.Ending, by: Agent | None, now: Moment,
    follow_up_at: Moment | None = None, follow_up_by: Agent | None = None,
) -> Case:  # fmt: skip
    """Let a case rest. Raises CannotRest unless we answered and the customer said so, or three quiet days passed.

    `by` is None when the desk or the customer does it. None rests without a plan to ask after it: at `follow_up_at` by
    `follow_up_by`, else after a week by its owner.
    """
    with transaction.atomic():
        why_not = _why_it_may_not_rest(hold(case), ending=Case.Ending(ending), now=now)
        if why_not:
            raise CannotRest(why_not)
        rest(case, ending=Case.Ending(ending), by=by, now=now, follow_up_at=follow_up_at, follow_up_by=follow_up_by)
    return case


def rest_quiet(now: Moment) -> int:
    """Let every case rest that has been quiet for three days without an open promise; return how many."""
    candidates = Case.objects.filter(
        status=Case.Status.WAITING, waiting_since=None, last_reply_at__lte=now - QUIET_FOR, snoozed_until=None
    )
    rested = 0
    for case in candidates:
        with transaction.atomic():
            if not _why_it_may_not_rest(hold(case), ending=Case.Ending.QUIET, now=now):
                rest(case, ending=Case.Ending.QUIET, by=None, now=now)
                rested += 1
    return rested


def reopen(case: Case, *, by: Agent | None, now: Moment) -> Case:
    """Take up a resolved or waiting case again."""
    with transaction.atomic():
        before = hold(case).status
        case.status, case.resolved_at, case.ending = Case.Status.OPEN, None, ""
        write(case, "status", "resolved_at", "ending")
        record("case.reopened", at=now, case=case, actor=by, before=before)
        end_follow_up(case, why=OPEN_AGAIN, now=now)
        plan_answer(case, now=now)
    return case


def unresolve(case: Case, *, by: Agent | None, now: Moment) -> bool:
    """Take back that a case was resolved, with the plan to ask after it; return whether it still rested.

    It stands as it did before. A clock that ended by it stays ended: what is final is never opened again.
    """
    with transaction.atomic():
        told = case.events.filter(kind="case.resolved").order_by("-pk").first()
        if hold(case).status != Case.Status.RESOLVED or told is None or "before" not in told.facts:
            return False
        before = told.facts["before"]
        case.status, case.resolved_at, case.ending = before["status"], None, ""
        for name in TIMES_BEFORE:
            setattr(case, name, datetime.fromisoformat(before[name]) if before[name] else None)
        write(case, "status", "resolved_at", "ending", "waiting_since", "snoozed_until")
        record("case.reopened", at=now, case=case, actor=by, before=Case.Status.RESOLVED.value, undone=told.pk)
        end_follow_up(case, why=TAKEN_BACK, planned_at=told.at, now=now)
    return True


def set_fault(case: Case, *, fault: Fault | str, by: Agent, now: Moment) -> Case:
    """Write down whose mistake it was, once somebody has looked."""
    with transaction.atomic():
        before = hold(case).fault
        case.fault = Case.Fault(fault)
        write(case, "fault")
        record("case.fault_set", at=now, case=case, actor=by, fault=case.fault, before=before)
    return case


def walk_stage(case: Case, *, stage: Stage | str, by: Agent | None, now: Moment) -> Case:
    """Mark a MAMA stage as walked. Once walked it stays walked, with its first time."""
    with transaction.atomic():
        if Stage(stage).value in hold(case).stages:
            return case
        case.stages = {**case.stages, Stage(stage).value: now.isoformat()}
        write(case, "stages")
        record("case.stage_walked", at=now, case=case, actor=by, stage=Stage(stage).value)
    return case


def answer_given(case: Case, *, now: Moment) -> None:
    """Write down that our answer is with the customer: they wait for nothing. The caller holds the case."""
    case.status, case.waiting_since, case.last_reply_at = Case.Status.WAITING, None, now
    case.resolved_at, case.ending, case.snoozed_until = None, "", None
    write(case, "status", "waiting_since", "last_reply_at", "resolved_at", "ending", "snoozed_until")


def walk_by_reply(case: Case, stages: Iterable[str], *, now: Moment) -> None:
    """Mark the stages that a reply walks, those that no earlier one did. The caller holds the case."""
    new = sorted(set(stages) - set(case.stages))
    if not new:
        return
    case.stages = {**case.stages, **dict.fromkeys(new, now.isoformat())}
    write(case, "stages")
    for stage in new:
        record("case.stage_walked", at=now, case=case, stage=stage, by="reply")


def whose_turn(case: Case) -> None:
    """Set again, from its messages, whether the customer waits for us: after an undo, a failure or a bounce.

    Call inside a transaction that holds the case.
    """
    first = waiting_since(case)
    case.waiting_since = first.at if first else None
    if first and case.status != Case.Status.OPEN:
        case.status, case.resolved_at, case.ending = Case.Status.OPEN, None, ""
    write(case, "waiting_since", "status", "resolved_at", "ending")


def rest(
    case: Case, *, ending: Case.Ending, by: Agent | None, now: Moment,
    follow_up_at: Moment | None = None, follow_up_by: Agent | None = None,
) -> None:  # fmt: skip
    """Let a case rest that may, with its follow-up planned and its clocks stopped. The caller holds the case."""
    before = {"status": case.status} | {name: _written(getattr(case, name)) for name in TIMES_BEFORE}
    case.status, case.resolved_at, case.ending = Case.Status.RESOLVED, now, ending
    case.waiting_since = case.snoozed_until = None
    write(case, "status", "resolved_at", "ending", "waiting_since", "snoozed_until")
    record("case.resolved", at=now, case=case, actor=by, ending=ending, intensity=case.intensity, before=before)
    plan_follow_up(case, by=by, at=follow_up_at, owner=follow_up_by, now=now)
    kept_by_resting(case, by=by, now=now)


def _written(at: Moment | None) -> str | None:
    return at.isoformat() if at else None


def _why_it_may_not_rest(case: Case, *, ending: Case.Ending, now: Moment) -> str:
    """Return what stands against it in words, empty when nothing does."""
    if case.status == Case.Status.RESOLVED:
        return "It already rests."
    if not Reply.objects.filter(conversation__case=case, state=Reply.State.SENT, automatic=False).exists():
        return "Nobody has answered yet: a case is never given up without an attempt to put it right."
    if ending is Case.Ending.CUSTOMER_SAID:
        return _why_it_is_not_their_word(case)
    return _why_it_is_not_quiet(case, now=now)


def _why_it_is_not_quiet(case: Case, *, now: Moment) -> str:
    if case.waiting_since is not None:
        return "The customer is still waiting for us."
    latest = max(filter(None, (case.last_customer_at, case.last_reply_at)), default=now)
    if now - latest < QUIET_FOR:
        return "Three quiet days have not passed yet."
    if open_promises(case).exclude(kind=Promise.Kind.CLOCK).exists():
        return "A promise is still open."
    if broken_since(case, last_reply_at=case.last_reply_at):
        return "A promise was broken, and nobody has written to them since."
    return ""


def _why_it_is_not_their_word(case: Case) -> str:
    if case.events.filter(kind="customer.said_solved", at__gte=case.last_reply_at or case.opened_at).exists():
        return ""
    if not _customer_spoke_last(case):
        return "The customer has not said anything since our last reply."
    if (case.intensity or Intensity.CALM) >= Intensity.ANNOYED:
        return "Their last words are not those of somebody for whom it is solved."
    return ""


def _customer_spoke_last(case: Case) -> bool:
    inbound = Message.objects.filter(conversation__case=case, direction=Message.Direction.IN, kind__in=VOICES)
    return bool(case.last_reply_at) and inbound.filter(at__gt=case.last_reply_at).exists()
