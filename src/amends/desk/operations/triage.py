"""File what came in: read its form, find its case, keep its words. What cannot be filed waits in quarantine."""

import logging
from typing import Final

from django.conf import settings
from django.db import transaction

from amends.desk.enqueue import enqueue
from amends.desk.events import record
from amends.desk.failpoint import failpoint
from amends.desk.models import Message, RawMessage
from amends.desk.operations.acknowledge import acknowledge_later
from amends.desk.operations.addresses import own_addresses
from amends.desk.operations.archived import IMPORTED, is_history
from amends.desk.operations.filing import Sketch, file_intake, sketches
from amends.desk.operations.receive import raw_bytes
from amends.desk.operations.rows import hold, write
from amends.desk.operations.trusting import trust_of
from amends.engines.sandbox import letter_reader
from amends.flow.intake import Intake, take_in
from amends.mail.trust import Trust
from amends.vocabulary import AmendsError, Moment

MOST_TRIES: Final = 3
LONGEST_ERROR: Final = 2_000
log = logging.getLogger(__name__)


class Unfiled(AmendsError):
    """This mail could not be filed yet. Its bytes are safe; it is tried again and then shown in quarantine."""


def file_message(raw_id: int, *, now: Moment) -> Message | None:
    """File one delivery as a message on its case; filing it again changes nothing.

    None when it is a duplicate or went into quarantine. Raises Unfiled while it is worth another try, so that the job
    comes back; the third failure ends in quarantine, seen by people, and the next mail goes on.
    """
    raw = _begin(raw_id)
    if raw.state != RawMessage.State.RECEIVED:
        return Message.objects.filter(raw=raw).first()
    if raw.attempts > MOST_TRIES:
        # Counted before each try: a mail that kills the worker ends here instead of killing it for ever.
        _quarantine(raw, error=raw.error or "The worker ended while it was reading this.", now=now)
        return None
    try:
        failpoint("file.begun")
        intake = _understand(raw)
        failpoint("file.understood")
        trouble = raw.envelope.get("trouble") or intake.letter.error
        if trouble:
            _quarantine(raw, error=trouble, now=now)
            return None
        trust = trust_of(raw, intake)
        drawn = sketches(intake.letter.attachments)
        failpoint("file.sketched")
        return _file(raw, intake, drawn=drawn, trust=trust, now=now)
    except Exception as wrong:  # noqa: BLE001 - one bad mail must never stop the next; it is kept, counted and shown
        _try_again_or_quarantine(raw, wrong, now=now)
        return Message.objects.filter(raw=raw).first()


def _begin(raw_id: int) -> RawMessage:
    with transaction.atomic():
        raw = RawMessage.objects.select_for_update().get(pk=raw_id)
        if raw.state == RawMessage.State.RECEIVED:
            raw.attempts += 1
            write(raw, "attempts")
    return raw


def _understand(raw: RawMessage) -> Intake:
    return take_in(
        raw_bytes(raw),
        channel=raw.channel,
        delivery=raw.envelope.get("delivery") or raw.external_id,
        recipients=raw.envelope.get("rcpt", ()),
        own_addresses=own_addresses(),
        key=settings.MAIL_KEY,
        domain=settings.MAIL_DOMAIN,
        reader=letter_reader(),
    )


def _file(raw: RawMessage, intake: Intake, *, drawn: list[Sketch], trust: Trust, now: Moment) -> Message | None:
    with transaction.atomic():
        # Understanding takes a while without a lock; another worker, or an import beside it, may have been faster.
        if hold(raw).state != RawMessage.State.RECEIVED:
            return Message.objects.filter(raw=raw).first()
        message = file_intake(raw, intake, drawn=drawn, trust=trust, now=now)
        raw.state = RawMessage.State.FILED if message else RawMessage.State.DUPLICATE
        raw.error = ""
        write(raw, "state", "error")
        if message is None:
            record("message.duplicate", at=now, raw=raw.pk)
        elif not intake.is_machine and not is_history(raw, at=message.at):
            enqueue("read_message", now=now, message_id=message.pk)
            if raw.channel != IMPORTED:  # whoever wrote last week is not thanked by a machine today
                acknowledge_later(message, intake, own_addresses=own_addresses(), now=now)
        failpoint("file.rows_written")
    failpoint("file.committed")
    return message


def _try_again_or_quarantine(raw: RawMessage, wrong: Exception, *, now: Moment) -> None:
    log.exception("filing %s failed", raw.pk)
    error = f"{type(wrong).__name__}: {wrong}"[:LONGEST_ERROR]
    if raw.attempts >= MOST_TRIES:
        _quarantine(raw, error=error, now=now)
        return
    with transaction.atomic():
        if hold(raw).state != RawMessage.State.RECEIVED:
            return
        raw.error = error
        write(raw, "error")
    raise Unfiled(error) from wrong


def _quarantine(raw: RawMessage, *, error: str, now: Moment) -> None:
    with transaction.atomic():
        # Another worker may have filed it meanwhile, if it thought this one dead.
        if hold(raw).state != RawMessage.State.RECEIVED:
            return
        raw.state, raw.error = RawMessage.State.QUARANTINED, error[:LONGEST_ERROR]
        write(raw, "state", "error")
        record("message.quarantined", at=now, raw=raw.pk, error=raw.error)
