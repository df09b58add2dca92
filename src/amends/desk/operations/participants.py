"""Who takes part in a conversation, and who only holds a letter of it."""

from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Agent, Conversation, Message
from amends.desk.operations.rows import hold, write
from amends.vocabulary import Moment


def participants(conversation: Conversation) -> frozenset[str]:
    """Return the addresses, in lower case, of the customer and of everybody who takes part."""
    handles = conversation.case.customer.handles.filter(channel="email").values_list("value", flat=True)
    return frozenset(handles) | frozenset(conversation.participants)


def takes_part(message: Message) -> bool:
    """Return whether the writer of a message takes part in its conversation; answers go to nobody else."""
    return message.sender.lower() in participants(message.conversation)


def admit(message: Message, *, by: Agent, now: Moment) -> Conversation:
    """Let the writer of a message take part: answers may go to them, and their unsigned letters join.

    A person decides it, because whoever is forwarded a letter of ours holds its seal.
    """
    with transaction.atomic():
        conversation = hold(message.conversation)
        email = message.sender.lower()
        if email and email not in conversation.participants:
            conversation.participants = [*conversation.participants, email]
            write(conversation, "participants")
            record("conversation.admitted", at=now, case=conversation.case, actor=by, message=message.pk, email=email)
    return conversation
