"""The desk of a simulated quarter: time passes, people work and read, and the real ledger, forecast and watch run."""

import heapq
import itertools
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Final

from amends.flow.aftercare import due
from amends.flow.quarter.world import LASTS, OFFICE, ZONE, Person, Work, is_working_hour
from amends.promises.forecast import Forecast, Outlook, Past, forecast
from amends.promises.ledger import Act, Alarm, Deal, Entry, advance, handed_over
from amends.promises.office import working_time
from amends.promises.warn import Alert, Notice, believed, is_hardly_possible, notice
from amends.vocabulary import Deed, Moment, PromiseState

TICK: Final = timedelta(minutes=15)
NIGHT_TICK: Final = timedelta(hours=1)
STOPS_AFTER: Final = LASTS + timedelta(weeks=4)
KNOWN_ILL_AFTER: Final = timedelta(hours=12)
MISJUDGES: Final = 0.15
"""How often an owner takes a promise for safe that is not, or the other way round."""
LEAD_MISJUDGES: Final = 0.03
HEEDS: Final = 0.8
"""How often somebody chooses another time when they read that hardly anybody works until then."""
ROOM: Final = 2.0
"""A lead lets a promise go on when twice the work ahead of it still fits into the time left."""
AHEAD: Final = frozenset({Alarm.SLIPPING, Alarm.TELL_NOW, Alarm.LAST_WORD})
LATE: Final = (PromiseState.KEPT_LATE, PromiseState.BROKEN)


class Desk:
    """One quarter, run to its end. `looks_ahead`: whether forecasts and working hours are used, or the ledger alone."""

    def __init__(
        self, works: Sequence[Work], people: Sequence[Person], leads: Sequence[Person], *, looks_ahead: bool, seed: int
    ) -> None:
        self.works = {work.id: work for work in works}
        self.people, self.leads = {person.name: person for person in people}, leads
        self.looks_ahead = looks_ahead
        self.entries: dict[str, Entry] = {}
        self.alerts: Counter[Alarm] = Counter()
        self.warned: dict[str, tuple[timedelta, bool]] = {}
        """How long ahead somebody was first warned of it, and whether only because a forecast asked for it."""
        self.foreseen: list[tuple[str, Outlook, Forecast]] = []
        """What was forecast when a quarter, a half and three quarters of the time were over."""
        self._left = {work.id: work.hours for work in works}
        self._to_come = sorted(works, key=lambda work: work.made_at, reverse=True)
        # A dict, for a set of words has another order in every process.
        self._open: dict[str, None] = {}
        self._chance = random.Random(seed)  # noqa: S311  # choices that can be made again
        self._reading: list[tuple[Moment, int, str, str, Alarm]] = []
        self._order = itertools.count()
        self._past: dict[tuple[str, str], Past] = defaultdict(Past)
        self._paces: list[float] = []
        self._asked: Counter[str] = Counter()

    def run(self) -> list[Entry]:
        """Live through the quarter; return every promise as it ended."""
        for now in moments(self._to_come[-1].made_at):
            self._promise(now)
            if is_working_hour(now):
                self._work(now)
                self._read(now)
            self._look(now)
            if not self._open and not self._to_come:
                break
        return list(self.entries.values())

    def _promise(self, now: Moment) -> None:
        while self._to_come and self._to_come[-1].made_at <= now:
            work = self._to_come.pop()
            due_end = self._thought_over(work)
            self._open[work.id] = None
            self.entries[work.id] = Entry(
                id=work.id, what=work.what, made_at=work.made_at, due_start=due_end, due_end=due_end, owner=work.owner
            )

    def _thought_over(self, work: Work) -> Moment:
        """Return the time that is promised once the desk has said that hardly anybody works until then."""
        if not self.looks_ahead or not is_hardly_possible(work.made_at, work.due, calendar=OFFICE, zone=ZONE):
            return work.due
        heeds = self._chance.random() < HEEDS
        return OFFICE.closing(OFFICE.business_day(1, after=work.due.date()), ZONE) if heeds else work.due

    def _work(self, now: Moment) -> None:
        for person in self.people.values():
            doable = [each for each in self._owned(person.name) if self.works[each].ready_at <= now]
            if doable and person.is_there(now) and self._chance.random() < person.pace:
                self._do(min(doable, key=lambda each: self._seems_due(each, person)), now)

    def _do(self, number: str, now: Moment) -> None:
        self._left[number] -= TICK / timedelta(hours=1)
        if self._left[number] <= 0:
            self._act(number, Act(deal=Deal.KEEP, words="done"), now)

    def _seems_due(self, number: str, person: Person) -> float:
        return self.entries[number].due_end.timestamp() / 86_400 + self._chance.gauss(0, person.muddle)

    def _read(self, now: Moment) -> None:
        """Let whoever has come to their warnings do something about them."""
        while self._reading and self._reading[0][0] <= now:
            _, _, name, number, alarm = heapq.heappop(self._reading)
            if number not in self._open:
                continue
            if name in self.people:
                self._owner_reads(number, now)
            else:
                self._lead_reads(number, alarm, now)

    def _owner_reads(self, number: str, now: Moment) -> None:
        if self._fits(number, now, room=1.0) == (self._chance.random() < MISJUDGES):
            self._tell(number, now)

    def _lead_reads(self, number: str, alarm: Alarm, now: Moment) -> None:
        entry = self.entries[number]
        if entry.owner in self._away(now) or not entry.owner:
            there = [person for person in self.people.values() if person.is_there(now)]
            if there:
                to = min(there, key=lambda person: len(self._owned(person.name)))
                self.entries[number] = handed_over(entry, to=to.name)
        sees_late = self._fits(number, now, room=ROOM) == (self._chance.random() < LEAD_MISJUDGES)
        if alarm is Alarm.LAST_WORD or (alarm is Alarm.TELL_NOW and sees_late):
            self._tell(number, now)

    def _fits(self, number: str, now: Moment, *, room: float) -> bool:
        """Return whether the work ahead of a promise and its own fits `room` times into the time left."""
        entry, work = self.entries[number], self.works[number]
        person = self.people.get(entry.owner)
        if person is None or not person.is_there(now):
            return False
        ahead = [each for each in self._owned(entry.owner) if self.entries[each].due_end <= entry.due_end]
        hours = sum(self._left[each] for each in ahead)
        left = working_time(OFFICE, max(now, work.ready_at), entry.due_end, zone=ZONE) / timedelta(hours=1)
        return hours * room <= left * person.pace

    def _tell(self, number: str, now: Moment) -> None:
        entry = self.entries[number]
        if now <= entry.due_end and entry.state is not PromiseState.TOLD:
            self._act(number, Act(deal=Deal.TELL, words="a new date"), now)

    def _look(self, now: Moment) -> None:
        ledger = [self.entries[number] for number in sorted(self._open)]
        away = self._away(now)
        notices = self._notices(ledger, away, now)
        asked = due(ledger, now=now, away=away, notices=notices if self.looks_ahead else None)
        for alert in asked.alerts:
            self.alerts[alert.alarm] += 1
            self._note(alert, now)
            self._act(alert.entry.id, Act(deal=Deal.SLIP, alarm=alert.alarm), now)
            self._warn(alert, now)
        for entry in asked.given_up:
            self._act(entry.id, Act(deal=Deal.BREAK), now)

    def _note(self, alert: Alert, now: Moment) -> None:
        """Remember who was first warned of, and whether a forecast alone moved that forward."""
        entry = alert.entry
        if alert.alarm in AHEAD and entry.id not in self.warned:
            alone = notice(entry, calendar=OFFICE, zone=ZONE).slip_at if self.looks_ahead else now
            self.warned[entry.id] = (entry.due_end - now, now < alone)

    def _warn(self, alert: Alert, now: Moment) -> None:
        readers = [self.people[alert.entry.owner]] if alert.to_owner and alert.entry.owner in self.people else []
        readers += [lead for lead in self.leads if lead.is_there(now)][:1] if alert.to_lead else []
        for reader in readers:
            if self._chance.random() >= reader.overlooks:
                wait = reader.reads_in * self._chance.lognormvariate(0, 0.7)
                at = _at_work(now, wait, reader)
                heapq.heappush(self._reading, (at, next(self._order), reader.name, alert.entry.id, alert.alarm))

    def _act(self, number: str, act: Act, now: Moment) -> None:
        entry = self.entries[number] = advance(self.entries[number], act, at=now)
        if entry.state.final:
            self._open.pop(number, None)
            for key in (("all", ""), ("deed", entry.what), ("owner", entry.owner)):
                past = self._past[key]
                self._past[key] = Past(late=past.late + (entry.state in LATE), ended=past.ended + 1)
            if entry.state is PromiseState.KEPT:
                self._paces.append((now - entry.made_at) / (entry.due_end - entry.made_at))

    def _notices(self, ledger: Sequence[Entry], away: Iterable[str], now: Moment) -> dict[str, Notice]:
        found = {}
        for entry in ledger:
            outlook = self._outlook(entry, away=set(away), now=now)
            seen = forecast(outlook)
            if 0.25 * (self._asked[entry.id] + 1) <= outlook.used < 1 and self._asked[entry.id] < 3:
                self._asked[entry.id] = int(outlook.used * 4)
                self.foreseen.append((entry.id, outlook, seen))
            if self.looks_ahead:
                late = believed(seen.late, now=now, calendar=OFFICE, zone=ZONE)
                found[entry.id] = notice(entry, late=late, calendar=OFFICE, zone=ZONE)
        return found

    def _outlook(self, entry: Entry, *, away: set[str], now: Moment) -> Outlook:
        owned = self._owned(entry.owner)
        left = max(timedelta(0), entry.due_end - now)
        return Outlook(
            desk=self._past["all", ""],
            deed=self._past["deed", Deed(entry.what)],
            owner=self._past["owner", entry.owner] if entry.owner else Past(),
            paces=self._paces[-200:],
            used=(now - entry.made_at) / (entry.due_end - entry.made_at),
            days_left=left / timedelta(days=1),
            due_before=sum(self.entries[each].due_end <= entry.due_end for each in owned if each != entry.id),
            order_late=self.works[entry.id].is_said_late(now),
            away_share=self._absence(entry, now) if entry.owner in away else 0.0,
            nobodys=not entry.owner,
        )

    def _absence(self, entry: Entry, now: Moment) -> float:
        person = self.people[entry.owner]
        until = max(end for start, end in (*person.away, *person.ill) if start <= now < end)
        left = entry.due_end - now
        return min(1.0, (until - now) / left) if left > timedelta(0) else 1.0

    def _away(self, now: Moment) -> set[str]:
        """Return who is away and known to be: somebody who falls ill is missed at noon."""
        said = {p.name for p in self.people.values() if any(start <= now < end for start, end in p.away)}
        missed = {p.name for p in self.people.values() if any(s + KNOWN_ILL_AFTER <= now < e for s, e in p.ill)}
        return said | missed

    def _owned(self, name: str) -> list[str]:
        return [number for number in self._open if self.entries[number].owner == name]


def moments(first: Moment) -> Iterator[Moment]:
    """Yield the moments at which the desk looks: every quarter of an hour while somebody works, hourly by night."""
    now, end = first.astimezone(ZONE).replace(minute=0, second=0, microsecond=0), first + STOPS_AFTER
    while now < end:
        yield now
        now += TICK if is_working_hour(now) else NIGHT_TICK


def _at_work(now: Moment, wait: timedelta, reader: Person) -> Moment:
    """Return when somebody has had that much working time since `now`, days off left out."""
    for moment in moments(now):
        if moment >= now and is_working_hour(moment) and reader.is_there(moment):
            wait -= TICK
        if wait <= timedelta(0):
            return moment
    return now + STOPS_AFTER
