"""What the desk knows already of a group of letters, asked once for all of them and kept up while they are filed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from amends.desk.models import Conversation, Customer, Handle, Marking, Message
from amends.desk.operations.blocking import standing_blocks
from amends.desk.operations.marking import last_taught
from amends.flow.intake import Intake
from amends.mail.threads import Placement, place
from amends.mail.trust import Trust


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is here, and what became of the letters of the group so far. True only inside one transaction."""

    keys: set[str]
    customers: dict[str, Customer]
    conversations: dict[str, Conversation]
    said: dict[str, Conversation]
    addresses: dict[int, frozenset[str]]
    blocked: frozenset[str]
    taught: dict[str, Marking]
    fresh: dict[int, int] = field(default_factory=dict)

    def placement(self, intake: Intake, *, trust: Trust) -> Placement:
        """Return where a letter belongs, by what it names."""
        evidence = intake.evidence
        near = {name: self.said[name] for name in evidence.referenced if name in self.said}
        signed = self.conversations.get(evidence.signed or "")
        asked = [*near.values(), *([signed] if signed else [])]
        return place(
            evidence,
            known_participants={conversation.token: self._participants(conversation) for conversation in asked},
            conversations_by_message_id={name: conversation.token for name, conversation in near.items()},
            is_unproved=trust.failed,
        )

    def learn(self, message: Message) -> None:
        """Take notice of a message of this group, so that the next ones may answer it or be the same."""
        self.keys.add(message.dedupe_key)
        self.conversations[message.conversation.token] = message.conversation
        if message.internet_message_id:
            self.said[message.internet_message_id] = message.conversation

    def _participants(self, conversation: Conversation) -> frozenset[str]:
        # A customer met in this very group has no key yet; their address is among the participants.
        theirs = self.addresses.get(conversation.case.customer_id or 0, frozenset())
        return theirs | frozenset(conversation.participants)


def known_of(intakes: Sequence[Intake]) -> Known:
    """Return what the desk knows of these letters. Call inside the transaction that files them."""
    writers = {email_of(intake) for intake in intakes} - {""}
    named = {name for intake in intakes for name in intake.evidence.referenced}
    said = dict(
        Message.objects.filter(internet_message_id__in=named)
        .order_by("pk")
        .values_list("internet_message_id", "conversation_id")
    )
    signed = {intake.evidence.signed for intake in intakes if intake.evidence.signed}
    found = Conversation.objects.filter(Q(pk__in=set(said.values())) | Q(token__in=signed))
    conversations = {row.pk: row for row in found.select_related("case__customer", "case__brand")}
    handles = Handle.objects.filter(channel="email", value__in=writers).select_related("customer")
    customers = {handle.value: handle.customer for handle in handles}
    return Known(
        keys=_keys_here(intakes),
        customers=customers,
        conversations={row.token: row for row in conversations.values()},
        said={name: conversations[key] for name, key in said.items()},
        addresses=_addresses({row.case.customer_id for row in conversations.values()} | _pks(customers)),
        blocked=standing_blocks(writers),
        taught=last_taught(writers),
    )


def email_of(intake: Intake) -> str:
    """Return the address of who wrote it, in lower case; empty without one."""
    return intake.writer.email.lower() if intake.writer else ""


def _keys_here(intakes: Sequence[Intake]) -> set[str]:
    keys = [intake.dedupe_key for intake in intakes]
    return set(Message.objects.filter(dedupe_key__in=keys).values_list("dedupe_key", flat=True))


def _pks(customers: dict[str, Customer]) -> set[int]:
    return {customer.pk for customer in customers.values()}


def _addresses(customers: set[int]) -> dict[int, frozenset[str]]:
    """Return the addresses of each of these customers."""
    found: dict[int, set[str]] = {}
    handles = Handle.objects.filter(customer__in=customers, channel="email") if customers else Handle.objects.none()
    for customer, value in handles.values_list("customer_id", "value"):
        found.setdefault(customer, set()).add(value)
    return {customer: frozenset(values) for customer, values in found.items()}
