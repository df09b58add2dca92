"""What speaks against a promise though it sounds like one: a choice, a condition that comes first, a customer's voice.

By the cues alone, so that no weights decide.
"""

from datetime import datetime

import pytest

from amends.languages import load
from amends.promises.calendar import WorkCalendar
from amends.promises.dates import times
from amends.promises.find import sentences_with_times
from amends.promises.head import Named, signs, verdicts_of

AT = datetime.fromisoformat("2026-11-24T10:15:00+07:00")

NONE_OF_OURS = [
    ("en", "Option two: a new kettle, sent by Friday."),
    ("en", "With your signature, we pay the sum within two days."),
    ("en", "My solicitor will write to you by Friday."),
    ("en", "Reply YES and we switch the line on tomorrow."),
    ("id", "Opsi kedua: unit baru kami kirim hari Jumat."),
    ("id", "Sehabis formulirnya lengkap, dana kami transfer dalam 2 hari kerja."),
    ("id", "Istri saya akan telepon Kamis."),
    ("id", "Misalkan stoknya ada, kami kirim besok."),
    ("th", "แบบที่สอง เราส่งเครื่องใหม่ให้วันศุกร์"),
    ("th", "พอเอกสารครบ เราจะโอนเงินให้ภายใน 2 วันทำการ"),
    ("th", "สามีดิฉันจะโทรหาวันพฤหัสบดี"),
    ("th", "ปีที่แล้วเราส่งของให้ภายใน 2 วัน"),
    ("id", "Balikin uang saya besok."),
    ("id", "Uang muka dibayar Bapak sebelum Rabu."),
    ("th", "ผู้ปกครองมารับได้ไม่เกินหกโมงค่ะ"),
    ("th", "คุณพี่รบกวนขนของออกก่อนวันที่ 28 นะคะ"),
    ("th", "โอนมัดจำมาให้ก่อน เราส่งของให้วันศุกร์ค่ะ"),
    ("id", "Sukses buat ujian hari Senin, Kak."),
    ("th", "ขอให้เดินทางปลอดภัยวันเสาร์นี้นะคะ"),
    ("th", "เดิมนัดส่งวันพฤหัสค่ะ"),
    ("th", "ถ้าสินค้ามีปัญหา เราเปลี่ยนให้ภายใน 3 วัน"),
    ("fi", "Vaihtoehto 2: lähetämme uuden laitteen perjantaina."),
    ("fi", "Hakemuksen valmistuessa maksamme summan kahdessa päivässä."),
    ("fi", "Vaimoni soittaa teille torstaina."),
    ("fi", "Jahka olette vastanneet, lähetämme rahat huomenna."),
]
OURS = [
    ("en", "We will send the new kettle by Friday."),
    ("id", "Unit baru akan kami kirim hari Jumat."),
    ("id", "Sofa lama Bapak kami angkut Sabtu."),
    ("id", "Selisihnya kita balikin besok."),
    ("id", "Roknya baru bisa kami kirim Selasa."),
    ("id", "Rapornya kami cetak sebelumnya, Senin."),
    ("th", "เราจะส่งเครื่องใหม่ให้วันศุกร์"),
    ("th", "เราแก้ใบเสร็จให้ก่อนวันศุกร์ค่ะ"),
    ("th", "แต่ยังไงเราก็ส่งให้พรุ่งนี้ค่ะ"),
    ("th", "ทีมเราเข้าไปวันศุกร์หรือไม่ก็วันเสาร์ค่ะ"),
    ("th", "เราถ่ายสภาพรถส่งให้พรุ่งนี้ค่ะ"),
    ("th", "จะเช็กกล้องแล้วตอบกลับภายในวันนี้ครับ"),
    ("id", "Kalau tidak, motornya tetap kami antar Kamis."),
    ("id", "Saldo yang tertahan kami lepas besok."),
    ("id", "Tak sampai 3 hari unitnya kami kirim."),
    ("id", "Besok kami cek apakah sinyalnya stabil."),
    ("th", "เลขมิเตอร์ใหม่ติดตั้งให้ภายใน 3 วันค่ะ"),
    ("th", "แอดขอเวลาถึงวันพุธนะคะ"),
    ("th", "ใบกำกับภาษีเต็มรูปจะออกให้วันศุกร์ค่ะ"),
    ("th", "เราออกเช็คให้วันศุกร์ที่ 27 ถ้าไม่สะดวกมารับก็ฝากเพื่อนได้ค่ะ"),
    ("th", "ได้เรื่องยังไงเราแจ้งให้พรุ่งนี้ค่ะ"),
    ("fi", "Lähetämme uuden laitteen perjantaina."),
]
THAT_DAY = [
    ("en", "We fit the new meter on 2 December. Our card comes the evening before.", "2026-12-01T21:00"),
    ("id", "Teknisi kami datang hari Jumat. Kuncinya kami antar di hari yang sama.", "2026-11-27T17:00"),
    ("th", "ช่างเข้าไปวันศุกร์นี้ครับ แล้วเราโอนเงินให้ในวันเดียวกันครับ", "2026-11-27T17:00"),
    ("fi", "Asentajamme tulee perjantaina. Hyvitämme maksun samana päivänä.", "2026-11-27T17:00"),
]
WORDED = [
    ("en", "by 5:30 PM Pacific today", "2026-11-24T17:30"),
    ("id", "sebelum jam kerja kami berakhir besok, yaitu pukul 16.00", "2026-11-25T16:00"),
    ("fi", "to aamulla klo 9", "2026-11-26T09:00"),
    ("fi", "40 minsassa", "2026-11-24T10:55"),
]


def _verdicts(tag, text):
    said = list(sentences_with_times(text, at=AT, pack=load(tag)))
    return [verdict for each in said for verdict in verdicts_of(each.whole, each.named)]


@pytest.mark.parametrize(("tag", "text"), NONE_OF_OURS)
def test_what_a_choice_a_condition_or_a_customer_says_is_no_promise(tag, text):
    assert set(_verdicts(tag, text)) == {None}


@pytest.mark.parametrize(("tag", "text"), OURS)
def test_the_same_words_without_them_promise(tag, text):
    assert None not in _verdicts(tag, text)


def test_a_habit_ends_where_the_next_clause_says_so():
    assert _verdicts("th", "ร้านหยุดทุกวันอาทิตย์ เลยขอเอาตู้ไปลงให้วันจันทร์ค่ะ")[-1] is not None


@pytest.mark.parametrize(("tag", "text", "due"), THAT_DAY)
def test_that_day_is_the_day_that_the_sentence_before_named(tag, text, due):
    last = list(sentences_with_times(text, at=AT, pack=load(tag)))[-1].named[-1]
    assert last.end == datetime.fromisoformat(due + "+07:00")


@pytest.mark.parametrize(("tag", "words", "due"), WORDED)
def test_a_clock_with_its_zone_or_its_short_weekday_is_one_time(tag, words, due):
    found = times(words.lower(), at=AT, pack=load(tag), calendar=WorkCalendar())
    assert [time.end for time in found] == [datetime.fromisoformat(due + "+07:00")]


def test_the_head_hears_what_the_sentence_before_asks():
    said = list(sentences_with_times("Which option do you choose? A new kettle comes Friday.", at=AT, pack=load("en")))[
        -1
    ]
    time = Named(sentence=said.whole, named=said.named, place=0, stands=said.stands)
    assert "before asks" in signs(time, verdicts=verdicts_of(said.whole, said.named))
