"""The append-only log: what happened, written where it happened, followed live by open pages."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any, Final
from weakref import WeakKeyDictionary

from django.db import DatabaseError, connection

from amends.desk.models import Agent, Case, Event
from amends.vocabulary import Moment

LOOK_EVERY_S: Final = 0.4
LATE_COMMITS: Final = 64
"""How far behind the newest event we look for those whose transaction began earlier and ended later than others."""
MOST_AT_ONCE: Final = 500
"""A page that was away for longer gets the newest of them: it draws itself anew anyway."""

log = logging.getLogger(__name__)


def record(kind: str, *, at: Moment, case: Case | None = None, actor: Agent | None = None, **facts: Any) -> Event:
    """Write down that something happened, inside the caller's transaction.

    `kind` is `noun.verb` in the past (`promise.kept`); `facts` must be JSON: numbers and words, keys of rows, no rows.
    """
    return Event.objects.create(kind=kind, at=at, case=case, actor=actor, facts=facts)


def record_all(kind: str, *, at: Moment, facts: Iterable[dict[str, Any]]) -> None:
    """Write down that the same happened to many things of no case, as `record` does for one."""
    record_these(Event(kind=kind, at=at, facts=each) for each in facts)


def record_these(events: Iterable[Event]) -> None:
    """Write down events made beforehand, in their order, as `record` does for one."""
    Event.objects.bulk_create(events)


async def latest() -> int:
    """Return the cursor of the newest event, 0 when nothing happened yet."""
    return await asyncio.to_thread(_latest)


async def follow(after: int) -> AsyncIterator[Event]:
    """Yield every event behind the cursor `after`, then each new one as it is committed. Never ends by itself.

    An event may come once more after a reconnection, so what a page does with it must bear repeating.
    """
    async with _feed().heard() as new:
        # Listening began before this look, so what is committed in between comes twice rather than never.
        known = await asyncio.to_thread(_since, after - LATE_COMMITS)
        seen = {event.pk for event in known}
        for event in known:
            if event.pk > after:
                yield event
        while True:
            event = await new.get()
            if event.pk not in seen:
                yield event


class _Feed:
    """One look at the log for all open pages of a process: a page costs a queue, not a database connection."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Event]] = set()
        self._looking: asyncio.Task[None] | None = None
        self._seen: set[int] = set()
        self._begun = asyncio.Event()

    @asynccontextmanager
    async def heard(self) -> AsyncIterator[asyncio.Queue[Event]]:
        """Give a queue into which each event comes that is committed from now on."""
        queue: asyncio.Queue[Event] = asyncio.Queue()
        self._listeners.add(queue)
        if self._looking is None:
            self._looking = asyncio.create_task(self._look())
        try:
            await self._begun.wait()
            yield queue
        finally:
            self._listeners.discard(queue)
            if not self._listeners:
                self._looking.cancel()
                self._looking, self._begun = None, asyncio.Event()

    async def _look(self) -> None:
        changes, begun = _Changes(), self._begun
        try:
            while True:
                try:
                    await self._look_once(changes, begun)
                except DatabaseError:
                    # A server that restarts comes back; the cursor is ours, so nothing is missed meanwhile.
                    log.exception("The log cannot be read; open pages wait.")
                    changes.look_again()
                await asyncio.sleep(LOOK_EVERY_S)
        finally:
            changes.close()

    async def _look_once(self, changes: "_Changes", begun: asyncio.Event) -> None:
        if not changes.since_last_look():
            return
        newest = max(self._seen) if self._seen else await latest()
        found = await asyncio.to_thread(_since, newest - LATE_COMMITS)
        if begun.is_set():
            self._tell([event for event in found if event.pk not in self._seen])
        self._seen = {event.pk for event in found}
        begun.set()

    def _tell(self, events: list[Event]) -> None:
        for queue in self._listeners:
            for event in events:
                queue.put_nowait(event)


class _Changes:
    """Whether anybody committed. SQLite tells without running a query; elsewhere we look at the table each time."""

    def __init__(self) -> None:
        self._file = _own_sqlite() if connection.vendor == "sqlite" else None
        self._version = -1

    def since_last_look(self) -> bool:
        """Return whether something may be new."""
        if self._file is None:
            return True
        before, self._version = self._version, self._file.execute("PRAGMA data_version").fetchone()[0]
        return before != self._version

    def look_again(self) -> None:
        """Forget the last look: it came to nothing."""
        self._version = -1

    def close(self) -> None:
        """Let the file go."""
        if self._file is not None:
            self._file.close()


_feeds: WeakKeyDictionary[asyncio.AbstractEventLoop, _Feed] = WeakKeyDictionary()


def _feed() -> _Feed:
    """Return the feed of the running loop; a server has one, each test its own."""
    return _feeds.setdefault(asyncio.get_running_loop(), _Feed())


def _own_sqlite() -> sqlite3.Connection:
    # A connection of its own: data_version tells of the commits of *others*, so it must never write.
    path = str(connection.settings_dict["NAME"])
    return sqlite3.connect(path, isolation_level=None, uri=path.startswith("file:"))


def _since(after: int) -> list[Event]:
    """Return what happened behind a cursor, oldest first, for a thread of its own; of very much, the newest part."""
    try:
        return list(Event.objects.filter(pk__gt=after).order_by("-pk")[:MOST_AT_ONCE])[::-1]
    finally:
        connection.close()


def _latest() -> int:
    try:
        newest = Event.objects.order_by("-pk").first()
        return newest.pk if newest else 0
    finally:
        connection.close()
