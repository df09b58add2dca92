"""Clocks of regulators: by when a rule asks for an answer to a complaint. Dated data; no legal advice (ADR 0106)."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Final

from amends.promises.calendar import WorkCalendar
from amends.vocabulary import Moment

FOLDER: Final = "rules_of_regulators"


class KeptBy(StrEnum):
    """What stops a clock: a person's answer, or the end of the case."""

    ANSWER = "answer"
    FINAL = "final"


class Unit(StrEnum):
    """How its days are counted. The day of receipt never counts."""

    DAYS = "days"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, kw_only=True)
class Clock:
    """One time that a rule gives. `optional`: nobody has to meet it, but who does is done sooner; it never runs."""

    id: str
    says: str
    length: int
    unit: Unit
    kept_by: KeptBy = KeptBy.FINAL
    optional: bool = False

    def due(self, received: Moment, *, calendar: WorkCalendar, zone: tzinfo) -> Moment:
        """Return the end of the working day on which the time is over, by the clock of `zone`.

        A last day on which nobody works is not put off: rules differ about that, and early is safe.
        """
        day = received.astimezone(zone).date()
        if self.unit is Unit.WORKING_DAYS:
            last = calendar.business_day(self.length, after=day)
        else:
            last = calendar.last_business_day(day + timedelta(days=1), day + timedelta(days=self.length))
        return calendar.closing(last, zone)


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What one regulator asks. `dated` is the day of the rule, `checked` by whom it was compared with the text.

    `uncertain` says what we do not know of it.
    """

    id: str
    regulator: str
    country: str
    title: str
    source: str
    dated: date
    checked: str
    uncertain: str
    clocks: tuple[Clock, ...]

    @property
    def running(self) -> tuple[Clock, ...]:
        """Return the clocks that run from a complaint on."""
        return tuple(clock for clock in self.clocks if not clock.optional)


@cache
def rules() -> dict[str, Rules]:
    """Return every regulator's rules we know, by id, in order of id."""
    files = (resources.files(__package__) / FOLDER).iterdir()
    found = {file.name.removesuffix(".toml"): file.read_text("utf-8") for file in files if file.name.endswith(".toml")}
    return {name: _rules(name, tomllib.loads(text)) for name, text in sorted(found.items())}


def _rules(name: str, told: dict[str, object]) -> Rules:
    clocks = told.pop("clock")
    assert isinstance(clocks, list)
    return Rules(id=name, clocks=tuple(map(_clock, clocks)), **told)  # type: ignore[arg-type]


def _clock(told: dict[str, object]) -> Clock:
    kept_by, unit = KeptBy(str(told.pop("kept_by", KeptBy.FINAL))), Unit(str(told.pop("unit")))
    return Clock(unit=unit, kept_by=kept_by, **told)  # type: ignore[arg-type]
