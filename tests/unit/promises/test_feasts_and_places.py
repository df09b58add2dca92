"""Feasts and their eves, England's bank holidays, and other times that new authors wrote."""

from datetime import date, datetime

import numpy as np
import pytest

from amends.languages import load
from amends.promises.around import beside_buckets, time_buckets
from amends.promises.calendar import WorkCalendar
from amends.promises.dates import times
from amends.promises.find import sentences_with_times
from amends.text.normal import normal

AT = "2026-11-24T10:15:00+00:00"
WAYS = [
    ("en", "we pay before Christmas", "2026-12-24T17:00"),
    ("en", "we pay before Easter", "2027-03-25T17:00"),
    ("en", "we call on Boxing Day, 2 pm", "2026-12-26T14:00"),
    ("en", "we pay within fifteen (15) business days", "2026-12-15T17:00"),
    ("en", "give us a fortnight", "2026-12-08T17:00"),
    ("en", "one business day and it is yours", "2026-11-25T17:00"),
    ("en", "our adjuster comes between noon and 2", "2026-11-24T14:00"),
    ("en", "we pay on the last banking day of the month", "2026-11-30T17:00"),
    ("id", "kami antar Minggu jam 4 sore", "2026-11-29T16:00"),
    ("id", "kami antar sebelum salat Jumat", "2026-11-27T12:00"),
    ("id", "Desember nanti kami gratiskan", "2026-12-31T17:00"),
    ("id", "kami kirim ga lama lagi", None),
    ("id", "kami bayar sebelum tutup tahun", "2026-12-31T17:00"),
    ("id", "kami kirim pada hari kerja kelima", "2026-12-01T17:00"),
    ("id", "kami antar sebelum Lebaran", "2027-03-09T17:00"),
    ("id", "kami antar H-3 Lebaran", "2027-03-07T17:00"),
    ("id", "kami kirim sebelum hari raya Nyepi", "2027-03-07T17:00"),
    ("id", "kami kirim sebelum Idul Adha", "2027-05-16T17:00"),
    ("id", "kami kirim sebelum Paskah", "2027-03-27T17:00"),
    ("id", "kami kirim pas Hari Buruh jam 9", "2027-05-01T09:00"),
    ("id", "kami kirim sebelum agustusan", "2027-08-16T17:00"),
    ("th", "โอนก่อนปีใหม่", "2026-12-31T17:00"),
    ("th", "ส่งให้วันพูก", "2026-11-25T17:00"),
    ("th", "ขนตู้ให้เสาร์หรืออาทิตย์นี้", "2026-11-29T17:00"),
    ("th", "เก้าอี้มาถึงสัปดาห์แรกของธันวาคม", "2026-12-07T17:00"),
    ("th", "จะแจ้งให้ทราบอีกหลายวัน", None),
    ("th", "ส่งให้ก่อนตรุษจีน", "2027-02-05T17:00"),
    ("th", "ส่งให้ก่อนวันมาฆบูชา", "2027-02-20T17:00"),
    ("th", "ส่งให้ก่อนเข้าพรรษา", "2027-07-18T17:00"),
    ("th", "ส่งให้ก่อนวันเด็ก", "2027-01-08T17:00"),
    ("th", "ช่างเข้าไปวันแรงงาน 10.00 น.", "2027-05-01T10:00"),
    ("th", "ส่งถึงวันอาทิตย์ที่ 6 ธ.ค. ก่อนสิบโมงเช้า", "2026-12-06T10:00"),
    ("fi", "maksamme helmikuun viimeisenä pankkipäivänä", "2027-02-26T17:00"),
    ("fi", "postitamme 17. p:nä joulukuuta", "2026-12-17T17:00"),
    ("fi", "soitamme loppiaisen jälkeisenä päivänä", "2027-01-07T17:00"),
]


@pytest.mark.parametrize(("tag", "words", "due"), WAYS, ids=[words for _, words, _ in WAYS])
def test_a_feast_and_its_eve_are_told_apart(tag: str, words: str, due: str | None) -> None:
    found = times(normal(words).text, at=datetime.fromisoformat(AT), pack=load(tag), calendar=WorkCalendar())
    assert [time.end and time.end.strftime("%Y-%m-%dT%H:%M") for time in found] == [due]


def test_a_quick_word_is_no_promise_of_speed() -> None:
    at = datetime.fromisoformat(AT)
    assert not times("quick one: the permit is filed", at=at, pack=load("en"), calendar=WorkCalendar())


def test_the_name_of_a_feast_alone_is_no_time() -> None:
    at = datetime.fromisoformat(AT)
    for tag, words in (("id", "baju Lebaran Ibu"), ("id", "promo Imlek"), ("th", "ชุดตรุษจีนของพี่")):
        assert not times(normal(words).text, at=at, pack=load(tag), calendar=WorkCalendar())


@pytest.mark.parametrize("feast", [date(2027, 3, 29), date(2027, 8, 30)], ids=["Easter Monday", "August"])
def test_nobody_in_england_works_on_a_bank_holiday(feast: date) -> None:
    assert not WorkCalendar(country="GB").works_on(feast)
    assert WorkCalendar(country=None).works_on(feast)


def test_by_and_until_a_day_are_heard_apart_and_its_number_is_not() -> None:
    assert not np.array_equal(time_buckets("by 14 may"), time_buckets("until 14 may"))
    assert np.array_equal(time_buckets("by 14 may"), time_buckets("by 23 may"))


def test_a_sentence_knows_what_stands_beside_it() -> None:
    text = "The cooker is on the van. Two hours, tops. Sorry again."
    (said,) = sentences_with_times(text, at=datetime.fromisoformat(AT), pack=load("en"))
    assert said.stands.before.startswith("The cooker")
    assert said.stands.behind == "Sorry again."
    assert beside_buckets("", "").size == 0
