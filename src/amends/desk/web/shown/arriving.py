"""What just came in and is not on a case yet: shown at once, whatever filing has to do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from amends.desk.access import arriving_for
from amends.desk.models import Agent
from amends.desk.operations.blocking import standing_blocks
from amends.desk.operations.receive import GLANCE

MOST_SHOWN: Final = 5
MOST_LOOKED_AT: Final = 20


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """One delivery: who sent it and about what, at a first glance."""

    key: int
    who: str
    subject: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Arriving:
    """How many deliveries wait to be filed, and the newest of them."""

    count: int
    newest: tuple[Newcomer, ...]


def arriving(agent: Agent) -> Arriving:
    """Return what this person may know of what just came in. Mail of blocked senders is counted, never shown."""
    waiting = arriving_for(agent)
    count = waiting.count()
    rows = list(waiting.order_by("-received_at", "-pk")[:MOST_LOOKED_AT]) if count else []
    seen = [(row, row.envelope.get(GLANCE) or {}) for row in rows]
    blocked = standing_blocks(glance.get("email", "") for _, glance in seen) if seen else frozenset()
    newest = [
        Newcomer(
            key=row.pk,
            who=glance.get("name") or glance.get("email", ""),
            subject=glance.get("subject", ""),
            at=row.received_at,
        )
        for row, glance in seen
        if glance.get("email", "") not in blocked
    ]
    return Arriving(count=count, newest=tuple(newest[:MOST_SHOWN]))
