"""Clocks of regulators: dated data with its source, counted as the rules count."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from amends.promises.calendar import WorkCalendar
from amends.promises.regulators import rules


def test_every_rule_says_where_it_stands_and_what_we_do_not_know():
    assert set(rules()) == {"id-ojk", "th-bot", "uk-fca", "us-cfpb"}
    for known in rules().values():
        assert known.checked == "not checked against the legal text by a lawyer"
        assert all((known.source, known.uncertain, known.dated.year > 2000, known.clocks, known.running))


@pytest.mark.parametrize(
    ("name", "clock", "due"),
    [
        ("uk-fca", "final", datetime(2026, 12, 24, 17)),  # the 56th day is Christmas Day: the one before it
        ("uk-fca", "summary", datetime(2026, 11, 4, 17)),
        ("us-cfpb", "response", datetime(2026, 11, 13, 17)),
        ("us-cfpb", "final", datetime(2026, 12, 29, 17)),
        ("id-ojk", "written", datetime(2026, 11, 13, 17)),
        ("id-ojk", "extended", datetime(2026, 11, 27, 17)),
        ("th-bot", "progress", datetime(2026, 11, 13, 17)),
    ],
)
def test_a_clock_counts_as_its_rule_does(name: str, clock: str, due: datetime):
    known, zone = rules()[name], ZoneInfo("Europe/London")
    [found] = [one for one in known.clocks if one.id == clock]
    calendar = WorkCalendar(country=known.country)
    at = datetime(2026, 10, 30, 16, tzinfo=UTC)  # a Friday
    assert found.due(at, calendar=calendar, zone=zone) == due.replace(tzinfo=zone)
