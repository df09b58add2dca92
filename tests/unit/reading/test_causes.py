"""What went wrong, by the words of the packs and by all signs together."""

import pytest

from amends.engines.choose import embedder, encoder_gap
from amends.languages import load
from amends.reading.cues import look, phrasebook
from amends.reading.plain import plain
from amends.reading.read import read

by_meaning = pytest.mark.skipif(bool(encoder_gap()), reason="no encoder runs here")


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("โดนหลอกให้ซื้อแพ็กเกจแพง", "defective"),
        ("ลูกนั่งร้องอยู่หน้าบ้าน", "damaged"),
        ("ปริมาณน้ำยาเท่าเดิมค่ะ", "damaged"),
        ("ช่างมาประเมินราคาแล้ว", "no_answer"),
        ("มีใบเสร็จครบทุกใบ", "billing"),
    ],
)
def test_thai_letters_inside_another_word_name_no_trouble(text, cause):
    assert f"cause.{cause}.clear" not in look(plain(text), phrasebook(load("th"))).by_group


@by_meaning
@pytest.mark.parametrize(
    ("tag", "text", "cause"),
    [
        ("en", "The latch on the pushchair failed and my son fell out.", "defective"),
        ("id", "Rem motor yang baru diservis kalian blong di turunan.", "defective"),
        ("th", "เปิดกล่องมามีแต่กระดาษ ไม่มีของเลย", "missing"),
        ("fi", "Polkupyörän jarrut pettivät heti ensimmäisessä mäessä.", "defective"),
    ],
)
def test_the_trouble_is_named_first(tag, text, cause):
    assert str(read(text, language=tag, embed=embedder()).causes[0].kind) == cause


@by_meaning
@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "The shirt is lovely, only it came in the wrong size. Could I swap it when you have a minute?"),
        ("id", "Kuenya enak, cuma yang datang rasa keju, saya pesan yang cokelat."),
        ("th", "เสื้อสวยค่ะ แต่ที่ได้เป็นสีดำ สั่งสีขาวไว้"),
        ("fi", "Paita on kiva, mutta sain väärän koon. Voisiko sen vaihtaa?"),
    ],
)
def test_a_gentle_report_has_a_cause(tag, text):
    assert [str(cause.kind) for cause in read(text, language=tag, embed=embedder()).causes][:1] == ["wrong_item"]
