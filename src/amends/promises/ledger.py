"""The ledger: what becomes of a promise, act by act. Nothing leads out of a final state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from amends.vocabulary import AmendsError, Deed, FinalState, Moment, PromiseState


class NeedsTheirWord(AmendsError):
    """Only the customer can release us from a promise. Write down the words in which they did."""


class NotDueYet(AmendsError):
    """A promise breaks only when its time is over. Until then it can be kept, or the customer told."""


class TooLateToTell(AmendsError):
    """Its time is over, so no note can come ahead of it. Write to them yourself: who is sorry, why, and what now."""


class Alarm(StrEnum):
    """What the desk is told about a promise, each at most once."""

    OWNER_AWAY = "owner_away"
    SLIPPING = "slipping"
    TELL_NOW = "tell_now"
    LAST_WORD = "last_word"
    OVERDUE = "overdue"


class Deal(StrEnum):
    """What somebody does about a promise."""

    SLIP = "slip"
    TELL = "tell"
    KEEP = "keep"
    BREAK = "break"
    RELEASE = "release"
    UNTELL = "untell"


@dataclass(frozen=True, kw_only=True)
class Act:
    """One thing done about a promise.

    `by` is who did it, empty for the desk itself; `words` what shows it: evidence of keeping, the note to the
    customer, or the customer's own words of release. `alarm` names what the desk was told, when SLIP came of one.
    """

    deal: Deal
    by: str = ""
    words: str = ""
    alarm: Alarm | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """One act as it was written down: when, and the state it led to."""

    at: Moment
    act: Act
    state: PromiseState


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One promise in the ledger. `owner` is the person who answers for it."""

    id: str
    what: Deed
    made_at: Moment
    due_start: Moment
    due_end: Moment
    owner: str = ""
    state: PromiseState = PromiseState.MADE
    steps: tuple[Step, ...] = ()
    alarms: frozenset[Alarm] = field(default_factory=frozenset)

    @property
    def told_at(self) -> Moment | None:
        """Return when the customer was last told that it slips; None when never, or when the words came back."""
        last = next((step for step in reversed(self.steps) if step.act.deal in (Deal.TELL, Deal.UNTELL)), None)
        return last.at if last and last.act.deal is Deal.TELL else None


def advance(entry: Entry, act: Act, *, at: Moment) -> Entry:
    """Return the entry after an act.

    Kept means at or before its due end. Raises FinalState when the promise has ended, NeedsTheirWord for a release
    without the customer's words, NotDueYet for a break before its time, TooLateToTell for a note after it. A clock set
    back never makes history run backwards: the step then carries the time of the one before it.
    """
    if entry.state.final:
        raise FinalState(f"promise {entry.id} is {entry.state}")
    moment = max([at, entry.made_at, *(step.at for step in entry.steps[-1:])])
    state = NEXT[act.deal](entry, act, moment)
    alarms = entry.alarms | ({act.alarm} if act.alarm else set())
    return replace(entry, state=state, steps=(*entry.steps, Step(at=moment, act=act, state=state)), alarms=alarms)


def handed_over(entry: Entry, *, to: str) -> Entry:
    """Return the entry with another owner, who is warned anew. Raises FinalState when it has ended."""
    if entry.state.final:
        raise FinalState(f"promise {entry.id} is {entry.state}")
    return replace(entry, owner=to, alarms=entry.alarms - {Alarm.OWNER_AWAY})


def _slipped(entry: Entry, act: Act, at: Moment) -> PromiseState:
    return PromiseState.SLIPPING if entry.state is PromiseState.MADE else entry.state


def _told(entry: Entry, act: Act, at: Moment) -> PromiseState:
    if at > entry.due_end:
        raise TooLateToTell
    return PromiseState.TOLD


def _untold(entry: Entry, act: Act, at: Moment) -> PromiseState:
    """The words that told them came back: they know of nothing, and it is still slipping."""
    return PromiseState.SLIPPING if entry.state is PromiseState.TOLD else entry.state


def _kept(entry: Entry, act: Act, at: Moment) -> PromiseState:
    return PromiseState.KEPT if at <= entry.due_end else PromiseState.KEPT_LATE


def _broken(entry: Entry, act: Act, at: Moment) -> PromiseState:
    if at <= entry.due_end:
        raise NotDueYet(f"promise {entry.id} is due at {entry.due_end.isoformat()}")
    return PromiseState.BROKEN


def _released(entry: Entry, act: Act, at: Moment) -> PromiseState:
    if not act.words.strip():
        raise NeedsTheirWord
    return PromiseState.RELEASED


NEXT: Final[Mapping[Deal, Callable[[Entry, Act, Moment], PromiseState]]] = {
    Deal.SLIP: _slipped,
    Deal.TELL: _told,
    Deal.KEEP: _kept,
    Deal.BREAK: _broken,
    Deal.RELEASE: _released,
    Deal.UNTELL: _untold,
}
