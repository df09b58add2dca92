"""Times that lean on the sentence before them, and times that are put right a moment later."""

from datetime import datetime

import pytest

from amends.languages import load
from amends.promises.find import find_promises

TUESDAY = datetime.fromisoformat("2026-11-24T10:15:00+07:00")


def due(text: str, tag: str) -> list[str]:
    found = find_promises(text, at=TUESDAY, pack=load(tag))
    return [promise.due_end.strftime("%m-%dT%H:%M") if promise.due_end else "vague" for promise in found]


@pytest.mark.parametrize(
    ("tag", "reply"),
    [
        ("en", "We will send the new filter by Friday. Sorry, I meant by Monday."),
        ("en", "We will ring you on Friday, no, scratch that, Monday."),
        ("fi", "Lähetämme uuden suodattimen perjantaina. Anteeksi, tarkoitin maanantaina."),
        ("fi", "Soitamme sinulle perjantaina, eiku maanantaina."),
        ("id", "Filter baru kami kirim hari Jumat. Eh maaf, maksud saya hari Senin."),
        ("id", "Filter baru kami kirim Jumat, eh maaf salah lihat kalender, Senin ya."),
        ("id", "Filter baru kami kirim tanggal 27, eh bukan ding, Senin."),
        ("th", "เราจะส่งไส้กรองใหม่ให้วันศุกร์ค่ะ ขอโทษค่ะ หมายถึงวันจันทร์"),
        ("th", "เราจะส่งไส้กรองใหม่ให้วันศุกร์ค่ะ ขอโทษค่ะ พิมพ์ผิด วันจันทร์ค่ะ"),
    ],
)
def test_a_day_put_right_is_promised_once_and_for_the_right_day(tag: str, reply: str) -> None:
    assert due(reply, tag) == ["11-30T17:00"]


def test_an_apology_before_a_day_puts_nothing_right() -> None:
    assert due("We will send it by Friday. Sorry, Monday is a bank holiday.", "en") == ["11-27T17:00"]


@pytest.mark.parametrize(
    ("tag", "reply"),
    [
        ("en", "Wednesday it is. At 2 our fitter comes with the part."),
        ("en", "Tomorrow, then. Our plumber will be with you at 2."),
        ("fi", "Keskiviikko sopii. Kello 14 asentajamme tulee teille."),
        ("id", "Oke, besok ya Bu. Jam 2 siang teknisi kami akan datang."),
        ("th", "วันพุธนะคะ บ่ายสองช่างของเราจะเข้าไปค่ะ"),
    ],
)
def test_a_lone_hour_is_of_the_day_that_the_sentence_before_it_names(tag: str, reply: str) -> None:
    assert due(reply, tag) == ["11-25T14:00"]


@pytest.mark.parametrize(
    ("tag", "reply"),
    [
        ("en", "Happy Friday! Our plumber will be with you at 2."),
        ("fi", "Hyvää perjantaita! Asentajamme tulee teille kello 14."),
        ("id", "Selamat hari Jumat Kak! Jam 2 siang teknisi kami akan datang."),
        ("th", "สวัสดีวันศุกร์ค่ะ บ่ายสองช่างของเราจะเข้าไปค่ะ"),
    ],
)
def test_a_day_that_only_greets_is_no_day_to_lean_on(tag: str, reply: str) -> None:
    assert due(reply, tag) == ["11-24T14:00"]


def test_a_day_that_is_denied_puts_nothing_right() -> None:
    assert "11-27T17:00" in due("We will call you on Friday, no Monday call is needed.", "en")


def test_a_lone_hour_behind_a_longer_sentence_is_of_today() -> None:
    reply = "Wednesday is the day on which the whole street has no water. Our plumber will be with you at 2."
    assert due(reply, "en")[-1:] == ["11-24T14:00"]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("We will hold a table for you on Friday at 8.", "11-27T20:00"),
        ("We will bring your new dining table on Friday at 8.", "11-27T08:00"),
    ],
)
def test_dinner_is_in_the_evening(reply: str, expected: str) -> None:
    assert due(reply, "en") == [expected]


@pytest.mark.parametrize(
    ("tag", "reply", "days"),
    [
        ("en", "We have moved your fitting from the 16th to the 18th of December.", ["12-18T17:00"]),
        (
            "en",
            "Your delivery was due Thursday, and we'll bring it forward from Thursday to Wednesday.",
            ["11-25T17:00"],
        ),
        ("en", "We will be there from Thursday to Friday.", ["11-27T17:00"]),
    ],
)
def test_what_something_is_moved_from_is_no_longer_promised(tag: str, reply: str, days: list[str]) -> None:
    assert due(reply, tag) == days


def test_a_day_in_a_name_is_no_day() -> None:
    assert due("Our Friday Night Feast Box will be back soon.", "en") == ["vague"]
    assert due("On Friday Tom will bring your box.", "en") == ["11-27T17:00"]


def test_a_date_behind_a_mark_says_which_day_is_meant_and_is_promised_once() -> None:
    reply = (
        "Orla's wedding is the 18th. We will bring the veil on the Thursday before, the 17th, at six in the evening."
    )
    assert due(reply, "en") == ["12-17T18:00"]
