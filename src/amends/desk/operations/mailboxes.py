"""Which folders of a mailbox are read, how far we are in each, and what keeps us from reading on."""

from collections.abc import Sequence

from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Agent, Mailbox, MailFolder
from amends.desk.operations.rows import hold, write
from amends.vocabulary import Moment

INBOX = "INBOX"
"""Every IMAP server has this one (RFC 3501 §5.1)."""


def folders_of(mailbox: Mailbox) -> list[MailFolder]:
    """Return the folders to read, the one we listen to first. A mailbox for which nobody chose any has its inbox."""
    return list(mailbox.folders.all()) or [MailFolder.objects.get_or_create(mailbox=mailbox, name=INBOX)[0]]


def choose_folders(mailbox: Mailbox, names: Sequence[str], *, by: Agent, now: Moment) -> list[MailFolder]:
    """Read exactly these folders from now on, in this order; none means the inbox.

    A folder that stays keeps its place; one that is new, or comes back later, is met for the first time.
    """
    wanted = list(dict.fromkeys(name for name in names if name)) or [INBOX]
    with transaction.atomic():
        hold(mailbox).folders.exclude(name__in=wanted).delete()
        for position, name in enumerate(wanted):
            MailFolder.objects.update_or_create(mailbox=mailbox, name=name, defaults={"position": position})
        record("mailbox.folders_chosen", at=now, actor=by, mailbox=mailbox.pk, folders=wanted)
    return list(mailbox.folders.all())


def forget_places(mailbox: Mailbox) -> None:
    """Meet every folder for the first time again: numbers of one server mean nothing on another, and could hide mail.

    Call inside a transaction.
    """
    mailbox.folders.update(uid_validity=None, last_uid=0, last_checked_at=None, problem="", last_error="")


def remember_place(folder: MailFolder, *, uid_validity: int, last_uid: int, now: Moment) -> None:
    """Write down that everything up to `last_uid` is kept. A place never goes back while the numbering is the same.

    Two readers of one folder may end in any order; what both had read is what counts. A folder that nobody wants read
    any more is left as it is.
    """
    with transaction.atomic():
        mailbox = hold(folder.mailbox)
        if not mailbox.folders.filter(pk=folder.pk).exists():
            return
        is_same = hold(folder).uid_validity == uid_validity
        if not is_same or folder.last_error:
            record(
                "mailbox.read", at=now, mailbox=mailbox.pk, folder=folder.name, uid_validity=uid_validity,
                after=folder.last_error,
            )  # fmt: skip
        folder.last_uid = max(folder.last_uid, last_uid) if is_same else last_uid
        folder.uid_validity, folder.last_checked_at = uid_validity, now
        folder.problem = folder.last_error = ""
        write(folder, "uid_validity", "last_uid", "last_checked_at", "problem", "last_error")
        _went_well(mailbox, now=now)


def remember_look(mailbox: Mailbox, *, now: Moment) -> None:
    """Write down that the mailbox could be read."""
    with transaction.atomic():
        _went_well(hold(mailbox), now=now)


def remember_trouble(place: Mailbox | MailFolder, *, problem: str, error: str, now: Moment) -> None:
    """Write down why a mailbox, or one folder of it, could not be read.

    `problem` is one word of channels.email.connection.Problem, `error` what the other side said. The time of the last
    good look stays, so people see how long.
    """
    number, folder = (place.mailbox_id, place.name) if isinstance(place, MailFolder) else (place.pk, "")
    with transaction.atomic():
        if not type(place)._default_manager.filter(pk=place.pk).exists():
            return
        if hold(place).last_error != error:
            record("mailbox.troubled", at=now, mailbox=number, folder=folder, problem=problem, error=error)
        place.problem, place.last_error = problem, error
        write(place, "problem", "last_error")


def note_grant(mailbox: Mailbox, *, by: Agent, now: Moment) -> None:
    """Write down that somebody let the desk in at the provider; the grant itself is written nowhere but in secrets."""
    with transaction.atomic():
        hold(mailbox)
        mailbox.problem = mailbox.last_error = ""
        write(mailbox, "problem", "last_error")
        record("mailbox.connected", at=now, actor=by, mailbox=mailbox.pk, provider=mailbox.sign_in)


def _went_well(mailbox: Mailbox, *, now: Moment) -> None:
    mailbox.last_checked_at = now
    mailbox.problem = mailbox.last_error = ""
    write(mailbox, "last_checked_at", "problem", "last_error")
