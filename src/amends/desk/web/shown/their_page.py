"""What a customer sees of their own case: nothing that is only ours to know."""

from dataclasses import dataclass
from datetime import datetime

from amends.desk.models import Attachment, Case, Message, MessageReading, Promise
from amends.desk.web.shown.gist import Gist, gist_of
from amends.desk.web.shown.ledger import ShownPromise, shown


@dataclass(frozen=True, kw_only=True)
class TheirPage:
    """`understood` in words, who is on it, what was promised, what was said, and the photos they sent."""

    understood: Gist
    was_read: bool
    person: str
    promises: list[ShownPromise]
    said: list[Message]
    photos: list[Attachment]
    felt: int | None
    is_resolved: bool
    was_answered: bool


def their_page(case: Case, *, now: datetime) -> TheirPage:
    """Return what the customer's page shows."""
    readings = MessageReading.objects.filter(message__conversation__case=case).order_by("message__at")
    last = readings.last()
    said = Message.objects.filter(conversation__case=case, kind__in=["human", "list"])
    visible = said.exclude(reply__state__in=["queued", "cancelled", "failed"]).order_by("-at")
    felt = case.events.filter(kind="customer.felt").last()
    return TheirPage(
        understood=gist_of(case, last.reading if last else None),
        was_read=last is not None,
        person=str(case.owner) if case.owner else "",
        promises=[shown(promise, now=now) for promise in _promises(case)],
        said=list(visible[:20]),
        photos=list(Attachment.objects.filter(message__in=said).exclude(thumbnail_sha256="")[:12]),
        felt=felt.facts["intensity"] if felt else None,
        is_resolved=case.status == Case.Status.RESOLVED,
        was_answered=case.last_reply_at is not None,
    )


def _promises(case: Case) -> list[Promise]:
    """Return the promises the customer was told of: those whose reply has left."""
    theirs = Promise.objects.filter(case=case).exclude(kind=Promise.Kind.CLOCK)
    rows = theirs.exclude(message__reply__state__in=["queued", "cancelled", "failed"])
    return list(rows.order_by("due_at"))
