"""How far we have read in a mailbox, and what keeps us from reading on."""

from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Mailbox
from amends.desk.operations.rows import hold, write
from amends.vocabulary import Moment


def remember_place(mailbox: Mailbox, *, uid_validity: int, last_uid: int, now: Moment) -> None:
    """Write down that everything up to `last_uid` is kept. A place never goes back while the numbering is the same.

    Two readers of one mailbox may end in any order; what both had read is what counts.
    """
    with transaction.atomic():
        hold(mailbox)
        is_same = mailbox.uid_validity == uid_validity
        if not is_same or mailbox.last_error:
            record("mailbox.read", at=now, mailbox=mailbox.pk, uid_validity=uid_validity, after=mailbox.last_error)
        mailbox.last_uid = max(mailbox.last_uid, last_uid) if is_same else last_uid
        mailbox.uid_validity, mailbox.last_checked_at, mailbox.last_error = uid_validity, now, ""
        write(mailbox, "uid_validity", "last_uid", "last_checked_at", "last_error")


def remember_trouble(mailbox: Mailbox, *, error: str, now: Moment) -> None:
    """Write down why the mailbox could not be read. The time of the last good look stays, so people see how long."""
    with transaction.atomic():
        if hold(mailbox).last_error != error:
            record("mailbox.troubled", at=now, mailbox=mailbox.pk, error=error)
        mailbox.last_error = error
        write(mailbox, "last_error")
