"""Threats and calls for somebody senior that no list of phrases has, and such as are none."""

import pytest

from amends.engines.choose import embedder, encoder_gap
from amends.reading.read import read

by_meaning = pytest.mark.skipif(bool(encoder_gap()), reason="no encoder runs here")

UNLISTED = {
    "en": "This is a disgrace. Every policy this family has with you ends today.",
    "id": "Parah banget pelayanannya. Semua rekening keluarga saya pindahkan ke bank sebelah hari ini juga.",
    "th": "โกรธมาก แย่สุดๆ ยกเลิกทุกบัญชีแล้ว ย้ายไปธนาคารอื่นหมดแล้ว",
    "fi": "Aivan törkeää! Siirrän kaikki vakuutukseni kilpailijalle heti huomenna.",
}
SENIOR = {
    "en": "I want someone higher up than you to ring me today, not another agent.",
    "id": "Saya minta atasan kalian yang telepon saya hari ini, bukan CS lagi.",
    "th": "ขอคุยกับหัวหน้าหรือผู้จัดการ ไม่เอาพนักงานคนเดิมแล้ว",
    "fi": "Vaadin, että esimiehenne soittaa minulle tänään, en puhu enää asiakaspalvelijan kanssa.",
}
DENIED = {
    "en": "This is outrageous, but I will not sue you over it.",
    "id": "Saya marah sekali, tapi saya tidak akan menuntut ke pengadilan.",
    "th": "โกรธมาก แต่ไม่ได้จะฟ้องร้องอะไร",
    "fi": "Olen raivoissani, mutta en aio haastaa teitä oikeuteen.",
}


@by_meaning
@pytest.mark.parametrize(("tag", "text"), UNLISTED.items())
def test_leaving_is_heard_in_words_of_their_own(tag, text):
    assert "leave" in [str(threat.kind) for threat in read(text, language=tag, embed=embedder()).threats]


@pytest.mark.parametrize(("tag", "text"), UNLISTED.items())
def test_a_threat_shows_where_it_stands(tag, text):
    for threat in read(text, language=tag, tier="quick").threats:
        assert threat.span.of(text).strip()
        assert 0 < threat.confidence <= 1


def test_a_threat_may_be_a_whole_sentence_and_only_its_clause_is_marked():
    assert [str(one.kind) for one in read("The soup had glass in it. See you in court", language="en").threats] == [
        "legal"
    ]
    text = "After all this mess, every account my family holds with you closes on Friday"
    assert read(text, language="en", tier="quick").threats[0].span.of(text).startswith("every account")


@pytest.mark.parametrize(("tag", "text"), SENIOR.items())
def test_a_call_for_somebody_senior_is_heard_and_shown(tag, text):
    reading = read(text, language=tag, tier="quick")
    assert reading.demands_manager
    assert "demands_manager" in [evidence.why for evidence in reading.evidence]


@pytest.mark.parametrize(("tag", "text"), DENIED.items())
def test_a_denied_threat_is_none_however_hot_the_sentence(tag, text):
    assert "legal" not in [str(threat.kind) for threat in read(text, language=tag, tier="quick").threats]


@by_meaning
@pytest.mark.parametrize("tag", ["en", "id", "th", "fi"])
def test_asking_for_money_back_is_a_wish_and_not_the_cause(tag):
    text = {
        "en": "The kettle broke after two days. I want my money back.",
        "id": "Setrika ini baru dipakai dua kali sudah mati total, tidak bisa dinyalakan. Saya minta uang kembali.",
        "th": "กาต้มน้ำใช้ได้สองวันก็พัง ขอเงินคืนค่ะ",
        "fi": "Vedenkeitin hajosi kahdessa päivässä. Haluan rahani takaisin.",
    }[tag]
    reading = read(text, language=tag, embed=embedder())
    assert str(reading.causes[0].kind) == "defective"
    assert "refund" in [str(wish.kind) for wish in reading.wishes]


@pytest.mark.parametrize(
    ("tag", "text", "kind"),
    [
        ("en", "The vase is chipped, but there is no need to replace it. I just want you to know.", "replacement"),
        ("id", "Kardusnya penyok, tapi tidak usah diganti. Cuma mau kasih tahu.", "replacement"),
        ("th", "กล่องบุบนิดหน่อย ไม่ต้องเปลี่ยนให้นะคะ แค่แจ้งให้ทราบ", "replacement"),
        ("fi", "Huone oli meluisa, mutta en hae mitään korvausta. Laitoin vain palautetta.", "refund"),
    ],
)
def test_what_is_declined_is_no_wish(tag, text, kind):
    assert kind not in [str(wish.kind) for wish in read(text, language=tag, embed=embedder()).wishes]


@by_meaning
@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "I don't want vouchers, I want an apology from your driver."),
        ("id", "Saya tidak minta diskon, saya minta permintaan maaf dari sopirnya."),
        ("th", "ไม่เอาคูปอง ต้องการคำขอโทษจากคนขับ"),
        ("fi", "En halua lahjakorttia, vaadin anteeksipyyntöä kuljettajalta."),
    ],
)
def test_what_they_want_instead_is_heard(tag, text):
    kinds = [str(wish.kind) for wish in read(text, language=tag, embed=embedder()).wishes]
    assert "apology" in kinds
    assert "discount" not in kinds


PLAIN = {
    "en": ("This is unacceptable. I'll sue for damages.", "legal"),
    "id": ("Ini keterlaluan. Kalian kehilangan pelanggan setia.", "leave"),
    "th": ("แย่มากครับ จะแฉให้หมด", "public"),
    "fi": ("Tämä on täysin kelvotonta. Nähdään oikeudessa.", "legal"),
}


@by_meaning
@pytest.mark.parametrize(("tag", "said"), PLAIN.items())
def test_a_plain_threat_of_the_angry_needs_no_more_words(tag, said):
    text, kind = said
    assert kind in [str(threat.kind) for threat in read(text, language=tag, embed=embedder()).threats]
