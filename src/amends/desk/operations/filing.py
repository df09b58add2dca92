"""Where letters belong: their conversations, cases, customers. Many are written together, table by table (ADR 0129)."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.db.models import Model

from amends.desk.enqueue import enqueue_all
from amends.desk.events import record_these
from amends.desk.models import (
    Attachment,
    Case,
    CaseMove,
    Conversation,
    Customer,
    Event,
    Handle,
    Layout,
    Message,
)
from amends.desk.operations.acknowledge import READ_FIRST, may_be_acknowledged
from amends.desk.operations.addresses import new_token
from amends.desk.operations.archived import IMPORTED, counts_from, is_history, let_rest_as_history
from amends.desk.operations.blocking import DOUBT
from amends.desk.operations.bounces import take_bounce
from amends.desk.operations.brands import first_brand
from amends.desk.operations.known import Known, email_of
from amends.desk.operations.layouts import layout_of
from amends.desk.operations.letters_in import attachment_of, message_of
from amends.desk.operations.next_step import OPEN_AGAIN, end_follow_up
from amends.desk.operations.our_side import OurSide
from amends.desk.operations.rows import VOICES, hold, write
from amends.desk.operations.send_later import overtaken
from amends.desk.operations.understanding import Understood
from amends.flow.intake import WRITTEN_ON_OUR_PAGES, Intake
from amends.mail.threads import Why
from amends.vocabulary import Moment

FIRST_WORDS: Final = 160
CHANGED: Final = (
    "status", "resolved_at", "ending", "snoozed_until", "waiting_since", "last_customer_at", "version",
)  # fmt: skip
"""The columns of a case that its customer's words may change."""
Facts = Callable[[], dict[str, Any]]
"""What happened; asked for when the rows are written, because only then they have keys."""


class Sheaf:
    """Messages about to be filed. `add` finds each its place, `write` writes them all; both inside one transaction."""

    def __init__(self, known: Known, ours: OurSide, *, now: Moment) -> None:
        self._known, self._ours, self._now = known, ours, now
        self._customers: list[Customer] = []
        self._handles: list[Handle] = []
        self._cases: list[Case] = []
        self._conversations: list[Conversation] = []
        self._messages: list[tuple[Message, Understood]] = []
        self._events: list[tuple[str, Case, Facts]] = []
        self._to_read: list[Message] = []
        self._to_acknowledge: list[Message] = []

    def add(self, what: Understood) -> Message | None:
        """Return the message, not yet written, on its case; None when it is here already.

        Who failed to be who they say is heard like anybody, but gets no case by headers and no customer's account.
        """
        intake = what.intake
        if intake.dedupe_key in self._known.keys or self._is_our_own(intake):
            return None
        conversation, why = self._conversation(what)
        taught = self._known.taught.get(email_of(intake))
        message = message_of(what, conversation=conversation, why=why, taught=taught)
        self._let_speak(message, what)
        self._messages.append((message, what))
        self._known.learn(message)
        return message

    def write(self) -> None:
        """Write everything that was added, and ask for what follows from it."""
        Customer.objects.bulk_create(self._customers)
        Handle.objects.bulk_create(self._handles)
        _write_cases(self._cases)
        Conversation.objects.bulk_create(self._conversations)
        Message.objects.bulk_create(message for message, _ in self._messages)
        Layout.objects.bulk_create(row for said, what in self._messages for row in layout_of(said, _html(what)))
        Attachment.objects.bulk_create(
            attachment_of(said, sketch) for said, what in self._messages for sketch in what.drawn
        )
        record_these(Event(kind=kind, at=self._now, case=case, facts=facts()) for kind, case, facts in self._events)
        enqueue_all("read_message", now=self._now, arguments=map(_naming, self._to_read))
        read_by = self._now + READ_FIRST
        enqueue_all("acknowledge_message", now=self._now, due_at=read_by, arguments=map(_naming, self._to_acknowledge))
        for message, what in self._messages:
            if what.intake.is_machine and not is_history(what.raw, at=message.at):
                take_bounce(message, what.intake, now=self._now)

    def _is_our_own(self, intake: Intake) -> bool:
        """Return whether one of our own replies came back to us, as a copy to a list or a forwarding rule brings it.

        Somebody else's letter under a Message-ID of ours is theirs, whatever it is meant for, and is kept.
        """
        name, sender = intake.letter.message_id, intake.letter.sender
        if not name or sender is None or sender.email.lower() not in self._ours.addresses:
            return False
        return Message.objects.filter(internet_message_id=name, direction=Message.Direction.OUT).exists()

    def _conversation(self, what: Understood) -> tuple[Conversation, Why]:
        """Return the conversation a letter continues or begins, and why."""
        raw = what.raw
        if raw.channel in WRITTEN_ON_OUR_PAGES and raw.envelope.get("case"):
            return conversation_of_page(raw.envelope["case"]), Why.OUR_PAGE
        placement = self._known.placement(what.intake, trust=what.trust)
        found = self._known.conversations.get(placement.join or "")
        if found is not None:
            return found, placement.why
        near = self._known.conversations.get(placement.linked_to or "")
        return self._begun(what, near=near), placement.why

    def _begun(self, what: Understood, *, near: Conversation | None) -> Conversation:
        """Return the first conversation of a new case."""
        raw, intake = what.raw, what.intake
        mailbox = self._ours.mailbox_of(raw, intake)
        customer = self._customer(what)
        case = Case(
            customer=customer,
            brand=mailbox.brand if mailbox else self._ours.brand_of(intake) or first_brand(now=self._now),
            linked_to=near.case if near else None,
            subject=intake.subject,
            # Nobody waits behind a machine's mail, nor do we for anybody: it stands apart until a person writes.
            status=Case.Status.MACHINE if intake.is_machine else Case.Status.OPEN,
            opened_at=counts_from(raw, intake.letter),
        )
        self._cases.append(case)
        self._tell("case.opened", case, lambda: {"customer": customer.pk, "linked_to": case.linked_to_id})
        email = email_of(intake)
        conversation = Conversation(
            case=case,
            channel="webform" if raw.channel in WRITTEN_ON_OUR_PAGES else "email",
            mailbox=mailbox,
            token=new_token(),
            subject=intake.subject,
            participants=[email] if email else [],
            started_at=case.opened_at,
        )
        self._conversations.append(conversation)
        return conversation

    def _customer(self, what: Understood) -> Customer:
        """Return the customer known by this address; a new one otherwise, never a guessed one.

        Who failed to be who they say gets one without an address: the account is somebody else's until a person merges.
        """
        email = "" if what.trust.failed else email_of(what.intake)
        if email in self._known.customers:
            return self._known.customers[email]
        writer = what.intake.writer
        customer = Customer(name=writer.name[:200] if writer else "", since=self._now)
        self._customers.append(customer)
        if email:
            self._known.customers[email] = customer
            self._handles.append(Handle(customer=customer, channel="email", value=email[:320]))
        return customer

    def _let_speak(self, message: Message, what: Understood) -> None:
        """Let a message do to its case what such a message does."""
        case, is_new = self._held(message.conversation)
        if is_history(what.raw, at=message.at):
            let_rest_as_history(case, at=message.at)
            self._tell("message.filed_as_history", case, lambda: _filed(message))
        elif what.intake.is_machine:
            self._tell("message.filed", case, lambda: _filed(message))
        elif message.sender in self._known.blocked:
            self._be_silent(case, message, is_new=is_new)
            self._follow(message, what, case)
        else:
            self._customer_spoke(case, message)
            self._follow(message, what, case)
        if case.pk is not None:
            write(case, *CHANGED)

    def _held(self, conversation: Conversation) -> tuple[Case, bool]:
        """Return the case of a conversation, held if it is written already, and whether this message begins it."""
        if conversation._state.adding:
            return conversation.case, all(said.conversation is not conversation for said, _ in self._messages)
        case: Case = hold(conversation.case)
        lies_in = Conversation.objects.values_list("case_id", flat=True).get(pk=conversation.pk)
        if lies_in != case.pk:  # somebody merged it into another case while we waited for this one
            conversation.refresh_from_db(fields=["case"])
            case = hold(conversation.case)
        return case, False

    def _be_silent(self, case: Case, message: Message, *, is_new: bool) -> None:
        """Keep a message of a blocked sender: nobody is called, and a case that it began stands in no queue.

        A case on which others wrote before stays where it is: a block must not hide what was not theirs.
        """
        message.doubts = [*message.doubts, DOUBT]
        if is_new:
            case.status = Case.Status.SPAM
        self._tell("message.filed_in_silence", case, lambda: {"message": message.pk, "sender": message.sender})

    def _customer_spoke(self, case: Case, message: Message) -> None:
        """Whatever the case was doing, the customer's words bring it back: it is our turn."""
        if case.pk is not None:
            overtaken(case, now=self._now)
        before = case.status
        case.status, case.resolved_at, case.ending, case.snoozed_until = Case.Status.OPEN, None, "", None
        case.waiting_since = case.waiting_since or message.at
        case.last_customer_at = message.at
        case.version += 1
        if before == Case.Status.RESOLVED:
            # Nobody asks "is all well now?" of somebody who has just written that it is not.
            end_follow_up(case, why=OPEN_AGAIN, now=self._now)
            self._tell("case.reopened", case, lambda: {"before": before})
        heard = {"version": case.version, "words": message.new_text[:FIRST_WORDS]}
        self._tell("message.filed", case, lambda: _filed(message) | heard)

    def _follow(self, message: Message, what: Understood, case: Case) -> None:
        """Ask for what follows a person's words: a reading, and an acknowledgement of the first."""
        self._to_read.append(message)
        # Whoever wrote last week is not thanked by a machine today.
        if what.raw.channel == IMPORTED or not may_be_acknowledged(
            message, what.intake, own_addresses=self._ours.addresses
        ):
            return
        if self._is_first_voice(message, case):
            self._to_acknowledge.append(message)

    def _is_first_voice(self, message: Message, case: Case) -> bool:
        if any(said.kind in VOICES and said.conversation.case is case for said, _ in self._messages):
            return False
        return case.pk is None or not Message.objects.filter(conversation__case=case, kind__in=VOICES).exists()

    def _tell(self, kind: str, case: Case, facts: Facts) -> None:
        self._events.append((kind, case, facts))


def conversation_of_page(case_id: int) -> Conversation:
    """Return where words from the page of a case go: into the conversation that was that case's, wherever it lies."""
    own = Conversation.objects.filter(case_id=case_id)
    moved = CaseMove.objects.filter(source_id=case_id, kind=CaseMove.Kind.MERGE, undone_at=None).last()
    if moved is not None and not own.exists():
        own = Conversation.objects.filter(pk__in=moved.carried["conversations"])
    return own.latest("started_at")


def _write_cases(cases: Iterable[Case]) -> None:
    """Write new cases; one that is linked to another new one waits until that has its key."""
    waiting = list(cases)
    while waiting:
        ready = [case for case in waiting if case.linked_to is None or case.linked_to.pk]
        Case.objects.bulk_create(ready)
        waiting = [case for case in waiting if case.pk is None]


def _filed(message: Message) -> dict[str, Any]:
    return {"message": message.pk, "letter": message.kind}


def _naming(message: Model) -> dict[str, Any]:
    return {"message_id": message.pk}


def _html(what: Understood) -> str:
    return what.intake.letter.html
