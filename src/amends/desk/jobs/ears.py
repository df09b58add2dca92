"""The ears of a worker: one thread a mailbox, which hears of new mail at once."""

import logging
import threading
from typing import Final

from amends.desk.channels.email.imap_watch import watch_mailbox
from amends.desk.models import Mailbox

LET_GO_WITHIN_S: Final = 5.0
log = logging.getLogger(__name__)


class Ears:
    """Sees to it that every enabled mailbox has a thread that listens; `stop` ends them all."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._threads: dict[int, threading.Thread] = {}

    def prick(self) -> None:
        """Begin to listen to each enabled mailbox nobody listens to; a thread that died is replaced."""
        self._threads = {key: thread for key, thread in self._threads.items() if thread.is_alive()}
        enabled = Mailbox.objects.filter(enabled=True).exclude(imap_host="")
        for key in enabled.exclude(pk__in=self._threads).values_list("pk", flat=True):
            thread = threading.Thread(target=self._listen, args=[key], name=f"mailbox-{key}", daemon=True)
            self._threads[key] = thread
            thread.start()

    def rest(self) -> None:
        """Wait a little for the threads to say goodbye to their servers."""
        for thread in self._threads.values():
            thread.join(LET_GO_WITHIN_S)

    def _listen(self, mailbox_id: int) -> None:
        try:
            watch_mailbox(mailbox_id, stop=self._stop)
        except Exception:  # the next `prick` begins anew
            log.exception("Listening to mailbox %s broke off", mailbox_id)
            self._stop.wait(LET_GO_WITHIN_S)
