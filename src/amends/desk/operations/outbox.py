"""What leaves the desk: claimed before the network sees it, never sent twice by itself, stopped by one switch."""

from datetime import timedelta
from typing import Final

from django.db import transaction

from amends.desk.enqueue import enqueue
from amends.desk.events import record
from amends.desk.models import Agent, Case, Halt, Handle, Reply
from amends.desk.operations.case_life import whose_turn
from amends.desk.operations.ledger import told
from amends.desk.operations.rows import hold, write
from amends.vocabulary import Moment

BUDGETS: Final = ((timedelta(hours=1), 6), (timedelta(days=1), 20))
"""How many letters one recipient may get from us in that time. A loop ends here, an honest talk never does."""
LEASE: Final = timedelta(minutes=10)
"""After this long in `sending`, nobody is sending it any more: whether it arrived is not known."""
LOOK_AGAIN: Final = timedelta(minutes=5)
LEAVING: Final = (Reply.State.SENDING, Reply.State.SENT, Reply.State.UNCERTAIN)


def deliver_later(reply: Reply, *, now: Moment, at: Moment) -> None:
    """Ask for a reply to be delivered at a time, inside the caller's transaction."""
    enqueue("deliver_reply", now=now, due_at=at, lock=f"conversation:{reply.conversation_id}", reply_id=reply.pk)


def claim(reply_id: int, *, now: Moment) -> Reply | None:
    """Take a reply to the network: from now on it is `sending` and the try is counted, whatever happens to us.

    None when it may not leave: withdrawn, already taken, not due, or held back. A reply held back stays queued and
    its `error` says why: `halted`, `muted`, `budget`.
    """
    with transaction.atomic():
        reply = Reply.objects.select_for_update().filter(pk=reply_id, state=Reply.State.QUEUED).first()
        if reply is None or reply.due_at > now:
            return None
        held_back = _held_back(reply, now=now)
        if held_back:
            _keep_back(reply, why=held_back, now=now)
            return None
        reply.state, reply.sending_since, reply.error = Reply.State.SENDING, now, ""
        reply.tries += 1
        write(reply, "state", "sending_since", "tries", "error")
        record("reply.sending", at=now, case=reply.conversation.case, reply=reply.pk, tries=reply.tries)
    return reply


def keep_mime(reply: Reply, mime: bytes) -> None:
    """Keep the letter as composed, before the first try: every later try sends the same bytes."""
    with transaction.atomic():
        hold(reply).mime = mime
        write(reply, "mime")


def sent(reply: Reply, *, now: Moment) -> Reply:
    """Write down that the mail server took it, or that it lies in the local outbox."""
    with transaction.atomic():
        if hold(reply).state == Reply.State.SENT:
            return reply
        reply.state, reply.sent_at, reply.error = Reply.State.SENT, now, ""
        write(reply, "state", "sent_at", "error")
        record("reply.sent", at=now, case=reply.conversation.case, actor=reply.author, reply=reply.pk)
        if reply.tells is not None:
            told(reply.tells, reply=reply, now=now)
    return reply


def failed(reply: Reply, *, error: str, again_at: Moment | None, now: Moment) -> Reply:
    """Write down that it certainly did not arrive; it is tried again at `again_at`, or never when that is None."""
    with transaction.atomic():
        hold(reply).error = error
        if again_at is None:
            reply.state = Reply.State.FAILED
        else:
            reply.state, reply.due_at = Reply.State.QUEUED, again_at
            deliver_later(reply, now=now, at=again_at)
        write(reply, "state", "due_at", "error")
        _tell_case(reply, kind="reply.failed" if again_at is None else "reply.delayed", now=now)
    return reply


def uncertain(reply: Reply, *, error: str, now: Moment) -> Reply:
    """Write down that the server went away after it had the text. It is never sent again by itself."""
    with transaction.atomic():
        if hold(reply).state != Reply.State.SENDING:
            return reply
        reply.state = Reply.State.UNCERTAIN
        reply.error = error
        write(reply, "state", "error")
        _tell_case(reply, kind="reply.uncertain", now=now)
    return reply


def settle_stuck(now: Moment) -> int:
    """Call every reply uncertain whose sender died while sending; return how many."""
    stuck = Reply.objects.filter(state=Reply.State.SENDING, sending_since__lte=now - LEASE)
    for reply in stuck:
        uncertain(reply, error="The desk stopped while it was sending this.", now=now)
    return len(stuck)


def bounced(reply: Reply, *, error: str, now: Moment) -> None:
    """Write down that a mail server returned it, and stop writing to that address until a person decides."""
    with transaction.atomic():
        Handle.objects.filter(channel="email", value=reply.recipient.lower()).update(muted_at=now)
        record("handle.muted", at=now, case=reply.conversation.case, address=reply.recipient)
        failed(reply, error=error, again_at=None, now=now)


def halt(*, by: Agent, reason: str, now: Moment) -> Halt:
    """Stop everything that goes out. What is being handed over at this moment is finished."""
    with transaction.atomic():
        stopped = Halt.objects.create(began_at=now, began_by=by, reason=reason)
        record("outbox.halted", at=now, actor=by, reason=reason)
    return stopped


def lift(*, by: Agent, now: Moment) -> int:
    """Let mail go out again; return how many replies were waiting for it."""
    with transaction.atomic():
        if not Halt.objects.filter(lifted_at=None).update(lifted_at=now, lifted_by=by):
            return 0
        waiting = list(Reply.objects.filter(state=Reply.State.QUEUED, due_at__lte=now))
        for reply in waiting:
            deliver_later(reply, now=now, at=now)
        record("outbox.lifted", at=now, actor=by, waiting=len(waiting))
    return len(waiting)


def is_halted() -> bool:
    """Return whether the kill switch is on."""
    return Halt.objects.filter(lifted_at=None).exists()


def _held_back(reply: Reply, *, now: Moment) -> str:
    if is_halted():
        return "halted"
    if Handle.objects.filter(channel="email", value=reply.recipient.lower(), muted_at__isnull=False).exists():
        return "muted"
    return "" if _budget_free_at(reply, now=now) <= now else "budget"


def _keep_back(reply: Reply, *, why: str, now: Moment) -> None:
    if reply.error != why:
        record("reply.held_back", at=now, case=reply.conversation.case, reply=reply.pk, why=why)
    reply.error = why
    if why == "budget":
        reply.due_at = max(_budget_free_at(reply, now=now), now + LOOK_AGAIN)
        deliver_later(reply, now=now, at=reply.due_at)
    write(reply, "error", "due_at")


def _budget_free_at(reply: Reply, *, now: Moment) -> Moment:
    """Return when this recipient may get one more letter; `now` when already."""
    free_at = now
    for span, most in BUDGETS:
        recent = Reply.objects.filter(recipient=reply.recipient, state__in=LEAVING, sending_since__gt=now - span)
        times = list(recent.order_by("-sending_since").values_list("sending_since", flat=True)[:most])
        if len(times) == most and times[-1] is not None:
            free_at = max(free_at, times[-1] + span)
    return free_at


def _tell_case(reply: Reply, *, kind: str, now: Moment) -> None:
    case: Case = hold(reply.conversation.case)
    record(kind, at=now, case=case, actor=reply.author, reply=reply.pk, error=reply.error, tries=reply.tries)
    if reply.state == Reply.State.FAILED:
        whose_turn(case)
