"""A reply that came back: it failed, and its address is not written to until a person decides."""

import re
from typing import Final

from amends.desk.models import Message, Reply
from amends.desk.operations import outbox
from amends.flow.intake import Intake
from amends.mail.letter import LetterKind
from amends.vocabulary import Moment

ONLY_LATE: Final = re.compile(
    r"^\s{0,8}action:\s{0,8}(delayed|delivered|relayed|expanded)", re.IGNORECASE | re.MULTILINE
)
"""RFC 3464 §2.3.3: everything but `failed` is no bounce of ours to act on."""
LONGEST_ERROR: Final = 500
LEFT: Final = (Reply.State.SENT, Reply.State.UNCERTAIN)


def take_bounce(message: Message, intake: Intake, *, now: Moment) -> Reply | None:
    """Mark the reply that this letter returns as failed; None when it returns none, or only says that it is late."""
    if intake.letter.kind is not LetterKind.BOUNCE or ONLY_LATE.search(intake.letter.text):
        return None
    sent = Reply.objects.filter(conversation=message.conversation, state__in=LEFT).order_by("-sent_at", "-pk")
    reply = sent.filter(internet_message_id__in=intake.evidence.referenced).first()
    if reply is None:
        return None
    outbox.bounced(reply, error=" ".join(intake.letter.new_text.split())[:LONGEST_ERROR], now=now)
    return reply
