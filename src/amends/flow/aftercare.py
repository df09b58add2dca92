"""What is due because time passed: promises to warn of, and promises to give up."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from amends.promises.ledger import Entry
from amends.promises.warn import Alert, Notice, due_now
from amends.vocabulary import Moment

GIVEN_UP_AFTER: Final = timedelta(hours=24)
"""How long after its time a promise may still be kept late; then it is broken."""


@dataclass(frozen=True, kw_only=True)
class Aftercare:
    """What the desk has to do now: alerts to raise, and promises that nobody will keep any more."""

    alerts: tuple[Alert, ...]
    given_up: tuple[Entry, ...]


def due(
    ledger: Sequence[Entry],
    *,
    now: Moment,
    away: Collection[str] = (),
    notices: Mapping[str, Notice] | None = None,
) -> Aftercare:
    """Return what is due at `now`, each thing once; `away` names owners who are not there.

    `notices`: by id, when to warn of a promise, where a forecast or working hours ask for more than the ledger alone.

    It depends on the ledger only, so a clock that jumps or a look that comes late repeats nothing and skips nothing.
    """
    given_up = tuple(entry for entry in ledger if not entry.state.final and now > entry.due_end + GIVEN_UP_AFTER)
    lost = {entry.id for entry in given_up}
    rest = [entry for entry in ledger if entry.id not in lost]
    return Aftercare(alerts=tuple(due_now(rest, now=now, away=away, notices=notices)), given_up=given_up)
