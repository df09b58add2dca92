"""What becomes of a mail on the server once it is safe on our disk: marked as seen, moved away, or left alone."""

import logging
from collections.abc import Sequence

from imapclient import DELETED, SEEN, IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from amends.desk.channels.email.problems import words_of
from amends.desk.models import Mailbox

log = logging.getLogger(__name__)


def afterwards(client: IMAPClient, uids: Sequence[int], *, mailbox: Mailbox) -> str:
    """Do with kept mails of the open folder what the mailbox wants done; return what failed, empty when nothing did.

    Whatever fails, the mails are ours already and the server's numbers lead us, so reading goes on. Raises
    IMAPClientAbortError when the line is lost.
    """
    if mailbox.after_reading == Mailbox.AfterReading.LEAVE:
        return ""
    _mark_seen(client, uids, mailbox=mailbox)
    if mailbox.after_reading == Mailbox.AfterReading.MOVE and mailbox.move_to:
        return _move(client, uids, mailbox.move_to)
    return ""


def _mark_seen(client: IMAPClient, uids: Sequence[int], *, mailbox: Mailbox) -> None:
    """Mark as seen. A folder that lets nobody write is read all the same."""
    try:
        client.add_flags(uids, [SEEN], silent=True)
    except IMAPClientAbortError:
        raise
    except IMAPClientError:
        log.warning("%s: the server does not let us mark mails as seen", mailbox.address)


def _move(client: IMAPClient, uids: Sequence[int], folder: str) -> str:
    try:
        if client.has_capability("MOVE"):
            client.move(uids, folder)
        else:
            client.copy(uids, folder)
            client.add_flags(uids, [DELETED], silent=True)
            if client.has_capability("UIDPLUS"):
                client.uid_expunge(uids)
            # Without UIDPLUS an expunge would also remove what somebody else marked, so theirs is the last word.
    except IMAPClientAbortError:
        raise
    except IMAPClientError as refused:
        return words_of(refused)
    return ""
