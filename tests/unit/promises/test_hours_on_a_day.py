"""Hours hung on a day: the part of the day that the words name, and nothing of the day lost by it."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from amends.languages import load
from amends.promises.atoms import Atom, Reader, Said, Setting
from amends.promises.calendar import WorkCalendar
from amends.promises.days import read_again, read_day, read_weekday
from amends.promises.grammar import grammar
from amends.text.spans import Span

TUESDAY = datetime.fromisoformat("2026-11-24T10:15:00+00:00")
SETTING = Setting(at=TUESDAY, calendar=WorkCalendar(), words=grammar(load("en")).words)
FORMS: dict[Reader, dict[str, object]] = {
    read_day: {"dayword": 1},
    read_weekday: {"weekday": 4, "week": 1},
    read_again: {"dayword": 1, "shift": 1, "leans": True},
}


def read(reader: Reader, **fixed: object) -> Atom:
    atom = reader(Said(span=Span(0, 8), slots={}, form=FORMS[reader] | fixed, setting=SETTING))
    assert atom is not None
    return atom


@pytest.mark.parametrize("reader", FORMS)
def test_a_part_of_the_day_gives_a_day_its_hours_and_changes_nothing_else(reader: Reader) -> None:
    plain, morning = read(reader), read(reader, part="12:00")
    assert plain.hours is None
    assert morning.hours
    assert morning.hours.last == time(12)
    assert replace(morning, hours=None, again=None) == replace(plain, again=None)


def test_the_morning_of_that_day_still_leans_on_the_day_named_before() -> None:
    morning = read(read_again, part="12:00")
    assert morning.leans
    assert morning.again
    assert morning.again(date(2026, 11, 27)) == date(2026, 11, 28)
