"""Addresses and Message-IDs by which answers find home."""

import secrets

from django.conf import settings

from amends.desk.models import Brand, Conversation
from amends.mail.threads import message_id


def address_of_desk(conversation: Conversation) -> str:
    """Return the address a conversation is answered from: its mailbox's, else the brand's."""
    return conversation.mailbox.address if conversation.mailbox else conversation.case.brand.address


def new_token() -> str:
    """Return the token of a new conversation."""
    return secrets.token_hex(8)


def own_addresses() -> frozenset[str]:
    """Return every address that is ours, in lower case."""
    both = Brand.objects.order_by().values_list("address", "mailboxes__address")
    return frozenset(address.lower() for pair in both for address in pair if address)


def new_message_id(conversation: Conversation) -> str:
    """Return a Message-ID, sealed with our key, for a reply into a conversation."""
    nonce = secrets.token_hex(8)
    return message_id(conversation.token, nonce=nonce, domain=settings.MAIL_DOMAIN, key=settings.MAIL_KEY)
