"""Feasts that move, clocks with a zone, and times that only look like one: each was missed by text nobody had studied."""

from datetime import datetime

import pytest

from amends.languages import load
from amends.promises.calendar import WorkCalendar
from amends.promises.dates import times
from amends.promises.easter import easter
from amends.text.normal import normal

TUESDAY = datetime.fromisoformat("2026-11-24T10:15:00+07:00")

NAMED = [
    ("en", "by Thanksgiving", "2026-11-26T17:00"),
    ("en", "on Good Friday", "2027-03-26T17:00"),
    ("fi", "pääsiäiseen mennessä", "2027-03-28T17:00"),
    ("fi", "helatorstaina", "2027-05-06T17:00"),
    ("fi", "isänpäiväksi", "2027-11-14T17:00"),
    ("en", "on the first working day of January", "2027-01-01T17:00"),
    ("en", "on the last business day of the month", "2026-11-30T17:00"),
    ("en", "before the day is over", "2026-11-24T17:00"),
    ("en", "by five-thirty", "2026-11-24T17:30"),
    ("en", "Saturday, 8 till 10", "2026-11-28T10:00"),
    ("fi", "huomenna neljäksi", "2026-11-25T16:00"),
    ("fi", "ylihuomenna aamukahdeksaksi", "2026-11-26T08:00"),
    ("fi", "huomenna klo 6", "2026-11-25T06:00"),
    ("fi", "la aamupäivällä", "2026-11-28T12:00"),
    ("fi", "viidentenä arkipäivänä", "2026-12-01T17:00"),
    ("id", "besok pukul 14.00 WITA", "2026-11-25T13:00"),
    ("id", "besok pukul 14.00 WIB", "2026-11-25T14:00"),
    ("id", "Senin awal pekan depan", "2026-11-30T17:00"),
    ("id", "pada hari kerja ke-5", "2026-12-01T17:00"),
    ("id", "tujuh hari kalender lagi lewat pos", "2026-12-01T17:00"),
    ("th", "30 พ.ย. 11 โมงเช้า", "2026-11-30T11:00"),
    ("th", "อีกชั่วโมงสองชั่วโมง", "2026-11-24T12:15"),
    ("th", "มะเรื่องนี้", "2026-11-27T17:00"),
    ("th", "wk.49", "2026-12-06T23:59"),
    ("th", "ก่อนวาเลนไทน์ 1 วัน", "2027-02-13T17:00"),
    ("th", "ก่อนสงกรานต์สามวัน", "2027-04-10T17:00"),
    ("id", "sesuk esuk", "2026-11-25T12:00"),
    ("id", "sebelum tengah hari ini", "2026-11-24T12:00"),
    ("vi", "2 rưỡi chiều nay", "2026-11-24T14:30"),
    ("vi", "trong vòng 48h", "2026-11-26T10:15"),
    ("vi", "ngày hai mươi tám tháng mười một", "2026-11-28T17:00"),
    ("vi", "một hai ngày nữa", "2026-11-26T17:00"),
    ("vi", "tuần rưỡi nữa", "2026-12-05T17:00"),
    ("vi", "quý 1 năm 2027", "2027-03-31T17:00"),
]


@pytest.mark.parametrize(("tag", "words", "due"), NAMED)
def test_a_time_is_read_as_its_speakers_mean_it(tag: str, words: str, due: str) -> None:
    (found,) = times(normal(words).text, at=TUESDAY, pack=load(tag), calendar=WorkCalendar())
    assert found.end
    assert found.end.isoformat()[:16] == due


@pytest.mark.parametrize(
    ("tag", "words"), [("en", "I have allowed for Easter"), ("fi", "helatorstain vuoksi"), ("th", "ชุดกระเช้าใหม่")]
)
def test_a_name_alone_is_no_time(tag: str, words: str) -> None:
    assert times(normal(words).text, at=TUESDAY, pack=load(tag), calendar=WorkCalendar()) == []


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("id", "Kamis jam 9 tidak bisa, Jumat di jam yang sama kami antar."),
        ("th", "วันพฤหัสเก้าโมงเช้าไม่ว่าง วันศุกร์เวลาเดิมไปได้"),
        ("vi", "Thứ Năm 9h sáng thợ bận, thứ Sáu cùng giờ em qua."),
        ("ms", "Khamis pukul 9 pagi tak sempat, Jumaat pada waktu yang sama kami hantar."),
    ],
)
def test_the_same_time_of_another_day_is_the_hour_named_before(tag: str, words: str) -> None:
    said = times(normal(words).text, at=TUESDAY, pack=load(tag), calendar=WorkCalendar())
    assert said[-1].end == datetime.fromisoformat("2026-11-27T09:00:00+07:00")


@pytest.mark.parametrize(
    ("tag", "words"), [("vi", "em báo chị một tiếng"), ("vi", "chính chị"), ("vi", "chào chị Mai,")]
)
def test_words_like_a_time_name_none(tag: str, words: str) -> None:
    assert times(normal(words).text, at=TUESDAY, pack=load(tag), calendar=WorkCalendar()) == []


def test_today_does_not_swallow_another_weekday() -> None:
    said = times("ships today, friday you have it", at=TUESDAY, pack=load("en"), calendar=WorkCalendar())
    assert [due.end.day for due in said if due.end] == [24, 27]


@pytest.mark.parametrize(("year", "day"), [(2024, "2024-03-31"), (2025, "2025-04-20"), (2038, "2038-04-25")])
def test_easter_falls_where_the_almanac_says(year: int, day: str) -> None:
    assert easter(year).isoformat() == day
