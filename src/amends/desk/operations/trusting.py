"""Whether the sender of a delivery is who they say: by hosts we trust, else by our own look. Slow: no transaction."""

from dataclasses import replace
from typing import Final

from django.conf import settings

from amends.desk.models import RawMessage
from amends.desk.operations.our_side import OurSide
from amends.desk.operations.receive import raw_bytes
from amends.engines.resolver import resolver
from amends.engines.sender_check import check_sender
from amends.flow.intake import WRITTEN_ON_OUR_PAGES, Intake
from amends.mail.host_results import said_by_hosts
from amends.mail.trust import Checks, Trust, Verdict, cautions, domain_of, judge, with_cautions

NOT_FROM_THE_WIRE: Final = frozenset({"file", "maildir", "mbox"})
"""Channels of old mail: keys and hosts of then are gone from DNS, and looking for them would prove nothing."""


def trust_of(raw: RawMessage, intake: Intake, ours: OurSide) -> Trust:
    """Return how far the sender is believed. What comes by our own pages was no letter: there is nothing to check."""
    if raw.channel in WRITTEN_ON_OUR_PAGES:
        return Trust(verdict=Verdict.PASS if raw.envelope.get("case") else Verdict.NONE)
    sender = intake.letter.sender
    if intake.is_machine or sender is None:
        return Trust(verdict=Verdict.NONE)
    domain = domain_of(sender.email)
    seen = judge(_checks(raw, intake, domain, ours), sender_domain=domain)
    if seen.verdict is Verdict.PASS and intake.writer != sender:
        # Whoever sends a form's mail was confirmed, not the person whom its Reply-To names.
        seen = replace(seen, verdict=Verdict.NONE)
    return with_cautions(
        seen, cautions(intake.letter, own_addresses=ours.addresses | ours.of_people, own_names=ours.names)
    )


def _checks(raw: RawMessage, intake: Intake, domain: str, ours: OurSide) -> Checks | None:
    mailbox = ours.mailbox_of(raw, intake)
    said = said_by_hosts(intake.letter, trusted=mailbox.trusted_hosts.split() if mailbox else ())
    if said is not None or not domain or raw.channel in NOT_FROM_THE_WIRE or settings.NAME_SERVER == "off":
        return said
    return check_sender(
        raw_bytes(raw),
        sender_domain=domain,
        mail_from=str(raw.envelope.get("mail_from") or ""),
        peer=str(raw.envelope.get("peer") or ""),
        resolver=resolver(settings.NAME_SERVER),
    )
