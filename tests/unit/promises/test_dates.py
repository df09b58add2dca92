"""When a sentence says: every way four languages write a time, read at one Tuesday morning."""

from datetime import datetime

import pytest

from amends.languages import load
from amends.promises.calendar import WorkCalendar
from amends.promises.dates import times
from amends.promises.values import Basis
from amends.text.normal import normal

TUESDAY = datetime.fromisoformat("2026-11-24T10:15:00+02:00")

READ = [
    # a weekday: the coming one; with "next" the one of next week
    ("en", "by Friday", "2026-11-27T17:00"),
    ("id", "paling lambat hari Jumat", "2026-11-27T17:00"),
    ("th", "ภายในวันศุกร์นี้", "2026-11-27T17:00"),
    ("fi", "perjantaihin mennessä", "2026-11-27T17:00"),
    ("en", "on Tuesday", "2026-12-01T17:00"),
    ("en", "next Wednesday", "2026-12-02T17:00"),
    ("id", "Rabu depan", "2026-12-02T17:00"),
    ("th", "วันพุธหน้า", "2026-12-02T17:00"),
    ("fi", "ensi viikon keskiviikkona", "2026-12-02T17:00"),
    # explicit dates, in every written form; an explicit date absorbs its weekday
    ("en", "on Friday, 28 November", "2026-11-28T17:00"),
    ("en", "November 28th, 2026", "2026-11-28T17:00"),
    ("en", "2026-11-28", "2026-11-28T17:00"),
    ("en", "28/11", "2026-11-28T17:00"),
    ("id", "tanggal 28 Nopember 2026", "2026-11-28T17:00"),
    ("id", "tgl 28/11", "2026-11-28T17:00"),
    ("th", "วันเสาร์ที่ 28 พฤศจิกายน 2569", "2026-11-28T17:00"),
    ("th", "28 พ.ย. 69", "2026-11-28T17:00"),
    ("th", "๒๘ พ.ย. ๒๕๖๙", "2026-11-28T17:00"),
    ("th", "28/11/2569", "2026-11-28T17:00"),
    ("fi", "la 28.11.", "2026-11-28T17:00"),
    ("fi", "28. marraskuuta", "2026-11-28T17:00"),
    ("en", "by 3 January", "2027-01-03T17:00"),
    ("en", "by the 3rd", "2026-12-03T17:00"),
    # relative days and parts of the day
    ("en", "tomorrow", "2026-11-25T17:00"),
    ("id", "lusa", "2026-11-26T17:00"),
    ("th", "มะรืนนี้", "2026-11-26T17:00"),
    ("fi", "ylihuomenna", "2026-11-26T17:00"),
    ("en", "tomorrow morning", "2026-11-25T12:00"),
    ("fi", "huomenaamulla", "2026-11-25T12:00"),
    # clocks, spoken too
    ("en", "today by half past two", "2026-11-24T14:30"),
    ("en", "at 9 tonight", "2026-11-24T21:00"),
    ("id", "besok jam 3 sore", "2026-11-25T15:00"),
    ("id", "nanti malam jam setengah delapan", "2026-11-24T19:30"),
    ("th", "พรุ่งนี้บ่ายสามโมง", "2026-11-25T15:00"),
    ("th", "คืนนี้สองทุ่มครึ่ง", "2026-11-24T20:30"),
    ("th", "วันนี้ 15.30 น.", "2026-11-24T15:30"),
    ("fi", "tänään klo 14 mennessä", "2026-11-24T14:00"),
    ("fi", "huomenna puoli kolmelta", "2026-11-25T14:30"),
    ("fi", "ensi yönä kello kahteen mennessä", "2026-11-25T02:00"),
    # lengths of time
    ("en", "within 48 hours", "2026-11-26T10:15"),
    ("id", "2x24 jam", "2026-11-26T10:15"),
    ("th", "ภายใน 48 ชั่วโมง", "2026-11-26T10:15"),
    ("fi", "kahden vuorokauden kuluessa", "2026-11-26T10:15"),
    ("en", "in half an hour", "2026-11-24T10:45"),
    ("en", "within three working days", "2026-11-27T17:00"),
    ("id", "dalam tiga hari kerja", "2026-11-27T17:00"),
    ("th", "ภายใน 3 วันทำการ", "2026-11-27T17:00"),
    ("fi", "kolmen arkipäivän kuluessa", "2026-11-27T17:00"),
    ("en", "within two weeks", "2026-12-08T17:00"),
    # periods
    ("en", "next week", "2026-12-06T23:59"),
    ("id", "minggu depan", "2026-12-06T23:59"),
    ("th", "สัปดาห์หน้า", "2026-12-06T23:59"),
    ("fi", "ensi viikolla", "2026-12-06T23:59"),
    ("en", "in week 49", "2026-12-06T23:59"),
    ("fi", "viikolla 49", "2026-12-06T23:59"),
    ("en", "by the end of the month", "2026-11-30T17:00"),
    ("id", "akhir bulan ini", "2026-11-30T17:00"),
    ("th", "ภายในสิ้นเดือน", "2026-11-30T17:00"),
    ("fi", "kuun loppuun mennessä", "2026-11-30T17:00"),
    ("en", "in the first quarter of 2027", "2027-03-31T17:00"),
    ("en", "by the end of the year", "2026-12-31T17:00"),
]


@pytest.mark.parametrize(("tag", "words", "due"), READ)
def test_a_time_is_read_as_a_native_reader_would(tag: str, words: str, due: str) -> None:
    found = times(normal(words).text, at=TUESDAY, pack=load(tag), calendar=WorkCalendar())
    assert [each.end.isoformat()[:16] for each in found if each.end] == [due]
    assert found[0].start == found[0].end


@pytest.mark.parametrize(
    ("tag", "words", "first", "last"),
    [
        ("en", "between 2 and 4 pm on Friday", "2026-11-27T14:00", "2026-11-27T16:00"),
        ("en", "within 3–5 working days", "2026-11-27T17:00", "2026-12-01T17:00"),
        ("en", "on Thursday or Friday", "2026-11-26T17:00", "2026-11-27T17:00"),
        ("en", "24–26 December", "2026-12-24T17:00", "2026-12-26T17:00"),
        ("id", "dalam 3 sampai 5 hari kerja", "2026-11-27T17:00", "2026-12-01T17:00"),
        ("id", "besok antara jam 2 dan jam 4 sore", "2026-11-25T14:00", "2026-11-25T16:00"),
        ("th", "ภายใน 3-5 วันทำการ", "2026-11-27T17:00", "2026-12-01T17:00"),
        ("th", "พรุ่งนี้ 10.00-12.00 น.", "2026-11-25T10:00", "2026-11-25T12:00"),
        ("fi", "3–5 arkipäivän kuluessa", "2026-11-27T17:00", "2026-12-01T17:00"),
        ("fi", "torstaina klo 12–14", "2026-11-26T12:00", "2026-11-26T14:00"),
        ("fi", "maanantaista keskiviikkoon", "2026-11-30T17:00", "2026-12-02T17:00"),
    ],
)
def test_a_range_has_two_ends(tag: str, words: str, first: str, last: str) -> None:
    (found,) = times(normal(words).text, at=TUESDAY, pack=load(tag), calendar=WorkCalendar())
    assert found.start
    assert found.end
    assert found.basis is Basis.RANGE
    assert (found.start.isoformat()[:16], found.end.isoformat()[:16]) == (first, last)


@pytest.mark.parametrize(
    ("tag", "words"),
    [("en", "as soon as possible"), ("id", "secepatnya"), ("th", "โดยเร็วที่สุด"), ("fi", "mahdollisimman pian")],
)
def test_soon_is_no_time(tag: str, words: str) -> None:
    (found,) = times(words, at=TUESDAY, pack=load(tag), calendar=WorkCalendar())
    assert (found.start, found.end, found.basis) == (None, None, Basis.VAGUE)


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("en", "within 5 days of receiving your parcel"),
        ("id", "dalam 5 hari sejak barang kami terima"),
        ("th", "ภายใน 5 วันหลังจากได้รับสินค้า"),
        ("fi", "viiden päivän kuluessa palautuksen saapumisesta"),
    ],
)
def test_a_length_counted_from_their_act_cannot_be_computed(tag: str, words: str) -> None:
    assert times(words, at=TUESDAY, pack=load(tag), calendar=WorkCalendar()) == []


def test_the_month_goes_first_where_people_write_it_first() -> None:
    (found,) = times("12/05", at=TUESDAY, pack=load("en"), calendar=WorkCalendar(country="US"))
    assert found.end
    assert (found.end.month, found.end.day) == (12, 5)


def test_today_said_after_closing_time_lasts_until_midnight() -> None:
    late = TUESDAY.replace(hour=19)
    (found,) = times("today", at=late, pack=load("en"), calendar=WorkCalendar())
    assert found.end == late.replace(hour=23, minute=59)
