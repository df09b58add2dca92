"""Notes ahead that did not leave ahead: withdrawn, and a person is told. Nobody is told after the time (ADR 0109)."""

from django.db import transaction

from amends.desk.models import Promise, Reply, Todo
from amends.desk.operations.ledger import tell_of
from amends.desk.operations.rows import hold, write
from amends.desk.operations.send import take_back
from amends.desk.operations.todos import ask_for
from amends.vocabulary import FINAL_PROMISE_STATES, Moment

TOO_LATE = "promise_due"


def withdraw_late(now: Moment) -> int:
    """Withdraw every note whose promise's time is over before it left; return how many. Twice does no harm."""
    waiting = Reply.objects.filter(state=Reply.State.QUEUED, tells__due_at__lt=now).values_list("pk", flat=True)
    taken = sum(late_unseen(number, now=now) for number in list(waiting))
    drafted = Promise.objects.filter(due_at__lt=now).exclude(state__in=FINAL_PROMISE_STATES).exclude(note_draft="")
    return taken + sum(_drop(promise, now=now) for promise in drafted)


def late_unseen(reply_id: int, *, now: Moment) -> bool:
    """Take back one note that is about to leave after the time it speaks of; return whether it was one.

    Its writer gets the draft back, and a task: now it takes an apology with a name and a cause, not a note ahead.
    """
    note = Reply.objects.filter(pk=reply_id, state=Reply.State.QUEUED, tells__due_at__lt=now).first()
    if note is None or note.tells is None:
        return False
    with transaction.atomic():
        if not take_back(note, by=None, now=now):
            return False
        ask_for(note.conversation.case, Todo.Kind.UNSENT, now=now, reply=note, why=TOO_LATE)
        tell_of(note.tells, "promise.note_withdrawn", by=None, now=now, reply=note.pk)
    return True


def _drop(promise: Promise, *, now: Moment) -> bool:
    """Forget a note that was drafted and never sent: read now, it would say what is no longer true."""
    with transaction.atomic():
        if not hold(promise).note_draft or promise.state in FINAL_PROMISE_STATES:
            return False
        promise.note_draft = ""
        write(promise, "note_draft")
        tell_of(promise, "promise.note_withdrawn", by=None, now=now)
    return True
