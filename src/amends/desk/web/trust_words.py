"""Why a message lies where it lies and who sent it, in the reader's language."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from amends.desk.models import Message
from amends.flow.topic import SplitReason
from amends.mail.threads import Why
from amends.mail.trust import Reason, Verdict

WHY: Final[Mapping[str, str | Lazy]] = {
    Why.SEALED_ADDRESS: _("It came to the reply address of this conversation, with our seal."),
    Why.SEALED_MESSAGE: _("It answers a letter of ours from this conversation, with our seal."),
    Why.TAKES_PART: _("It answers a message of this conversation, and its sender takes part in it."),
    Why.STRANGER_NAMES_IT: _("It names a message of another case, where nobody knows this sender: a case beside."),
    Why.UNPROVED_NAMES_IT: _("It names a message of another case, but we could not confirm its sender: a case beside."),
    Why.WRONG_SEAL: _("It carries a mark like ours with a wrong seal, so it began a case of its own."),
    Why.ANSWERS_UNKNOWN: _("It answers a message that we do not know, so it began a case of its own."),
    Why.ANSWERS_NOTHING: _("It answers nothing, so it began a case of its own."),
    Why.OUR_PAGE: _("They wrote it on their own page of this case."),
}
VERDICT: Final[Mapping[str, str | Lazy]] = {
    Verdict.PASS: _("The sender is confirmed."),
    Verdict.FAIL: _("We could not confirm who sent this."),
    Verdict.NONE: _("Nothing proves the sender, and nothing speaks against them."),
    Verdict.UNCHECKED: _("The sender was not checked."),
}
REASON: Final[Mapping[str, str | Lazy]] = {
    Reason.SIGNED: _("Signed by %(about)s."),
    Reason.SENT_BY_THEIR_HOST: _("Sent by a mail server of %(about)s."),
    Reason.POLICY_BROKEN: _("%(about)s asks that letters without its signature be refused, and this one has none."),
    Reason.HOST_REFUSED: _("%(about)s says that this mail server does not send for it."),
    Reason.SIGNATURE_BROKEN: _("Its signature is broken, as happens when a letter is changed on its way."),
    Reason.NOTHING_PROVES: _("%(about)s offers no proof of its letters."),
    Reason.NOT_CHECKED: _("What would prove it could not be looked up."),
    Reason.NO_SENDER: _("It names no sender."),
    Reason.SEVERAL_SENDERS: _("It names several senders."),
    Reason.NAME_LIKE_OURS: _("The name is like one of ours, but the letter is not from us."),
    Reason.NAME_HIDES_ADDRESS: _("The name shows another address than the one behind it: %(about)s."),
    Reason.OUR_ADDRESS: _("It says that it comes from an address of ours: %(about)s."),
    Reason.ANSWERS_ELSEWHERE: _("It asks for answers to another address: %(about)s."),
}
SPLIT: Final[Mapping[str, str | Lazy]] = {
    SplitReason.OTHER_ORDER: _("This seems to be about something else: another order under another subject."),
    SplitReason.LONG_QUIET: _("Nothing was said here for a long time before this."),
    SplitReason.RESTED: _("This case was resolved before this came."),
}
SHOWN_OPENLY: Final = frozenset(
    {Reason.SEVERAL_SENDERS, Reason.NAME_LIKE_OURS, Reason.NAME_HIDES_ADDRESS, Reason.OUR_ADDRESS}
)
"""Oddities that the one who answers must see without asking; an address for answers is too common for that."""


def why_here(message: Message) -> str:
    """Return why a message lies here; messages of the first release say it in English."""
    return str(WHY.get(message.why_here, message.why_here))


def reasons(message: Message, *, openly: bool) -> list[str]:
    """Return the reasons for the verdict on a sender, or with `openly` only what must be seen at once."""
    rows = [row for row in message.trust_reasons if not openly or row["why"] in SHOWN_OPENLY]
    return [str(REASON.get(row["why"], row["why"])) % {"about": row["about"]} for row in rows]
