"""Warn ahead: which promises slip, whom to tell, and the note that the customer gets before the due time."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from amends.languages.pack import LanguagePack
from amends.promises.ledger import Alarm, Entry
from amends.vocabulary import BadPack, Moment, PromiseState

SHARE_LEFT: Final = 0.25
"""A promise slips when less than this part of its time is left: an hour of a morning, a day of a week."""
SHORTEST_WARNING: Final = timedelta(hours=1)
LONGEST_WARNING: Final = timedelta(hours=24)
LAST_CALL: Final = 0.5
"""The customer must hear of it when half of the warning time is gone, so that a note still comes ahead."""
FILE: Final = "promises.toml"


@dataclass(frozen=True, kw_only=True)
class Alert:
    """One thing to tell the desk about one promise.

    `to_owner` and `to_lead` say whom. `note_by` is the moment before which the note must have reached the customer;
    None when it is too late for a note ahead, or when none is needed: then a person must write, with a name and a
    cause. Write an alert down by `advance(entry, Act(deal=Deal.SLIP, alarm=alert.alarm), at=…)`, and it never returns.
    """

    entry: Entry
    alarm: Alarm
    to_owner: bool
    to_lead: bool
    note_by: Moment | None


def due_now(entries: Iterable[Entry], *, now: Moment, away: Collection[str] = ()) -> list[Alert]:
    """Return what the desk must be told at `now`, at most one alert a promise, the most urgent first.

    `away` names owners who are not there. It looks at the ledger only, never at when it last looked: a clock that
    jumps a day, a night without a look, or a change to summer time neither repeats an alert nor skips one.
    """
    alerts = [alert for entry in entries if (alert := _alert(entry, now=now, away=away)) is not None]
    return sorted(alerts, key=lambda alert: (alert.entry.due_end, alert.entry.id))


def warning_time(entry: Entry) -> timedelta:
    """Return how long before its due end a promise counts as slipping: a quarter of its length, 1 h to 24 h."""
    length = entry.due_end - entry.made_at
    return min(max(length * SHARE_LEFT, SHORTEST_WARNING), LONGEST_WARNING)


def slip_note(
    entry: Entry, *, pack: LanguagePack, customer_name: str, agent_name: str, due: str, new_due: str | None = None
) -> str:
    """Return a note that tells the customer, ahead and in their language, that a promise will be late.

    `due` and `new_due` are times in words, as the desk writes them for this customer. Without `new_due` the note
    keeps a slot that the coach will not let pass (`var.unresolved`), so it cannot leave before somebody fills it.
    Raises BadPack for a language without a note.
    """
    note = pack.toml(FILE).get("note")
    if note is None:
        raise BadPack(f"{pack.tag}/{FILE}: no [note] for a promise that slips")
    written: str = note["slipping"].format(
        name=customer_name,
        agent=agent_name,
        deed=note["deeds"][entry.what],
        due=due,
        new=new_due or f"[{note['slot']}]",
    )
    return written.strip()


def _alert(entry: Entry, *, now: Moment, away: Collection[str]) -> Alert | None:
    if entry.state.final:
        return None
    alarm = next((alarm for alarm in _alarms(entry, now=now, away=away) if alarm not in entry.alarms), None)
    if alarm is None:
        return None
    nobody_there = entry.owner == "" or entry.owner in away
    tellable = now < entry.due_end and entry.state is not PromiseState.TOLD
    return Alert(
        entry=entry,
        alarm=alarm,
        to_owner=not nobody_there,
        to_lead=nobody_there or alarm in (Alarm.TELL_NOW, Alarm.OVERDUE),
        note_by=entry.due_end if tellable else None,
    )


def _alarms(entry: Entry, *, now: Moment, away: Collection[str]) -> list[Alarm]:
    """Return the alarms that hold now, the one that says most first: an overdue promise no longer slips."""
    left, warning = entry.due_end - now, warning_time(entry)
    told = entry.state is PromiseState.TOLD
    if left < timedelta(0):
        return [Alarm.OVERDUE]
    if left < warning * LAST_CALL and not told:
        return [Alarm.TELL_NOW]
    if left < warning and not told and Alarm.TELL_NOW not in entry.alarms:
        return [Alarm.SLIPPING]
    # Somebody must take it over while there is still time to keep it.
    absent = entry.owner in away and left < warning * 2
    return [Alarm.OWNER_AWAY] if absent and not entry.alarms & {Alarm.SLIPPING, Alarm.TELL_NOW} else []
