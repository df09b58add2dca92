"""A reply of the desk as a mail: from the brand, in its thread, with its files and its signature."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from amends.desk import blobs
from amends.desk.models import Message, Reply
from amends.desk.operations.acknowledge import subject_of
from amends.desk.operations.addresses import address_of_desk
from amends.desk.operations.customer_page import token
from amends.desk.operations.unsubscribe import stop_link
from amends.mail.compose import OutgoingLetter, compose
from amends.mail.letter import Address, Part
from amends.mail.threads import reply_address
from amends.mail.trust import Verdict
from amends.vocabulary import Moment

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def composed(reply: Reply, *, now: Moment) -> bytes:
    """Return the letter as it goes over the wire.

    Raises AmendsError for an address that cannot be written and OSError for a file that is gone from the disk.
    """
    conversation = reply.conversation
    brand, address = conversation.case.brand, address_of_desk(conversation)
    return compose(
        OutgoingLetter(
            sender=Address(email=address, name=", ".join(filter(None, [_author(reply), brand.name]))),
            to=(Address(email=reply.recipient, name="" if reply.automatic else _name(reply)),),
            reply_to=_reply_to(reply, address=address, name=brand.name),
            subject=_subject(reply),
            text=reply.text,
            at=now,
            message_id=reply.internet_message_id,
            in_reply_to=_answered(reply),
            references=_thread(reply),
            signature="\n".join(filter(None, [brand.signature(reply.language), _page_line(reply, now=now)])),
            language=reply.language,
            attachments=_files(reply),
            automatic=reply.automatic,
            stop_link="" if _is_loopback() else stop_link(reply),
            desk=settings.MAIL_DOMAIN,
        )
    )


def _subject(reply: Reply) -> str:
    if reply.purpose == Reply.Purpose.ACKNOWLEDGEMENT:
        return subject_of(reply)
    conversation = reply.conversation
    return f"Re: {conversation.subject}" if conversation.subject else conversation.case.brand.name


def _author(reply: Reply) -> str:
    return reply.author.display_name if reply.author else ""


def _name(reply: Reply) -> str:
    """Return the customer's name when it is they who are written to, and not somebody who wrote for them."""
    customer = reply.conversation.case.customer
    is_theirs = customer.handles.filter(channel="email", value=reply.recipient.lower()).exists()
    return customer.name if is_theirs else ""


def _reply_to(reply: Reply, *, address: str, name: str) -> Address | None:
    """Return our sealed plus-address, where the mail server is known to deliver such addresses.

    Elsewhere the seal stands in Message-ID and References only, and mail programs answer with those.
    """
    mailbox = reply.conversation.mailbox
    own = mailbox.plus_addresses if mailbox else None
    if not (settings.PLUS_ADDRESSES if own is None else own):
        return None
    sealed = reply_address(reply.conversation.token, mailbox=address, key=settings.MAIL_KEY)
    return Address(email=sealed, name=name)


def _answered(reply: Reply) -> str:
    """Return the Message-ID of the customer's last message in this conversation."""
    said = reply.conversation.messages.filter(direction=Message.Direction.IN, at__lte=reply.queued_at)
    last = said.exclude(internet_message_id="").order_by("-at", "-pk").first()
    return last.internet_message_id if last else ""


def _thread(reply: Reply) -> tuple[str, ...]:
    named = ["", reply.internet_message_id]
    said = reply.conversation.messages.exclude(internet_message_id__in=named)
    return tuple(said.order_by("at", "pk").values_list("internet_message_id", flat=True))


def _files(reply: Reply) -> tuple[Part, ...]:
    if reply.message is None:
        return ()
    return tuple(
        Part(name=file.name, media_type=file.media_type, content=blobs.read(file.sha256))
        for file in reply.message.attachments.order_by("pk")
    )


def _is_loopback() -> bool:
    return urlsplit(settings.PUBLIC_URL).hostname in LOOPBACK


def _page_line(reply: Reply, *, now: Moment) -> str:
    """Return the link to the customer's own page, unless this desk has no address that a customer could open.

    Nor for somebody who failed to be who they say: the page shows what we promised to somebody else.
    """
    if _is_loopback() or _is_disproved(reply):
        return ""
    link = f"{settings.PUBLIC_URL}/page/{token(reply.conversation.case, now=now)}/"
    with translation.override(reply.language or reply.conversation.case.language or "en"):
        # Translators: last line of a letter to a customer; %(link)s opens their own page about this case.
        return gettext("What we promised you, and how to reach us: %(link)s") % {"link": link}


def _is_disproved(reply: Reply) -> bool:
    """Return whether any letter from the address this goes to was disproved, in this conversation."""
    said = reply.conversation.messages.filter(direction=Message.Direction.IN, trust=Verdict.FAIL)
    return said.filter(sender__iexact=reply.recipient).exists()
