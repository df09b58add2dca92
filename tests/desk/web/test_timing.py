"""Times, lengths and sums as the reader writes them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from amends.desk.web import timing
from amends.desk.web.locale import zone

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
LONG = {"en": "3h 8m", "id": "3 jam 8 menit", "th": "3 ชม. 8 นาที", "fi": "3 t 8 min"}
TODAY = {"en": "today 16:00", "id": "hari ini 16.00", "th": "วันนี้ 16:00", "fi": "tänään 16.00"}


def test_a_length_is_said_in_its_two_largest_units(language: str) -> None:
    with translation.override(language):
        assert timing.span(timedelta(hours=3, minutes=8, seconds=59)) == LONG[language]


def test_days_are_never_followed_by_minutes(language: str) -> None:
    with translation.override(language):
        assert timing.span(timedelta(days=4, minutes=2)) == timing.span(timedelta(days=4))
        assert timing.span(timedelta(seconds=59)) == timing.span(timedelta())


def test_today_is_said_by_the_readers_own_clock(language: str) -> None:
    with translation.override(language), timezone.override(zone("Asia/Bangkok")):
        assert timing.short_moment(NOW, now=NOW) == TODAY[language]


def test_a_day_ends_at_the_readers_midnight() -> None:
    with translation.override("en"), timezone.override(zone("Asia/Bangkok")):
        assert timing.short_moment(NOW + timedelta(hours=9), now=NOW).startswith("tomorrow")


@pytest.mark.parametrize(("tag", "sum_written"), [("en", "€1,234.50"), ("fi", "1\xa0234,50\xa0€"), ("id", "€1.234,50")])
def test_a_sum_is_written_as_the_reader_writes_it(tag: str, sum_written: str) -> None:
    with translation.override(tag):
        assert timing.money(Decimal("1234.50"), "EUR") == sum_written


@pytest.mark.parametrize(
    ("tag", "currency", "written"),
    [("id", "IDR", "Rp1.290.000"), ("th", "THB", "฿1,290,000"), ("fi", "EUR", "1\xa0290\xa0000\xa0€"), ("en", "GBP", "£1,290,000")],
)  # fmt: skip
def test_a_whole_sum_has_no_cents(tag: str, currency: str, written: str) -> None:
    with translation.override(tag):
        assert timing.money(Decimal("1290000.00"), currency) == written


@pytest.mark.parametrize(("tag", "sign"), [("en", "%"), ("id", "%"), ("th", "%"), ("fi", "\xa0%")])
def test_a_share_is_written_as_the_reader_writes_it(tag: str, sign: str) -> None:
    with translation.override(tag):
        assert (timing.percent(42), timing.percent_range(0, 29)) == (f"42{sign}", f"0–29{sign}")


def test_a_language_nobody_knows_has_no_name_and_no_crash() -> None:
    assert [timing.language_name(tag) for tag in ("", "und", "zz-qq", "%%")] == ["", "", "", ""]


@pytest.mark.parametrize(("tag", "said"), [("en", "Bangkok"), ("id", "Bangkok"), ("th", "กรุงเทพ"), ("fi", "Bangkok")])
def test_a_city_is_called_as_its_reader_calls_it(tag: str, said: str) -> None:
    with translation.override(tag):
        assert [timing.city("Asia/Bangkok"), timing.city("UTC")] == [said, "UTC"]


def test_a_zone_nobody_knows_is_utc() -> None:
    assert zone("Middle/Earth").key == zone("../etc").key == "UTC"
