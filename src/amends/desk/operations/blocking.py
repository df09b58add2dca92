"""Mail that nobody asked for: out of every queue, and never deleted."""

import re
from collections.abc import Iterable
from typing import Final

from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Agent, Block, Case, Handle
from amends.desk.operations.case_life import whose_turn
from amends.desk.operations.errors import CannotBlock
from amends.desk.operations.rows import hold, write
from amends.vocabulary import Moment

LONGEST: Final = 320
SENDER: Final = re.compile(r"[^\s@]{0,64}@[^\s@]{1,120}\.[^\s@.]{1,60}")
DOUBT: Final = "blocked: mail of this sender calls nobody"


def mark_spam(case: Case, *, by: Agent, now: Moment) -> bool:
    """Take a case out of every queue; return whether it was in one. Not spam brings it back as it was."""
    with transaction.atomic():
        if hold(case).status in (Case.Status.SPAM, Case.Status.MERGED):
            return False
        before = case.status
        case.status = Case.Status.SPAM
        write(case, "status")
        record("case.spam", at=now, case=case, actor=by, before=before)
    return True


def not_spam(case: Case, *, by: Agent, now: Moment) -> bool:
    """Bring a case back to where it stood; return whether it was spam. Who waits by then stands in the queue."""
    with transaction.atomic():
        if hold(case).status != Case.Status.SPAM:
            return False
        told = case.events.filter(kind="case.spam").order_by("-pk").first()
        case.status = told.facts["before"] if told else Case.Status.WAITING
        write(case, "status")
        if case.status != Case.Status.MACHINE and not _rests(case):
            whose_turn(case)
        record("case.not_spam", at=now, case=case, actor=by, status=case.status)
    return True


def block(sender: str, *, why: str = "", by: Agent, now: Moment) -> Block:
    """File future mail of an address, or of a whole `@domain`, in silence. Raises CannotBlock for what is neither."""
    sender = sender.strip().lower()[:LONGEST]
    if not SENDER.fullmatch(sender):
        raise CannotBlock
    with transaction.atomic():
        standing = Block.objects.filter(sender=sender, lifted_at=None).first()
        if standing is not None:
            return standing
        made = Block.objects.create(sender=sender, why=why[:240], began_by=by, began_at=now)
        record("sender.blocked", at=now, actor=by, block=made.pk, sender=sender)
    return made


def lift(standing: Block, *, by: Agent, now: Moment) -> bool:
    """Let mail of this sender call us again; return whether it was blocked."""
    with transaction.atomic():
        if hold(standing).lifted_at is not None:
            return False
        standing.lifted_at, standing.lifted_by = now, by
        write(standing, "lifted_at", "lifted_by")
        record("sender.unblocked", at=now, actor=by, block=standing.pk, sender=standing.sender)
    return True


def is_blocked(sender: str) -> bool:
    """Return whether mail of this address is filed in silence."""
    return bool(standing_blocks([sender]))


def standing_blocks(senders: Iterable[str]) -> frozenset[str]:
    """Return those of these addresses whose mail is filed in silence."""
    named = {sender.strip().lower(): sender for sender in senders if "@" in sender}
    asked = {*named, *map(_domain, named)}
    blocked = set(Block.objects.filter(lifted_at=None, sender__in=asked).values_list("sender", flat=True))
    return frozenset(sender for plain, sender in named.items() if blocked & {plain, _domain(plain)})


def _domain(address: str) -> str:
    return "@" + address.rpartition("@")[2]


def addresses_of(case: Case) -> list[str]:
    """Return the mail addresses by which the customer of a case may be blocked."""
    return list(Handle.objects.filter(customer=case.customer, channel="email").values_list("value", flat=True))


def _rests(case: Case) -> bool:
    return case.status == Case.Status.RESOLVED and case.waiting_since is None
