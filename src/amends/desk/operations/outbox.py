"""What leaves the desk: claimed before the network sees it, never sent twice by itself, stopped by one switch."""

from datetime import timedelta
from typing import Final

from django.db import transaction

from amends.desk.enqueue import UNDER_WAY, enqueue
from amends.desk.events import record
from amends.desk.failpoint import failpoint
from amends.desk.models import Agent, Case, Halt, Job, Mailbox, Reply, Todo
from amends.desk.operations.case_life import answer_given, walk_by_reply, whose_turn
from amends.desk.operations.held_back import budget_free_at, why_held_back, why_needless
from amends.desk.operations.keeping import kept_by_reply
from amends.desk.operations.labels import keep_labels
from amends.desk.operations.ledger import told, withdraw
from amends.desk.operations.rows import hold, write
from amends.desk.operations.todos import answered, ask_for
from amends.vocabulary import AmendsError, Moment

LEASE: Final = timedelta(minutes=10)
"""After this long in `sending`, nobody is sending it any more: whether it arrived is not known."""
LINES_A_HOST: Final = 2
"""How many letters go to one mail server at a time; one that hangs holds up no other server's (ADR 0088)."""
LOOK_AGAIN: Final = timedelta(minutes=5)
MOST_DEATHS: Final = 3
"""A letter whose composing ended its worker so often is a person's to look at."""
FORGOTTEN_AFTER: Final = timedelta(minutes=2)
HELD_BACK: Final = ("halted", "muted", "budget")


class TakenBack(AmendsError):
    """This reply is not ours to send any more: another try has it, or a person."""


def deliver_later(reply: Reply, *, now: Moment, at: Moment) -> None:
    """Ask for a reply to be delivered at a time, inside the caller's transaction."""
    lock = f"{_host(reply)}:{reply.conversation_id % LINES_A_HOST}"
    enqueue("deliver_reply", now=now, due_at=at, lock=lock, reply_id=reply.pk)


def _host(reply: Reply) -> str:
    """Return whom a reply waits for when its host is slow: nobody but those who go the same way."""
    own = reply.conversation.mailbox
    ways = Mailbox.objects.filter(brand=reply.conversation.case.brand, enabled=True).order_by("pk")
    way = own if own and (own.service or own.smtp_host) else ways.exclude(smtp_host="", service="").first()
    return f"host:{(way.service or way.smtp_host)[:100]}" if way else "host:"


def claim(reply_id: int, *, now: Moment) -> Reply | None:
    """Take a reply to the network: from now on it is `sending` and the try is counted, whatever happens to us.

    None when it may not leave: withdrawn, already taken, not due, or held back. A reply held back stays queued and
    its `error` says why: `halted`, `muted`, `budget`.
    """
    with transaction.atomic():
        reply = Reply.objects.select_for_update().filter(pk=reply_id, state=Reply.State.QUEUED).first()
        if reply is None:
            return None
        if reply.due_at > now:
            # This job came early, after a clock was set or a time changed; the reply must not be left without one.
            deliver_later(reply, now=now, at=reply.due_at)
            return None
        if _stays_here(reply, now=now):
            return None
        reply.state, reply.sending_since, reply.error = Reply.State.SENDING, now, ""
        reply.first_tried_at = reply.first_tried_at or now
        reply.tries += 1
        write(reply, "state", "sending_since", "first_tried_at", "tries", "error")
        record("reply.sending", at=now, case=reply.conversation.case, reply=reply.pk, tries=reply.tries)
        failpoint("deliver.rows_claimed")
    failpoint("deliver.claimed")
    return reply


def keep_mime(reply: Reply, mime: bytes) -> None:
    """Keep the letter as composed, before the first try: every later try sends the same bytes.

    Raises TakenBack when composing took so long that the reply was given to another try.
    """
    with transaction.atomic():
        tries = reply.tries
        if hold(reply).state != Reply.State.SENDING or reply.tries != tries:
            raise TakenBack
        reply.mime = mime
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
        if not reply.automatic:
            _counts_as_answer(reply, now=now)
            keep_labels(reply, now=now)
        failpoint("deliver.rows_written")
    failpoint("deliver.written")
    return reply


def failed(reply: Reply, *, error: str, again_at: Moment | None, now: Moment) -> Reply:
    """Write down that it certainly did not arrive; it is tried again at `again_at`, or never when that is None.

    Never again means that a person has to see to it: their task stands on the case and on Now.
    """
    with transaction.atomic():
        hold(reply).error = error
        if again_at is None:
            reply.state = Reply.State.FAILED
        else:
            reply.state, reply.due_at = Reply.State.QUEUED, again_at
            deliver_later(reply, now=now, at=again_at)
        write(reply, "state", "due_at", "error")
        _tell_case(reply, kind="reply.failed" if again_at is None else "reply.delayed", now=now)
        if again_at is None and not reply.automatic:
            ask_for(reply.conversation.case, Todo.Kind.UNSENT, now=now, reply=reply, why=error)
    return reply


def returned(reply: Reply, *, error: str, now: Moment) -> Reply:
    """Write down that a mail server brought it back after it had left. Who sees to it is asked by bounces.py."""
    with transaction.atomic():
        hold(reply).error, reply.state = error, Reply.State.FAILED
        write(reply, "state", "error")
        _tell_case(reply, kind="reply.returned", now=now)
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
    """See to every reply whose sender died while sending; return how many.

    Without its letter on the disk it never came near the network, and is tried again; else it is uncertain.
    """
    stuck = Reply.objects.filter(state=Reply.State.SENDING, sending_since__lte=now - LEASE)
    for reply in stuck:
        if reply.mime is None:
            _back_in_queue(reply, now=now)
        else:
            uncertain(reply, error="The desk stopped while it was sending this.", now=now)
    return len(stuck)


def take_up_forgotten(now: Moment) -> int:
    """Ask again for replies that are due and that nobody has in hand; return how many. What is held back may wait."""
    jobs = Job.objects.filter(task="deliver_reply", state__in=UNDER_WAY)
    due = Reply.objects.filter(state=Reply.State.QUEUED, due_at__lte=now - FORGOTTEN_AFTER).exclude(error__in=HELD_BACK)
    if not due.exists():
        return 0
    in_hand = {arguments.get("reply_id") for arguments in jobs.values_list("arguments", flat=True)}
    forgotten = [reply for reply in due if reply.pk not in in_hand]
    with transaction.atomic():
        for reply in forgotten:
            deliver_later(reply, now=now, at=now)
            record("reply.taken_up", at=now, case=reply.conversation.case, reply=reply.pk)
    return len(forgotten)


def _back_in_queue(reply: Reply, *, now: Moment) -> None:
    with transaction.atomic():
        if hold(reply).state == Reply.State.SENDING and reply.mime is None:
            again_at = now if reply.tries < MOST_DEATHS else None
            failed(reply, error="The desk stopped before this left.", again_at=again_at, now=now)


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


def _stays_here(reply: Reply, *, now: Moment) -> bool:
    """Keep back what may not leave now, and end what should not leave at all; return whether it was either."""
    needless = why_needless(reply)
    held_back = "" if needless else why_held_back(reply, now=now)
    if needless:
        call_off(reply, why=needless, now=now)
    elif held_back == "budget" and reply.purpose == Reply.Purpose.ACKNOWLEDGEMENT:
        # A word that comes hours late helps nobody: a person gives a better one.
        call_off(reply, why=held_back, now=now)
        ask_for(reply.conversation.case, Todo.Kind.ACKNOWLEDGE, now=now, why=held_back)
    elif held_back:
        _keep_back(reply, why=held_back, now=now)
    return bool(needless or held_back)


def call_off(reply: Reply, *, why: str, now: Moment) -> None:
    """End a queued letter that no person wrote, or that its reader does not want; inside the caller's transaction."""
    reply.state, reply.error = Reply.State.CANCELLED, ""
    message, reply.message = reply.message, None
    write(reply, "state", "error", "message")
    if message is not None:
        withdraw(message, by=None, now=now)
        message.delete()
    record("reply.called_off", at=now, case=reply.conversation.case, reply=reply.pk, why=why)


def _counts_as_answer(reply: Reply, *, now: Moment) -> None:
    """End the tasks that were waiting for it; one meant for later answers them now, when it leaves."""
    case: Case = hold(reply.conversation.case)
    if reply.send_at is not None:
        answer_given(case, now=now)
        walk_by_reply(case, reply.draft.get("stages", []), now=now)
    answered(case, reply=reply, now=now)
    kept_by_reply(case, reply=reply, now=now)


def _keep_back(reply: Reply, *, why: str, now: Moment) -> None:
    if reply.error != why:
        record("reply.held_back", at=now, case=reply.conversation.case, reply=reply.pk, why=why)
    reply.error = why
    if why == "budget":
        reply.due_at = max(budget_free_at(reply, now=now), now + LOOK_AGAIN)
        deliver_later(reply, now=now, at=reply.due_at)
    write(reply, "error", "due_at")


def _tell_case(reply: Reply, *, kind: str, now: Moment) -> None:
    case: Case = hold(reply.conversation.case)
    record(kind, at=now, case=case, actor=reply.author, reply=reply.pk, error=reply.error, tries=reply.tries)
    if reply.state == Reply.State.FAILED:
        whose_turn(case)
