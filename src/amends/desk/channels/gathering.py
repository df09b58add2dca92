"""Keep the mails of many senders with one commit, so that the disk is asked once for all who wait for it."""

import queue
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress

from django.db import close_old_connections, connection

from amends.desk import clock
from amends.desk.operations.receive import MOST_AT_ONCE, MOST_BYTES_AT_ONCE, Delivery, Receipt, receive_all

_Waiting = tuple[Delivery, "Future[Receipt]"]


class Gatherer:
    """Takes deliveries from any thread and keeps them in groups. Nobody waits for a group to fill.

    While one group is being written, the next gathers behind it: a lone mail is kept at once, and the slower the disk,
    the larger the groups. Make one with `gathering`.
    """

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()

    def put(self, delivery: Delivery) -> "Future[Receipt]":
        """Return a promise of a receipt: done when the bytes are on the disk, failed when they could not be kept."""
        kept: Future[Receipt] = Future()
        self._waiting.put((delivery, kept))
        return kept

    def run(self) -> None:
        """Keep groups until `end` is called; for a thread of its own. Whoever still waits then is served first."""
        try:
            while group := self._group():
                _keep(group)
        finally:
            connection.close()

    def end(self) -> None:
        """Ask `run` to return."""
        self._waiting.put(None)

    def _group(self) -> list[_Waiting]:
        """Return the next deliveries, as soon as there is one; nothing at the end."""
        first = self._waiting.get()
        if first is None:
            return []
        group, size = [first], len(first[0].raw)
        with suppress(queue.Empty):
            while len(group) < MOST_AT_ONCE and size < MOST_BYTES_AT_ONCE:
                another = self._waiting.get_nowait()
                if another is None:
                    self.end()  # this group first
                    break
                group.append(another)
                size += len(another[0].raw)
        return group


@contextmanager
def gathering() -> Iterator[Gatherer]:
    """Give a gatherer whose thread ends with the context, after everything put before is kept."""
    gatherer = Gatherer()
    thread = threading.Thread(target=gatherer.run, name="gatherer", daemon=True)
    thread.start()
    try:
        yield gatherer
    finally:
        gatherer.end()
        thread.join()


def _keep(group: list[_Waiting]) -> None:
    """Keep one group and tell each sender how it ended; whatever goes wrong, nobody is left waiting."""
    # Who hung up before we began has heard no yes and comes again; from here on nobody can take theirs back.
    group = [(delivery, kept) for delivery, kept in group if kept.set_running_or_notify_cancel()]
    try:
        close_old_connections()
        endings = receive_all([delivery for delivery, _ in group], now=clock.now())
    except Exception as trouble:  # noqa: BLE001 - told to every sender of the group
        endings = [trouble] * len(group)
    for (_, kept), ending in zip(group, endings, strict=True):
        if isinstance(ending, Exception):
            kept.set_exception(ending)
        else:
            kept.set_result(ending)
