"""The taught head: who acts decides, where the cues see the same words."""

from datetime import datetime

import pytest

from amends.languages import load
from amends.promises.find import find_promises
from amends.promises.head import head

AT = datetime.fromisoformat("2026-11-24T10:15:00+07:00")

PAIRS = [
    ("th", "ฝั่งเราตัดยอดคืนให้ก่อนวันศุกร์ค่ะ", "เจ้าของตึกเขาจะซ่อมลิฟต์วันศุกร์นี้"),
    ("th", "งานซ่อมเสร็จวันศุกร์ครับ ผมดูแลเอง", "สระว่ายน้ำปิดซ่อมถึงวันศุกร์นะคะ"),
    ("id", "Kami antar sendiri hari Jumat.", "Pemilik gedung akan memperbaiki lift hari Jumat."),
    ("id", "Perbaikannya rampung Jumat ini.", "Kolam renang ditutup sampai Jumat."),
]


@pytest.mark.parametrize(("tag", "ours", "theirs"), PAIRS)
def test_the_same_day_is_a_promise_only_where_we_act(tag: str, ours: str, theirs: str) -> None:
    assert find_promises(ours, at=AT, pack=load(tag))
    assert not find_promises(theirs, at=AT, pack=load(tag))


@pytest.mark.parametrize(("tag", "asked"), [("th", "เราโทรกลับพรุ่งนี้เช้าดีไหมคะ"), ("id", "Mau kami telepon besok?")])
def test_no_head_makes_a_promise_of_a_question(tag: str, asked: str) -> None:
    assert not find_promises(asked, at=AT, pack=load(tag))


def test_a_language_that_was_not_taught_goes_by_its_cues(monkeypatch: pytest.MonkeyPatch) -> None:
    assert head("und") is None
    monkeypatch.setattr("amends.promises.head.head", lambda tag: None)
    assert find_promises("Vi ringer dig på fredag.", at=AT, pack=load("sv"))


TIMES = [
    ("th", "ภายในสามชั่วโมงครึ่ง", "2026-11-24T13:45"),
    ("th", "ภายใน 48 ชม. นี้", "2026-11-26T10:15"),
    ("th", "วันพุธที่ ๙ เดือน ๑๒", "2026-12-09T17:00"),
    ("th", "วันที่ยี่สิบเอ็ดธันวาคม", "2026-12-21T17:00"),
    ("th", "จันทร์ที่ 7 ถึงพุธที่ 9 ธันวาคม", "2026-12-09T17:00"),
    ("th", "ตีสองคืนนี้", "2026-11-25T02:00"),
    ("th", "ทุ่มครึ่งคืนนี้", "2026-11-24T19:30"),
    ("id", "malam Minggu jam tujuh", "2026-11-28T19:00"),
    ("id", "jam 11 siang ini", "2026-11-24T11:00"),
    ("id", "dalam lima (5) hari kerja", "2026-12-01T17:00"),
    ("id", "dua setengah jam lagi", "2026-11-24T12:45"),
]


@pytest.mark.parametrize(("tag", "when", "due"), TIMES)
def test_spoken_and_written_numbers_name_the_same_time(tag: str, when: str, due: str) -> None:
    reply = {"th": f"เราจะโทรหาคุณ{when}ค่ะ", "id": f"Kami akan menelepon Ibu {when}."}[tag]
    (promise,) = find_promises(reply, at=AT, pack=load(tag))
    assert promise.due_end
    assert promise.due_end.isoformat()[:16] == due


def test_a_time_behind_a_closing_word_belongs_to_what_was_promised() -> None:
    (promise,) = find_promises("มะรืนนี้ค่ะ ช่างเราเข้าไปเก็บงานให้ตอนเก้าโมงเช้า", at=AT, pack=load("th"))
    assert promise.due_end == datetime.fromisoformat("2026-11-26T09:00:00+07:00")
