"""What a customer sees of their own case: nothing that is only ours to know."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from amends.desk.models import Attachment, Case, Message, MessageReading, Promise, Reply
from amends.desk.operations.heats import SOLVED
from amends.desk.operations.keeping import disputed
from amends.desk.operations.new_dates import proposal
from amends.desk.web.shown.gist import Gist, gist_of, so_far
from amends.vocabulary import PromiseState

NOTHING_TO_DENY: Final = (PromiseState.BROKEN, PromiseState.RELEASED)


@dataclass(frozen=True, kw_only=True)
class TheirPromise:
    """One promise as the customer may know it.

    `standing` is what the page says of it; `note` what we wrote to them before it was late, `new_due_at` the time that
    it proposes, while they can still say yes to it. `may_deny`: they can say that it did not happen.
    """

    promise: Promise
    standing: str
    may_deny: bool
    note: str
    new_due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class TheirPage:
    """`understood` in words, who is on it, what was promised, what was said, and the photos they sent.

    `said_solved`: they told us that it is solved, and have not written since.
    """

    understood: Gist
    was_read: bool
    person: str
    promises: list[TheirPromise]
    said: list[Message]
    photos: list[Attachment]
    felt: int | None
    is_resolved: bool
    was_answered: bool
    said_solved: bool

    @property
    def owes(self) -> bool:
        """Return whether something that we promised is still to come."""
        return any(not PromiseState(row.promise.state).final for row in self.promises)


def their_page(case: Case, *, now: datetime) -> TheirPage:
    """Return what the customer's page shows."""
    readings = MessageReading.objects.filter(message__conversation__case=case).order_by("message__at")
    read = [row.reading for row in readings]
    said = Message.objects.filter(conversation__case=case, kind__in=["human", "list"])
    visible = said.exclude(reply__state__in=["queued", "cancelled", "failed"]).order_by("-at")
    felt = case.events.filter(kind="customer.felt").last()
    said_solved = _said_solved(case)
    return TheirPage(
        understood=gist_of(case, so_far(read)),
        was_read=bool(read),
        person=str(case.owner) if case.owner else "",
        promises=_their_promises(case, said_solved=said_solved, now=now),
        said=list(visible[:20]),
        photos=list(Attachment.objects.filter(message__in=said).exclude(thumbnail_sha256="")[:12]),
        felt=felt.facts["intensity"] if felt else None,
        is_resolved=case.status == Case.Status.RESOLVED,
        was_answered=case.last_reply_at is not None,
        said_solved=said_solved,
    )


def _said_solved(case: Case) -> bool:
    """Return whether their last word is that it is solved, by their page or as a person wrote it down."""
    if case.status == Case.Status.RESOLVED and case.ending == Case.Ending.CUSTOMER_SAID:
        return True
    said = case.events.filter(kind=SOLVED).order_by("at").last()
    return said is not None and (case.last_customer_at is None or said.at >= case.last_customer_at)


def _their_promises(case: Case, *, said_solved: bool, now: datetime) -> list[TheirPromise]:
    """Return the promises the customer was told of: those whose reply has left."""
    theirs = Promise.objects.filter(case=case).exclude(kind=Promise.Kind.CLOCK)
    rows = theirs.exclude(message__reply__state__in=["queued", "cancelled", "failed"]).order_by("due_at")
    found = list(rows.select_related("message").prefetch_related("told_by", "replaced_by"))
    denied = disputed(found)
    return [_theirs(promise, is_denied=promise.pk in denied, said_solved=said_solved, now=now) for promise in found]


def _theirs(promise: Promise, *, is_denied: bool, said_solved: bool, now: datetime) -> TheirPromise:
    state, is_over = PromiseState(promise.state), promise.due_at < now
    standing = _standing(promise, state, is_denied=is_denied, is_over=is_over)
    proposed = proposal(promise)
    return TheirPromise(
        promise=promise,
        standing="owed_all_the_same" if said_solved and standing == PromiseState.MADE else standing,
        may_deny=(is_over or state.final) and not is_denied and state not in NOTHING_TO_DENY,
        note="" if state.final else _note(promise),
        new_due_at=proposed.new_due_at if proposed and proposed.new_due_at and proposed.new_due_at > now else None,
    )


def _standing(promise: Promise, state: PromiseState, *, is_denied: bool, is_over: bool) -> str:
    """Return what the page says of a promise: an hour that is over is over, whatever nobody has written down yet."""
    if is_denied and state is not PromiseState.BROKEN:
        return "denied"
    if state is PromiseState.RELEASED:
        return "agreed_anew" if promise.replaced_by.all() else "needless"
    if state.final:
        return state.value
    return "overdue" if is_over else state.value


def _note(promise: Promise) -> str:
    """Return what we wrote to them before it was late; "" when nothing has left."""
    left = [note for note in promise.told_by.all() if note.state == Reply.State.SENT]
    return max(left, key=lambda note: note.pk).text if left else ""
