"""One sentence for each class of wording that fresh texts showed to be missing: who acts, and who only seems to."""

from datetime import datetime

import pytest

from amends.languages import load
from amends.promises.find import find_promises

AT = datetime.fromisoformat("2026-11-24T10:15:00+02:00")

OURS = [
    ("our people act", "en", "The caretaker changes the lock on Friday.", "2026-11-27T17:00"),
    ("our people act", "id", "Wali kelas menemui Bapak hari Jumat.", "2026-11-27T17:00"),
    ("our people act", "th", "คณะกรรมการจะแจ้งผลวันศุกร์นี้ค่ะ", "2026-11-27T17:00"),
    ("our people act", "fi", "Nuohooja tulee perjantaina.", "2026-11-27T17:00"),
    ("nobody acts", "en", "Your kitchen is ready by Friday.", "2026-11-27T17:00"),
    ("nobody acts", "id", "Jumat udah beres kok.", "2026-11-27T17:00"),
    ("nobody acts", "th", "ศุกร์นี้ของถึงมือค่ะ", "2026-11-27T17:00"),
    ("nobody acts", "fi", "Perjantaina se on taas kunnossa.", "2026-11-27T17:00"),
    ("words that only look harmful", "en", "Our driver brings it on Friday without fail.", "2026-11-27T17:00"),
    ("a second participle", "en", "The form will be signed and posted on Friday.", "2026-11-27T17:00"),
    ("a participle alone", "en", "The bill is our mess: paid in full by Friday.", "2026-11-27T17:00"),
    ("a thing that they bought", "en", "We collect the sofa you ordered on Friday.", "2026-11-27T17:00"),
    ("a plea for time", "en", "Please allow up to two working days.", "2026-11-26T17:00"),
    ("a plea for time", "id", "Mohon tunggu 2 jam.", "2026-11-24T12:15"),
    ("a plea for time", "th", "ขอเวลา 2 ชั่วโมงค่ะ", "2026-11-24T12:15"),
    ("a plea for time", "fi", "Antakaa meille kaksi tuntia.", "2026-11-24T12:15"),
    ("minutes left unsaid", "en", "She is calling you in 20.", "2026-11-24T10:35"),
    ("a clock told from the hour ahead", "en", "I'll ring at ten to five.", "2026-11-24T16:50"),
    ("a clock told from the hour ahead", "id", "Saya telepon jam lima kurang sepuluh.", "2026-11-24T16:50"),
    ("a window that ends at noon", "en", "Our fitter comes on Friday between ten and noon.", "2026-11-27T12:00"),
    ("a window in parts of the day", "th", "ช่างไปถึงศุกร์นี้ระหว่างบ่ายโมงถึงบ่ายสามค่ะ", "2026-11-27T15:00"),
    (
        "a window in parts of the day",
        "fi",
        "Tulemme perjantaina aamukahdeksan ja kymmenen välissä.",
        "2026-11-27T10:00",
    ),
    ("a day's number in words", "id", "Kami kirim tanggal sebelas Desember.", "2026-12-11T17:00"),
    ("a day's number in words", "fi", "Maksamme joulukuun kahdentenatoista päivänä.", "2026-12-12T17:00"),
    ("a day of next month", "fi", "Vastaamme ensi kuun 10. päivään mennessä.", "2026-12-10T17:00"),
    ("figures said twice", "id", "Kami kembalikan dalam 2 (dua) hari kerja.", "2026-11-26T17:00"),
    ("a length in the inessive", "fi", "Viikossa se saadaan kuntoon.", "2026-12-01T17:00"),
    ("the time before its day", "th", "บ่ายสองพรุ่งนี้ผมไปส่งเองครับ", "2026-11-25T14:00"),
]

NOT_OURS = [
    ("an authority acts", "en", "The tax office will write to you within 28 days."),
    ("an authority acts", "id", "Kantor pajak akan menyurati Ibu dalam 28 hari."),
    ("an authority acts", "th", "กรมสรรพากรจะคืนภาษีภายใน 30 วันค่ะ"),
    ("an authority acts", "fi", "Verottaja palauttaa rahat joulukuussa."),
    ("a thing with hours of its own", "en", "The film starts at 8 tonight."),
    ("a thing with hours of its own", "id", "Film mulai jam 7 malam."),
    ("a thing with hours of its own", "th", "หนังเริ่มสองทุ่มค่ะ"),
    ("a thing with hours of its own", "fi", "Elokuva alkaa lauantaina kello 18.30."),
    ("something lapses", "en", "Your contract will end on 30 November."),
    ("something lapses", "id", "Garansinya habis tanggal 30 November."),
    ("something lapses", "th", "สัญญาของท่านจะสิ้นสุดลงในวันที่ 30 พฤศจิกายน"),
    ("something lapses", "fi", "Takuusi päättyy 30. marraskuuta."),
    ("out of our hands", "en", "It goes out on Friday, but that is out of our hands."),
    ("out of our hands", "id", "Dana cair hari Jumat, itu di luar kewenangan kami."),
    ("out of our hands", "th", "เงินจะเข้าวันศุกร์ เราเร่งไม่ได้ค่ะ"),
    ("out of our hands", "fi", "Rahat tulevat perjantaina, siihen emme vaikuta."),
    ("a question without its mark", "en", "Did someone say it would come on Friday"),
    ("a question without its mark", "id", "Siapa yang bilang Jumat sampai"),
    ("a question without its mark", "th", "ใครบอกคุณว่าศุกร์นี้จะได้ของคะ"),
    ("a question without its mark", "fi", "Kuka sanoi että se tulee perjantaina"),
    ("a technical length", "en", "Leave the filler to dry for 24 hours."),
    ("a technical length", "id", "Diamkan lemnya 24 jam dulu."),
    ("a technical length", "th", "ทากาวแล้วทิ้งไว้ 24 ชั่วโมงนะครับ"),
    ("a technical length", "fi", "Anna liiman kuivua vuorokausi."),
    ("somebody's words told on", "en", "FedEx says it will come on Friday."),
    ("a kind request", "en", "Kindly do the needful by Friday."),
    ("a bare request", "en", "Let us know by Friday which colour you want."),
    ("a source that is not us", "en", "According to the airline, it is on the truck on Friday."),
    ("a part of the day that is no time", "en", "Lunch is on us."),
]


@pytest.mark.parametrize(("why", "tag", "reply", "due"), OURS)
def test_a_commitment_is_found_whoever_is_said_to_act(why: str, tag: str, reply: str, due: str) -> None:
    (promise,) = find_promises(reply, at=AT, pack=load(tag))
    assert promise.due_end, why
    assert promise.due_end.isoformat()[:16] == due, why


@pytest.mark.parametrize(("why", "tag", "reply"), NOT_OURS)
def test_what_others_do_is_no_promise_of_ours(why: str, tag: str, reply: str) -> None:
    assert find_promises(reply, at=AT, pack=load(tag)) == [], why
