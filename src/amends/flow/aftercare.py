"""What is due because time passed: promises that slip, and promises that are broken."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from amends.vocabulary import Moment, PromiseState

SHARE_LEFT: Final = 0.25
"""A promise slips when less than this part of its time is left: an hour of a morning, a day of a week."""
SHORTEST_WARNING: Final = timedelta(hours=1)
LONGEST_WARNING: Final = timedelta(hours=24)
GIVEN_UP_AFTER: Final = timedelta(hours=24)
"""How long after its time a promise may still be kept late; then it is broken."""


class Due(StrEnum):
    """What is to be done about a promise now."""

    WARN = "warn"
    BREAK = "break"


@dataclass(frozen=True, kw_only=True)
class Watched:
    """One promise of the ledger as aftercare sees it; `key` is the caller's."""

    key: int
    state: PromiseState
    made_at: Moment
    due_at: Moment


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to do about one promise."""

    key: int
    due: Due


def steps(promises: Iterable[Watched], *, now: Moment) -> list[Step]:
    """Return what is due, each thing once: a promise that was warned of or has ended asks for nothing again.

    It depends on states and times only, so a clock that jumps or a look that comes late changes no more than when.
    """
    return [Step(key=one.key, due=step) for one in promises if (step := _step(one, now=now)) is not None]


def warn_from(promise: Watched) -> Moment:
    """Return from when on a promise counts as slipping: a quarter of its time before it is due, 1 h to 24 h."""
    length = promise.due_at - promise.made_at
    return promise.due_at - min(max(length * SHARE_LEFT, SHORTEST_WARNING), LONGEST_WARNING)


def _step(promise: Watched, *, now: Moment) -> Due | None:
    if promise.state.final:
        return None
    if now > promise.due_at + GIVEN_UP_AFTER:
        return Due.BREAK
    return Due.WARN if promise.state is PromiseState.MADE and now >= warn_from(promise) else None
