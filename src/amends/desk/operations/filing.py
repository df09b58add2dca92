"""Where a letter belongs: its conversation, its case, its customer."""

from collections.abc import Iterable
from dataclasses import dataclass

from amends.desk import blobs
from amends.desk.events import record
from amends.desk.models import (
    Attachment,
    Brand,
    Case,
    CaseMove,
    Conversation,
    Customer,
    Handle,
    Mailbox,
    Message,
    RawMessage,
)
from amends.desk.operations.addresses import new_token, own_addresses
from amends.desk.operations.archived import counts_from, file_as_history, is_history
from amends.desk.operations.blocking import file_in_silence, is_blocked
from amends.desk.operations.bounces import take_bounce
from amends.desk.operations.brands import first_brand
from amends.desk.operations.layouts import keep_layout
from amends.desk.operations.marking import as_remembered
from amends.desk.operations.participants import participants
from amends.desk.operations.pictures import thumbnail
from amends.desk.operations.rows import hold, raise_version, write
from amends.desk.operations.send_later import overtaken
from amends.flow.intake import WRITTEN_ON_OUR_PAGES, Intake
from amends.mail.letter import Part
from amends.mail.threads import Placement, Why, place
from amends.mail.trust import Trust
from amends.vocabulary import Moment

FIRST_WORDS = 160


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """An attachment whose bytes, and small copy if it is a picture, are on the disk."""

    part: Part
    sha256: str
    thumbnail_sha256: str


def sketches(parts: Iterable[Part]) -> list[Sketch]:
    """Keep the bytes of attachments and draw their small copies; done before the transaction, because it is slow."""
    return [
        Sketch(
            part=part,
            sha256=blobs.keep(part.content),
            thumbnail_sha256=thumbnail(part.content, media_type=part.media_type),
        )
        for part in parts
    ]


def file_intake(
    raw: RawMessage, intake: Intake, *, drawn: list[Sketch], trust: Trust, now: Moment
) -> Message | None:  # fmt: skip
    """Write the message with its case; None when this message is here already. Call inside a transaction.

    Who failed to be who they say is heard like anybody, but gets no case by headers and no customer's account.
    """
    if Message.objects.filter(dedupe_key=intake.dedupe_key).exists() or _is_our_own(intake):
        return None
    conversation, why = _conversation(raw, intake, trust=trust, now=now)
    message = _message(raw, intake, conversation=conversation, why=why, trust=trust, now=now)
    keep_layout(message, intake.letter.html)
    for sketch in drawn:
        _attach(message, sketch)
    case = hold(conversation.case)
    if is_history(raw, at=message.at):
        file_as_history(case, message, now=now)
    elif intake.is_machine:
        record("message.filed", at=now, case=case, message=message.pk, letter=message.kind)
        take_bounce(message, intake, now=now)
    elif is_blocked(message.sender):
        file_in_silence(case, message, is_new=case.conversations.count() == 1 and _is_first(message), now=now)
    else:
        _customer_spoke(case, message, now=now)
    return message


def _is_first(message: Message) -> bool:
    return not Message.objects.filter(conversation=message.conversation).exclude(pk=message.pk).exists()


def _is_our_own(intake: Intake) -> bool:
    """Return whether one of our own replies came back to us, as a copy to a list or a forwarding rule brings it.

    Somebody else's letter under a Message-ID of ours is theirs, whatever it is meant for, and is kept.
    """
    name, sender = intake.letter.message_id, intake.letter.sender
    if not name or sender is None or sender.email.lower() not in own_addresses():
        return False
    return Message.objects.filter(internet_message_id=name, direction=Message.Direction.OUT).exists()


def _conversation(raw: RawMessage, intake: Intake, *, trust: Trust, now: Moment) -> tuple[Conversation, Why]:
    """Return the conversation a letter continues or begins, and why."""
    if raw.channel in WRITTEN_ON_OUR_PAGES and raw.envelope.get("case"):
        return conversation_of_page(raw.envelope["case"]), Why.OUR_PAGE
    placement = _placement(intake, trust=trust)
    found = Conversation.objects.filter(token=placement.join).first() if placement.join else None
    if found is not None:
        return found, placement.why
    near = Conversation.objects.filter(token=placement.linked_to).first() if placement.linked_to else None
    return _begin(raw, intake, near=near, trust=trust, now=now), placement.why


def conversation_of_page(case_id: int) -> Conversation:
    """Return where words from the page of a case go: into the conversation that was that case's, wherever it lies."""
    own = Conversation.objects.filter(case_id=case_id)
    moved = CaseMove.objects.filter(source_id=case_id, kind=CaseMove.Kind.MERGE, undone_at=None).last()
    if moved is not None and not own.exists():
        own = Conversation.objects.filter(pk__in=moved.carried["conversations"])
    return own.latest("started_at")


def _placement(intake: Intake, *, trust: Trust) -> Placement:
    names = intake.evidence.referenced
    said = Message.objects.filter(internet_message_id__in=names).select_related("conversation__case__customer")
    near = {message.internet_message_id: message.conversation for message in said}
    signed = Conversation.objects.filter(token=intake.evidence.signed or "").select_related("case__customer")
    return place(
        intake.evidence,
        known_participants={
            conversation.token: participants(conversation) for conversation in [*signed, *near.values()]
        },
        conversations_by_message_id={name: conversation.token for name, conversation in near.items()},
        is_unproved=trust.failed,
    )


def _begin(
    raw: RawMessage, intake: Intake, *, near: Conversation | None, trust: Trust, now: Moment
) -> Conversation:  # fmt: skip
    mailbox = mailbox_of(raw, intake)
    customer = _customer(intake, trust=trust, now=now)
    case = Case.objects.create(
        customer=customer,
        brand=mailbox.brand if mailbox else _brand(intake, now=now),
        linked_to=near.case if near else None,
        subject=intake.subject,
        # Nobody waits behind a machine's mail, nor do we for anybody: it stands apart until a person writes.
        status=Case.Status.MACHINE if intake.is_machine else Case.Status.OPEN,
        opened_at=counts_from(raw, intake.letter),
    )
    record("case.opened", at=now, case=case, customer=customer.pk, linked_to=case.linked_to_id)
    return Conversation.objects.create(
        case=case,
        channel="webform" if raw.channel in WRITTEN_ON_OUR_PAGES else "email",
        mailbox=mailbox,
        token=new_token(),
        subject=intake.subject,
        participants=[intake.writer.email.lower()] if intake.writer and intake.writer.email else [],
        started_at=case.opened_at,
    )


def _customer(intake: Intake, *, trust: Trust, now: Moment) -> Customer:
    """Return the customer known by this address; a new one otherwise, never a guessed one.

    Who failed to be who they say gets one without an address: the account is somebody else's until a person merges.
    """
    email = intake.writer.email.lower() if intake.writer and not trust.failed else ""
    known = Handle.objects.filter(channel="email", value=email).select_related("customer").first() if email else None
    if known is not None:
        return known.customer
    name = intake.writer.name if intake.writer else ""
    customer = Customer.objects.create(name=name[:200], since=now)
    if email:
        Handle.objects.create(customer=customer, channel="email", value=email[:320])
    return customer


def mailbox_of(raw: RawMessage, intake: Intake) -> Mailbox | None:
    """Return the mailbox it came to: the one it was fetched from, else the first recipient that is one of ours."""
    number = raw.envelope.get("mailbox")
    if number:
        return Mailbox.objects.select_related("brand").filter(pk=number).first()
    mailboxes = {box.address.lower(): box for box in Mailbox.objects.select_related("brand")}
    return next((mailboxes[address] for address in _recipients(raw, intake) if address in mailboxes), None)


def _recipients(raw: RawMessage, intake: Intake) -> list[str]:
    written = [address.email for address in (*intake.letter.to, *intake.letter.cc)]
    return [address.lower() for address in (*raw.envelope.get("rcpt", ()), *written)]


def _brand(intake: Intake, *, now: Moment) -> Brand:
    written = {address.email.lower() for address in (*intake.letter.to, *intake.letter.cc)}
    brands = list(Brand.objects.order_by("pk"))
    named = [brand for brand in brands if brand.address.lower() in written]
    found = next(iter([*named, *brands]), None)
    return found or first_brand(now=now)


def _message(
    raw: RawMessage, intake: Intake, *, conversation: Conversation, why: Why, trust: Trust, now: Moment
) -> Message:  # fmt: skip
    letter = intake.letter
    taught = as_remembered(letter, sender=intake.writer.email if intake.writer else "", trust=trust)
    folded = taught.folded if taught else letter.folded
    return Message.objects.create(
        conversation=conversation,
        direction=Message.Direction.IN,
        kind=letter.kind.value,
        sender=intake.writer.email[:320] if intake.writer else "",
        sender_name=intake.writer.name[:200] if intake.writer else "",
        subject=letter.subject[:300],
        text=letter.text,
        new_text=(taught or letter).new_text or letter.text,
        folded=[[span.start, span.end] for span in folded],
        at=counts_from(raw, letter),
        written_at=letter.date,
        internet_message_id=letter.message_id[:500],
        dedupe_key=intake.dedupe_key,
        raw=raw,
        why_here=why,
        trust=trust.verdict,
        trust_reasons=[because.as_json() for because in trust.because],
        doubts=[*letter.doubts, *_cut(raw)],
    )


def _cut(raw: RawMessage) -> list[str]:
    """Return the doubt that a channel had to cut this mail, because it was larger than we take."""
    true_size = raw.envelope.get("cut_from")
    return [f"cut: {raw.size} of {true_size} bytes were taken"] if true_size else []


def _attach(message: Message, sketch: Sketch) -> None:
    Attachment.objects.create(
        message=message,
        name=sketch.part.name[-255:],
        media_type=sketch.part.media_type[:120],
        size=sketch.part.size,
        sha256=sketch.sha256,
        thumbnail_sha256=sketch.thumbnail_sha256,
        content_id=sketch.part.content_id[:255],
    )


def _customer_spoke(case: Case, message: Message, *, now: Moment) -> None:
    """Whatever the case was doing, the customer's words bring it back: it is our turn."""
    overtaken(case, now=now)
    before = case.status
    case.status, case.resolved_at, case.ending, case.snoozed_until = Case.Status.OPEN, None, "", None
    case.waiting_since = case.waiting_since or message.at
    case.last_customer_at = message.at
    write(case, "status", "resolved_at", "ending", "snoozed_until", "waiting_since", "last_customer_at")
    if before == Case.Status.RESOLVED:
        record("case.reopened", at=now, case=case, before=before)
    record(
        "message.filed", at=now, case=case, message=message.pk, letter=message.kind,
        version=raise_version(case), words=message.new_text[:FIRST_WORDS],
    )  # fmt: skip
