"""The ears of a worker: one thread a mailbox and way in, which hears of new mail at once."""

import logging
import threading
from collections.abc import Callable
from typing import Final

from django.conf import settings

from amends.desk.channels.email.imap_watch import watch_mailbox
from amends.desk.channels.maildir.watch import watch_maildir
from amends.desk.models import Mailbox

LET_GO_WITHIN_S: Final = 5.0
WATCHES: Final[dict[str, Callable[..., None]]] = {"mailbox": watch_mailbox, "maildir": watch_maildir}
Place = tuple[str, int]
"""A way in, and whose."""

log = logging.getLogger(__name__)


class Ears:
    """Sees to it that every enabled mailbox has a thread that listens; `stop` ends them all."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._threads: dict[Place, threading.Thread] = {}

    def prick(self) -> None:
        """Begin to listen to each enabled mailbox nobody listens to; a thread that died is replaced."""
        self._threads = {key: thread for key, thread in self._threads.items() if thread.is_alive()}
        for place in _places():
            if place not in self._threads:
                name = f"{place[0]}-{place[1]}"
                thread = threading.Thread(target=self._listen, args=[place], name=name, daemon=True)
                self._threads[place] = thread
                thread.start()

    def rest(self) -> None:
        """Wait a little for the threads to say goodbye to their servers."""
        for thread in self._threads.values():
            thread.join(LET_GO_WITHIN_S)

    def _listen(self, place: Place) -> None:
        way, mailbox_id = place
        try:
            WATCHES[way](mailbox_id, stop=self._stop)
        except Exception:  # the next `prick` begins anew
            log.exception("Listening to mailbox %s (%s) broke off", mailbox_id, way)
            self._stop.wait(LET_GO_WITHIN_S)


def _places() -> list[Place]:
    """Return where there is something to listen to: a mailbox may have a server, a folder on this machine, or both."""
    enabled = Mailbox.objects.filter(enabled=True)
    servers = enabled.exclude(imap_host="").values_list("pk", flat=True)
    files = enabled.filter(address__in=settings.MAILDIRS).values_list("pk", flat=True)
    return [*(("mailbox", key) for key in servers), *(("maildir", key) for key in files)]
