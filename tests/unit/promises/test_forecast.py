"""How likely a promise is late, why, and how much earlier people hear of it."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from amends.promises.calendar import WorkCalendar
from amends.promises.forecast import Because, Outlook, Past, forecast
from amends.promises.ledger import Alarm, Entry
from amends.promises.office import ahead_of, working_time
from amends.promises.warn import due_now, notice
from amends.vocabulary import Deed

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HELSINKI = ZoneInfo("Europe/Helsinki")
OFFICE = WorkCalendar(country="FI")
PLAIN = Outlook(desk=Past(late=20, ended=100), used=0.25, days_left=3)
MONDAY = datetime(2026, 11, 23, 9, tzinfo=HELSINKI)
ENTRY = Entry(id="1", what=Deed.REFUND, made_at=MONDAY, due_start=MONDAY, due_end=MONDAY + 4 * DAY, owner="aino")


@pytest.mark.parametrize(
    ("worse", "because"),
    [
        ({"owner": Past(late=9, ended=10)}, Because.OWNER),
        ({"deed": Past(late=9, ended=10)}, Because.DEED),
        ({"due_before": 12}, Because.LOAD),
        ({"order_late": True}, Because.ORDER_LATE),
        ({"away_share": 1.0}, Because.AWAY),
        ({"nobodys": True}, Because.NOBODYS),
        ({"used": 0.9}, Because.TIME),
    ],
)
def test_what_makes_a_promise_late_is_said(worse: dict[str, object], because: Because) -> None:
    plain, grim = forecast(PLAIN), forecast(replace(PLAIN, **worse))
    assert grim.late > plain.late
    assert grim.because[0] is because


def test_one_bad_day_of_a_new_colleague_says_little() -> None:
    new, known = (forecast(replace(PLAIN, owner=Past(late=n, ended=n))).late for n in (1, 20))
    assert new - forecast(PLAIN).late < 0.1 < known - new


def test_a_promise_whose_time_is_over_is_late() -> None:
    assert forecast(replace(PLAIN, used=1.0)).late == 1.0


def test_who_always_needs_the_last_hour_is_not_suspected_before_it() -> None:
    last_minute, early = (forecast(replace(PLAIN, used=0.6, paces=[pace] * 40)).late for pace in (0.95, 0.2))
    assert last_minute < early


def test_of_an_unlikely_one_nobody_hears_before_the_lead_must() -> None:
    calm = notice(ENTRY, late=0.1, calendar=OFFICE, zone=HELSINKI)
    unknown = notice(ENTRY, calendar=OFFICE, zone=HELSINKI)
    assert calm.slip_at == calm.tell_at == unknown.tell_at
    assert unknown.slip_at < calm.slip_at


def test_a_warning_that_would_come_at_night_comes_while_somebody_is_there() -> None:
    early = replace(ENTRY, due_end=MONDAY + 2 * DAY + HOUR)
    tell_at = notice(early, calendar=OFFICE, zone=HELSINKI).tell_at
    assert tell_at == datetime(2026, 11, 24, 14, tzinfo=HELSINKI)
    assert [a.alarm for a in due_now([early], now=tell_at + HOUR)] == []
    told = due_now([early], now=tell_at + HOUR, notices={"1": notice(early, calendar=OFFICE, zone=HELSINKI)})
    assert [a.alarm for a in told] == [Alarm.TELL_NOW]


def test_working_time_skips_nights_weekends_and_holidays() -> None:
    christmas = datetime(2026, 12, 23, 12, tzinfo=HELSINKI)
    assert working_time(OFFICE, christmas, christmas + 5 * DAY, zone=HELSINKI) == 8 * HOUR
    assert working_time(OFFICE, christmas, christmas - DAY, zone=HELSINKI) == timedelta(0)


def test_time_to_act_is_found_before_a_weekend() -> None:
    found = ahead_of(OFFICE, datetime(2026, 11, 30, 10, tzinfo=HELSINKI), 3 * HOUR, not_before=MONDAY, zone=HELSINKI)
    assert found == datetime(2026, 11, 27, 15, tzinfo=HELSINKI)


def test_a_weekend_in_which_the_hour_changes_takes_nothing_away() -> None:
    monday = datetime(2026, 10, 26, 10, tzinfo=HELSINKI)
    found = ahead_of(OFFICE, monday, 3 * HOUR, not_before=monday - 5 * DAY, zone=HELSINKI)
    assert found == datetime(2026, 10, 23, 15, tzinfo=HELSINKI)
    assert working_time(OFFICE, found, monday, zone=HELSINKI) == 3 * HOUR
