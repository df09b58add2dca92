"""The people of a simulated quarter, and what they promise. Nothing here knows of warnings or forecasts."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from amends.promises.calendar import DAY, WorkCalendar
from amends.vocabulary import Deed, Moment

ZONE: Final = ZoneInfo("Europe/Helsinki")
OFFICE: Final = WorkCalendar(country="FI")
BEGINS: Final = datetime(2026, 10, 5, 9, tzinfo=ZONE)
"""A quarter with the end of summer time, a public holiday in a week, Christmas and New Year."""
LASTS: Final = timedelta(weeks=13)
BUSY_WEEKS: Final = range(7, 11)
"""Before Christmas people promise more in a day, and others deliver later."""
BUSIER: Final = 1.7
DEEDS: Final[Mapping[Deed, tuple[float, float, Sequence[int], float]]] = {
    Deed.ANSWER: (0.30, 0.5, (0, 1, 1, 2), 0.10),
    Deed.CALL: (0.15, 0.4, (0, 1, 1), 0.0),
    Deed.REFUND: (0.20, 0.8, (3, 5, 5, 10), 0.20),
    Deed.REPLACEMENT: (0.15, 1.2, (2, 3, 5), 0.50),
    Deed.DELIVERY: (0.15, 0.6, (1, 3, 5), 0.60),
    Deed.REPAIR: (0.05, 2.0, (5, 10), 0.50),
}
"""Deed → how often, hours of work, business days promised, and how often it waits for somebody else."""
NOBODYS: Final = 0.03
WAITS_TOO_LONG: Final = 0.25
"""How often what it waits for comes after the time that was promised."""
PLAIN_HOURS: Final = 0.1
AT_AN_HOUR: Final = 0.2
"""How often people promise so many hours, or an hour of a day."""
SAYS_SO: Final = 0.7
"""How often whoever is waited for says half-way that it will come too late."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who promises.

    `pace` is the part of their working time that goes into promises; `muddle` by how many days they mistake what is
    due first; `overlooks` how often a warning is never read, 0–1; `reads_in` after how much working time the others
    are. `away` are days off that the desk knows of, `ill` those it learns of at noon.
    """

    name: str
    pace: float
    muddle: float
    overlooks: float
    reads_in: timedelta
    away: tuple[tuple[Moment, Moment], ...] = ()
    ill: tuple[tuple[Moment, Moment], ...] = ()

    def is_there(self, now: Moment) -> bool:
        """Return whether they are not on a day off."""
        return not any(start <= now < end for start, end in (*self.away, *self.ill))


@dataclass(frozen=True, kw_only=True)
class Work:
    """One promise as the world knows it: `hours` of work, that can only be done from `ready_at` on.

    `said_late_at` is when those it waits for say that this is after its due time; they do not always say.
    """

    id: str
    what: Deed
    owner: str
    made_at: Moment
    due: Moment
    hours: float
    ready_at: Moment
    said_late_at: Moment | None = None

    def is_said_late(self, now: Moment) -> bool:
        """Return whether we know by now that what it waits for comes too late."""
        return self.said_late_at is not None and self.said_late_at <= now


def people(agents: int, chance: random.Random) -> list[Person]:
    """Return agents of all kinds: quick and slow, tidy and muddled, some of them away for days."""
    return [_person(f"agent {number + 1}", chance) for number in range(agents)]


def leads(chance: random.Random) -> list[Person]:
    """Return two leads who stand in for each other; they read nearly everything."""
    readers = [_person(f"lead {number + 1}", chance) for number in range(2)]
    return [
        Person(name=lead.name, pace=0, muddle=0, overlooks=0.02, reads_in=timedelta(minutes=30), ill=lead.ill)
        for lead in readers
    ]


def promises(number: int, owners: Sequence[Person], chance: random.Random) -> list[Work]:
    """Return that many promises of a quarter, in the order in which they are made."""
    moments = sorted(_moment(chance) for _ in range(number))
    return [_promise(str(each), made_at, owners, chance) for each, made_at in enumerate(moments)]


def is_working_hour(now: Moment) -> bool:
    """Return whether the office is open."""
    here = now.astimezone(ZONE)
    return OFFICE.works_on(here.date()) and OFFICE.opens <= here.time() < OFFICE.closes


def _person(name: str, chance: random.Random) -> Person:
    return Person(
        name=name,
        pace=chance.uniform(0.14, 0.35),
        muddle=chance.choice([0.1, 0.5, 2.0]),
        overlooks=chance.uniform(0.05, 0.3),
        reads_in=timedelta(minutes=chance.uniform(10, 90)),
        away=tuple(_days(chance, length=chance.randint(1, 6)) for _ in range(chance.randint(0, 2))),
        ill=tuple(_days(chance, length=chance.randint(1, 3)) for _ in range(chance.randint(0, 2))),
    )


def _days(chance: random.Random, *, length: int) -> tuple[Moment, Moment]:
    first = (BEGINS + LASTS * chance.random()).date()
    start = datetime.combine(first, time(0), ZONE)
    return start, datetime.combine(first + length * DAY, time(0), ZONE)


def _moment(chance: random.Random) -> Moment:
    while True:
        moment = BEGINS + LASTS * chance.random()
        week = (moment - BEGINS) // timedelta(weeks=1)
        busy = week in BUSY_WEEKS or chance.random() < 1 / BUSIER
        if busy and is_working_hour(moment):
            return moment


def _promise(number: str, made_at: Moment, owners: Sequence[Person], chance: random.Random) -> Work:
    what = chance.choices(list(DEEDS), [often for often, *_ in DEEDS.values()])[0]
    _, hours, days, waits = DEEDS[what]
    due = _due(made_at, chance.choice(days), chance)
    owner = "" if chance.random() < NOBODYS else chance.choice(owners).name
    ready_at = _ready(made_at, due, chance) if chance.random() < waits else made_at
    says_so = ready_at > due and chance.random() < SAYS_SO
    return Work(
        id=number, what=what, owner=owner, made_at=made_at, due=due, ready_at=ready_at,
        hours=hours * chance.lognormvariate(0, 0.6), said_late_at=made_at + (due - made_at) / 2 if says_so else None,
    )  # fmt: skip


def _due(made_at: Moment, days: int, chance: random.Random) -> Moment:
    """Return what people say: the end of a working day, an hour of a morning, or plain 48 hours, even of a Friday.

    Nobody says "today" in the last two hours of it.
    """
    if chance.random() < PLAIN_HOURS:
        return made_at + timedelta(hours=48)
    if days == 0 and made_at + timedelta(hours=2) <= OFFICE.closing(made_at.date(), ZONE):
        return OFFICE.closing(made_at.date(), ZONE)
    day = OFFICE.business_day(max(1, days), after=made_at.date())
    if chance.random() < AT_AN_HOUR:
        return datetime.combine(day, time(chance.choice([10, 12, 15])), ZONE)
    return OFFICE.closing(day, ZONE)


def _ready(made_at: Moment, due: Moment, chance: random.Random) -> Moment:
    too_long = chance.random() < WAITS_TOO_LONG
    return made_at + (due - made_at) * (chance.uniform(1.0, 1.8) if too_long else chance.uniform(0.1, 0.8))
