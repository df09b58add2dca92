"""The append-only log: what happened, written where it happened, followed live by open pages."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from typing import Any, Final

from django.db import connection

from amends.desk.models import Agent, Case, Event
from amends.vocabulary import Moment

LOOK_EVERY_S: Final = 0.4
READ_AT_ONCE: Final = 200
LATE_COMMITS: Final = 64
"""How far behind the cursor we look for events whose transaction began earlier and ended later than others."""


def record(kind: str, *, at: Moment, case: Case | None = None, actor: Agent | None = None, **facts: Any) -> Event:
    """Write down that something happened, inside the caller's transaction.

    `kind` is `noun.verb` in the past (`promise.kept`); `facts` must be JSON: numbers and words, keys of rows, no rows.
    """
    return Event.objects.create(kind=kind, at=at, case=case, actor=actor, facts=facts)


async def latest() -> int:
    """Return the cursor of the newest event, 0 when nothing happened yet."""
    newest = await Event.objects.order_by("-pk").afirst()
    return newest.pk if newest else 0


async def follow(after: int) -> AsyncIterator[Event]:
    """Yield every event behind the cursor `after`, then each new one as it is committed. Never ends by itself.

    An event may come once more after a reconnection, so what a page does with it must bear repeating.
    """
    seen = {pk async for pk in _window(after).values_list("pk", flat=True) if pk <= after}
    changed = _Changes()
    try:
        while True:
            if changed.since_last_look():
                async for event in _behind(after, seen):
                    seen.add(event.pk)
                    after = max(after, event.pk)
                    yield event
                seen = {pk for pk in seen if pk > after - LATE_COMMITS}
            await asyncio.sleep(LOOK_EVERY_S)
    finally:
        changed.close()


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

    def close(self) -> None:
        """Let the file go."""
        if self._file is not None:
            self._file.close()


def _own_sqlite() -> sqlite3.Connection:
    # A connection of its own: data_version tells of the commits of *others*, so it must never write.
    path = str(connection.settings_dict["NAME"])
    return sqlite3.connect(path, isolation_level=None, uri=path.startswith("file:"))


def _window(after: int) -> Any:
    return Event.objects.filter(pk__gt=after - LATE_COMMITS).order_by("pk")


async def _behind(after: int, seen: set[int]) -> AsyncIterator[Event]:
    new = _window(after).exclude(pk__in=seen).select_related("case", "actor")
    async for event in new[:READ_AT_ONCE]:
        yield event
