"""A real date instead of "soon", from how long such things took here."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from amends.promises.calendar import WorkCalendar
from amends.promises.usual import Usual, business_days, proposed, usual

HELSINKI = ZoneInfo("Europe/Helsinki")
OFFICE = WorkCalendar(country="FI")
FRIDAY = datetime(2026, 11, 27, 16, tzinfo=HELSINKI)


@pytest.mark.parametrize(
    ("took", "days"),
    [([1, 2, 3, 3, 9], 3), ([1, 1, 1, 1, 1, 1, 1, 1, 5, 5], 1), ([1, 2, 2, 2, None], 2), ([0, 0, 0, 0, 0], 0)],
)
def test_eight_in_ten_were_done_by_then(took: list[int | None], days: int) -> None:
    found = usual(took)
    assert found is not None
    assert (found.days, found.n) == (days, len(took))
    assert found.share >= 0.8


@pytest.mark.parametrize("took", [[], [1, 1, 1, 1], [1, 1, 1, None, None], [None] * 9])
def test_few_cases_and_things_never_done_give_no_date(took: list[int | None]) -> None:
    assert usual(took) is None


def test_a_weekend_is_no_time_that_it_took() -> None:
    assert business_days(OFFICE, FRIDAY, FRIDAY + timedelta(days=3), zone=HELSINKI) == 1
    assert business_days(OFFICE, FRIDAY, FRIDAY + timedelta(hours=1), zone=HELSINKI) == 0


def test_the_date_is_the_end_of_a_business_day_and_never_today() -> None:
    for days, day in ((0, 30), (1, 30)):
        due = proposed(Usual(days=days, share=0.8, n=5), calendar=OFFICE, now=FRIDAY, zone=HELSINKI)
        assert due == datetime(2026, 11, day, 17, tzinfo=HELSINKI)
