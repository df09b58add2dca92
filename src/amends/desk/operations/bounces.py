"""A reply that came back: it failed, what it promised was never heard, and a dead address is not written to."""

import re
from datetime import timedelta
from typing import Final

from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Bounce, Handle, Message, Reply, Todo
from amends.desk.operations import outbox
from amends.desk.operations.ledger import unheard
from amends.desk.operations.rows import hold
from amends.desk.operations.todos import ask_for
from amends.flow.intake import Intake
from amends.mail.letter import LetterKind
from amends.vocabulary import Moment

ONLY_LATE: Final = re.compile(
    r"^\s{0,8}action:\s{0,8}(delayed|delivered|relayed|expanded)", re.IGNORECASE | re.MULTILINE
)
"""RFC 3464 §2.3.3: everything but `failed` is no bounce of ours to act on."""
STATUS: Final = re.compile(r"^\s{0,8}status:\s{0,8}([245])\.\d{1,3}\.\d{1,3}", re.IGNORECASE | re.MULTILINE)
"""RFC 3464 §2.3.4 and RFC 3463: class 4 may pass, class 5 will not."""
LONGEST_ERROR: Final = 500
LEFT: Final = (Reply.State.SENT, Reply.State.UNCERTAIN)
MOST_SOFT: Final = 3
SOFT_WITHIN: Final = timedelta(days=14)
"""So many full mailboxes in that time make an address as good as dead."""


def take_bounce(message: Message, intake: Intake, *, now: Moment) -> Reply | None:
    """Mark the reply that this letter returns as failed; None when it returns none, or only says that it is late."""
    if intake.letter.kind is not LetterKind.BOUNCE or ONLY_LATE.search(intake.letter.text):
        return None
    sent = Reply.objects.filter(conversation=message.conversation, state__in=LEFT).order_by("-sent_at", "-pk")
    reply = sent.filter(internet_message_id__in=intake.evidence.referenced).first()
    if reply is None:
        return None
    words = " ".join(intake.letter.new_text.split())[:LONGEST_ERROR]
    bounced(reply, error=words, is_hard=is_hard(intake.letter.text), now=now)
    return reply


def is_hard(report: str) -> bool:
    """Return whether a bounce says that the address is dead; one that gives no status is taken at its word."""
    return set(STATUS.findall(report)) != {"4"}


def bounced(reply: Reply, *, error: str, now: Moment, is_hard: bool = True) -> None:
    """Write down that a mail server returned it: it failed, and a person is asked what now.

    A dead address is not written to until a person decides; one that is only full, at the third time in two weeks.
    """
    address = reply.recipient.lower()
    with transaction.atomic():
        Bounce.objects.create(reply=reply, address=address, is_hard=is_hard, words=error, at=now)
        if is_hard or _soft_ones(address, now=now) >= MOST_SOFT:
            _mute(reply, address=address, why="hard" if is_hard else "soft", now=now)
        outbox.returned(reply, error=error, now=now)
        if not reply.automatic:
            _reopen_promises(reply, now=now)


def _soft_ones(address: str, *, now: Moment) -> int:
    return Bounce.objects.filter(address=address, is_hard=False, at__gt=now - SOFT_WITHIN).count()


def _mute(reply: Reply, *, address: str, why: str, now: Moment) -> None:
    Handle.objects.filter(channel="email", value=address).update(muted_at=now)
    record("handle.muted", at=now, case=reply.conversation.case, address=reply.recipient, why=why)


def _reopen_promises(reply: Reply, *, now: Moment) -> None:
    """Tell the owners that the customer heard of none of it: neither what it promised nor that a promise slips."""
    case = hold(reply.conversation.case)
    made = list(reply.message.promises.all()) if reply.message else []
    for promise in [*made, *([reply.tells] if reply.tells else [])]:
        unheard(promise, reply=reply, now=now)
    ask_for(case, Todo.Kind.RETURNED, now=now, reply=reply, why=reply.error)
