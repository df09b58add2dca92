"""Warn ahead: which promises slip, whom to tell, and the note that the customer gets before the due time."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta, tzinfo
from typing import Final

from amends.languages.pack import LanguagePack
from amends.promises.calendar import WorkCalendar
from amends.promises.ledger import Alarm, Entry
from amends.promises.office import ahead_of, somebody_works, working_time
from amends.vocabulary import BadPack, Moment, PromiseState

SHARE_LEFT: Final = 0.25
"""A promise slips when less than this part of its time is left: an hour of a morning, a day of a week."""
SHORTEST_WARNING: Final = timedelta(hours=1)
LONGEST_WARNING: Final = timedelta(hours=24)
LAST_CALL: Final = 0.5
"""The customer must hear of it when half of the warning time is gone, so that a note still comes ahead."""
LIKELY: Final = 0.4
"""From this probability of being late on, the row of a promise says so."""
UNLIKELY: Final = 0.3
"""Below it nobody is warned before the lead needs it to write: half of all warnings were of promises then kept."""
TIME_TO_WRITE: Final = timedelta(hours=4)
"""Working time that a lead needs to see the last call and write; a warning at night is read in the morning."""
LAST_MINUTES: Final = timedelta(hours=3)
"""Working time before the end in which nobody weighs chances any more: the note leaves, or it is done."""
TIME_TO_MEND: Final = timedelta(hours=6)
"""Working time that an owner needs to still do something about it."""
LEAST_TIME: Final = timedelta(hours=1)
"""With less working time than this nobody could keep a promise, nor tell the customer ahead."""
SLIP_SHARE: Final = 0.5
TELL_SHARE: Final = 0.4
LAST_SHARE: Final = 0.35
"""Of the working time of a short promise, what is left at most when each of the three warnings comes."""
FILE: Final = "promises.toml"


SAID_BEFORE: Final = frozenset({Alarm.SLIPPING, Alarm.TELL_NOW, Alarm.LAST_WORD})
"""Who was told that much need not be told as well that its owner is away."""


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


@dataclass(frozen=True, kw_only=True)
class Notice:
    """From when on the owner is warned, the lead told that the customer must hear of it, and told once more.

    `last_at` is None where no working hours are known that could say when it is too late.
    """

    slip_at: Moment
    tell_at: Moment
    last_at: Moment | None = None


def believed(late: float, *, now: Moment, calendar: WorkCalendar, zone: tzinfo) -> float:
    """Return how likely a promise is late, as far as somebody can act on it at `now`: by night a forecast waits.

    What the ledger alone asks for does not wait, so nothing is skipped.
    """
    return late if somebody_works(calendar, now, zone=zone) else 0.0


def notice(
    entry: Entry, *, late: float | None = None, calendar: WorkCalendar | None = None, zone: tzinfo | None = None
) -> Notice:
    """Return when people are told about a promise that is not kept yet.

    With `calendar` and `zone` there is working time left for whoever must act, or most of what a short promise had; and
    `late` tells how likely it is late (forecast.py, `believed`), None where nobody asked. Of an unlikely one nobody
    hears before the lead needs it to write; of the others nobody later than by the ledger alone.
    """
    warning = warning_time(entry)
    slip_at, tell_at = entry.due_end - warning, entry.due_end - warning * LAST_CALL
    if calendar is None or zone is None:
        return Notice(slip_at=slip_at, tell_at=tell_at)
    whole = working_time(calendar, entry.made_at, entry.due_end, zone=zone)

    def before(needed: timedelta, share: float) -> Moment:
        return ahead_of(calendar, entry.due_end, min(needed, whole * share), not_before=entry.made_at, zone=zone)

    in_time, last_at = before(TIME_TO_WRITE, TELL_SHARE), before(LAST_MINUTES, LAST_SHARE)
    if late is not None and late < UNLIKELY:
        return Notice(slip_at=in_time, tell_at=in_time, last_at=last_at)
    slip_at = min(slip_at, before(TIME_TO_MEND, SLIP_SHARE))
    return Notice(slip_at=slip_at, tell_at=min(tell_at, in_time), last_at=last_at)


def is_hardly_possible(made_at: Moment, due: Moment, *, calendar: WorkCalendar, zone: tzinfo) -> bool:
    """Return whether hardly anybody works until a promise is due: "within 48 hours" on a Friday at half past four."""
    return working_time(calendar, made_at, due, zone=zone) < LEAST_TIME


def due_now(
    entries: Iterable[Entry],
    *,
    now: Moment,
    away: Collection[str] = (),
    notices: Mapping[str, Notice] | None = None,
) -> list[Alert]:
    """Return what the desk must be told at `now`, at most one alert a promise, the most urgent first.

    `away` names owners who are not there; `notices` says by id when to warn, by the ledger alone where it has none.
    It looks at the ledger only, never at when it last looked: a clock that
    jumps a day, a night without a look, or a change to summer time neither repeats an alert nor skips one.
    """
    known = notices or {}
    alerts = [
        alert
        for entry in entries
        if (alert := _alert(entry, now=now, away=away, when=known.get(entry.id) or notice(entry))) is not None
    ]
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
    # Whom we know as "คุณป้ามาลี" has the title in the name already.
    title: str = note.get("title", "")
    written: str = note["slipping"].format(
        name=customer_name if customer_name.startswith(title) else f"{title}{customer_name}",
        agent=agent_name,
        deed=note["deeds"][entry.what],
        due=due,
        new=new_due or f"[{note['slot']}]",
    )
    return written.strip()


def _alert(entry: Entry, *, now: Moment, away: Collection[str], when: Notice) -> Alert | None:
    if entry.state.final:
        return None
    alarm = next((alarm for alarm in _alarms(entry, now=now, away=away, when=when) if alarm not in entry.alarms), None)
    if alarm is None:
        return None
    nobody_there = entry.owner == "" or entry.owner in away
    tellable = now < entry.due_end and entry.state is not PromiseState.TOLD
    return Alert(
        entry=entry,
        alarm=alarm,
        to_owner=not nobody_there,
        to_lead=nobody_there or alarm in (Alarm.TELL_NOW, Alarm.LAST_WORD, Alarm.OVERDUE),
        note_by=entry.due_end if tellable else None,
    )


def _alarms(entry: Entry, *, now: Moment, away: Collection[str], when: Notice) -> list[Alarm]:
    """Return the alarms that hold now, the one that says most first: an overdue promise no longer slips."""
    told = entry.state is PromiseState.TOLD
    if now > entry.due_end:
        return [Alarm.OVERDUE]
    if now > when.slip_at and not told:
        return [_loudest(entry, now=now, when=when)]
    # Somebody must take it over while there is still time to keep it.
    absent = entry.owner in away and now > entry.due_end - (entry.due_end - when.slip_at) * 2
    return [Alarm.OWNER_AWAY] if absent and not entry.alarms & SAID_BEFORE else []


def _loudest(entry: Entry, *, now: Moment, when: Notice) -> Alarm:
    """Return how loud a promise that slips must be spoken of now, and never more softly than it was."""
    if (when.last_at and now > when.last_at) or Alarm.LAST_WORD in entry.alarms:
        return Alarm.LAST_WORD
    return Alarm.TELL_NOW if now > when.tell_at or Alarm.TELL_NOW in entry.alarms else Alarm.SLIPPING
