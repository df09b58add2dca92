"""More ways to name a time: late hours, apposed clocks, typos, days before feasts."""

from datetime import datetime

import pytest

from amends.languages import load
from amends.promises.calendar import WorkCalendar
from amends.promises.dates import times
from amends.text.normal import normal

MORNING, NIGHT = "2026-11-24T10:15:00+02:00", "2026-11-24T22:30:00+02:00"

WAYS = [
    ("en", NIGHT, "we call at quarter past eleven", "2026-11-24T23:15"),
    ("en", NIGHT, "we call at eight", "2026-11-25T08:00"),
    ("en", MORNING, "we pay at 2 pm sharp today", "2026-11-24T14:00"),
    ("en", MORNING, "we pay first thing tomorrow", "2026-11-25T12:00"),
    ("en", MORNING, "we pay midweek", "2026-11-25T17:00"),
    ("en", MORNING, "we pay this time next week", "2026-12-01T10:15"),
    ("en", MORNING, "we pay in the first half of December", "2026-12-15T17:00"),
    ("en", MORNING, "sorry again Tom, we pay Friday", "2026-11-27T17:00"),
    ("id", MORNING, "kami antar Rabu 25 November, 15.30", "2026-11-25T15:30"),
    ("id", MORNING, "kami antar keesokan harinya", "2026-11-25T17:00"),
    ("th", MORNING, "โอนก่อนสงกรานต์", "2027-04-12T17:00"),
    ("fi", MORNING, "soitan to 26.11. tasan yhdeksältä", "2026-11-26T09:00"),
    ("fi", MORNING, "kerron ma klo 14", "2026-11-30T14:00"),
    ("fi", MORNING, "lähetämme maanataina", "2026-11-30T17:00"),
    ("fi", MORNING, "lähetämme juhannusaatonaattona", "2027-06-24T17:00"),
    ("fi", MORNING, "maksamme perjantaista viikon päästä", "2026-12-04T17:00"),
    ("fi", MORNING, "maksamme tänään ennen sulkemista", "2026-11-24T17:00"),
]


@pytest.mark.parametrize(("tag", "at", "words", "due"), WAYS, ids=[words for _, _, words, _ in WAYS])
def test_it_is_read_as_people_mean_it(tag: str, at: str, words: str, due: str) -> None:
    found = times(normal(words).text, at=datetime.fromisoformat(at), pack=load(tag), calendar=WorkCalendar())
    assert [time.end and time.end.strftime("%Y-%m-%dT%H:%M") for time in found] == [due]


@pytest.mark.parametrize(
    ("tag", "words", "first", "last"),
    [
        ("id", "kami antar antara jam 3 sampe jam 5 sore ini", "15:00", "17:00"),
        ("fi", "tulemme huomenna kahdeksasta kymmeneen", "08:00", "10:00"),
        ("en", "we call in an hour or two", "11:15", "12:15"),
        ("es", "el técnico llega el jueves entre las 9 y las 12", "09:00", "12:00"),
        ("sv", "teknikern kommer på torsdag mellan 9 och 12", "09:00", "12:00"),
    ],
)
def test_a_stretch_has_both_its_ends(tag: str, words: str, first: str, last: str) -> None:
    [found] = times(normal(words).text, at=datetime.fromisoformat(MORNING), pack=load(tag), calendar=WorkCalendar())
    assert found.start is not None
    assert found.end is not None
    assert (found.start.strftime("%H:%M"), found.end.strftime("%H:%M")) == (first, last)
