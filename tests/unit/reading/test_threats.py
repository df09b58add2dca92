"""Whose threat it is, and whether it is meant, by the words of the packs alone."""

import pytest

from amends.languages import load
from amends.reading.cues import look, phrasebook
from amends.reading.plain import plain
from amends.reading.threats import Worded, worded

MEANT_BESIDE_AN_ALMOST = {
    "en": "My mother almost died because of you. I almost fainted, and my solicitor has the file.",
    "id": "Saya hampir mati karena rem itu, jadi saya gugat kalian ke pengadilan.",
    "th": "แม่ดิฉันเกือบไม่รอดเพราะยาของคุณ ดิฉันจะฟ้องศาลแน่นอน",
    "fi": "Melkein kuolin sen takia, ja nyt haastan teidät oikeuteen.",
}
ONLY_ALMOST = {
    "en": "I almost sued you last winter.",
    "id": "Saya hampir gugat kalian.",
    "th": "ผมเกือบฟ้องศาลแล้ว",
    "fi": "Melkein haastoin teidät oikeuteen.",
}
SENIOR = {
    "en": "I want his boss on the phone, now.",
    "id": "Mana bos kalian, suruh ngomong sama saya.",
    "th": "เรียกเจ้าของร้านมาคุยเดี๋ยวนี้",
    "fi": "Haluan puhua esimiehen kanssa, en halua enää valmiita vastauksia.",
}
NOBODY_SENIOR = {
    "en": "It will go to the press with your director's name on it.",
    "id": "Tidak perlu sampai direktur turun tangan.",
    "th": "ไม่ต้องเรียกผู้จัดการมาก็ได้ครับ",
    "fi": "En tarvitse esimiestä puhelimeen.",
}


def said(tag: str, text: str) -> Worded:
    return worded(look(plain(text), phrasebook(load(tag))))


@pytest.mark.parametrize(("tag", "text"), MEANT_BESIDE_AN_ALMOST.items())
def test_what_almost_happened_takes_no_threat_back(tag, text):
    assert "legal" in [str(threat.kind) for threat in said(tag, text).threats]


@pytest.mark.parametrize(("tag", "text"), ONLY_ALMOST.items())
def test_who_almost_sued_threatens_nobody(tag, text):
    assert said(tag, text).threats == ()


@pytest.mark.parametrize(("tag", "text"), SENIOR.items())
def test_who_asks_for_somebody_above_is_heard(tag, text):
    assert said(tag, text).manager is not None


@pytest.mark.parametrize(("tag", "text"), NOBODY_SENIOR.items())
def test_a_senior_who_is_named_or_not_wanted_is_not_asked_for(tag, text):
    assert said(tag, text).manager is None


def test_an_unless_behind_a_not_keeps_the_threat():
    heard = said("en", "If I haven't heard back by noon today, I'm moving all our lines to another network.")
    assert [str(threat.kind) for threat in heard.threats] == ["leave"]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "I'm moving to Leeds in May, so please stop the box."),
        ("id", "Besok saya bawa semua barangnya ke toko."),
        ("th", "ช่วยเอาเรื่องนี้ไปปรับปรุงด้วยนะคะ"),
        ("fi", "Peruin aamiaisen, koska lapsi sairastui."),
    ],
)
def test_what_only_sounds_like_a_threat_is_none(tag, text):
    assert said(tag, text).threats == ()


PLAIN = {
    "en": [
        ("leave", "Please cancel my insurance today and refund what is left."),
        ("leave", "I'm going to another supplier next month."),
        ("legal", "The small claims form is filled in."),
        ("public", "I will be leaving you one star on Tripadvisor with the pictures."),
        ("regulator", "The licensing board will get a copy of this."),
        ("regulator", "I have disputed the charge with my bank."),
        ("manager", "please pass me to your team leader"),
        ("manager", "Who is in charge at your place?"),
    ],
    "id": [
        ("leave", "Tolong tutup rekening saya hari ini juga."),
        ("legal", "Biar hakim yang menilai."),
        ("public", "Videonya sudah siap tayang malam ini."),
        ("regulator", "Transaksi ini saya ajukan chargeback."),
        ("manager", "Panggilkan kepala toko sekarang."),
    ],
    "th": [
        ("leave", "ช่วยปิดบัญชีให้ด้วย"),
        ("legal", "เตรียมตัวไปให้การต่อผู้พิพากษาได้เลย"),
        ("public", "รูปพวกนี้ขึ้นกลุ่มคืนนี้แน่"),
        ("regulator", "เรื่องนี้ส่งให้สภาวิศวกรแล้ว"),
        ("manager", "ขอเบอร์ติดต่อผู้จัดการด้วยครับ"),
    ],
    "fi": [
        ("leave", "En enää uusi vakuutusta."),
        ("legal", "Asianajotoimistomme hoitaa tämän loppuun."),
        ("public", "Avoin kirje lähtee maakuntalehteen."),
        ("regulator", "Riitautin maksun pankin kautta."),
        ("manager", "Yhdistäkää jollekin jolla on valtuudet päättää."),
    ],
}
LOOK_ALIKES = {
    "en": [
        "The password manager locks me out.",
        "My cousin took her builder to court.",
        "Is the manager's special still on?",
    ],
    "id": ["Apakah kalian terdaftar di OJK?", "Saya mau pesan lewat aplikasi."],
    "th": ["ขอให้โชคดีนะคะ", "ศาลาหน้าโครงการไฟดับค่ะ"],
    "fi": ["Edellinen asiakas uhosi vievänsä teidät oikeuteen.", "Mihinkään lautakuntaan en tätä vie."],
}


@pytest.mark.parametrize(("tag", "kind", "text"), [(tag, *pair) for tag, pairs in PLAIN.items() for pair in pairs])
def test_what_is_said_plainly_needs_nothing_beside_it(tag, kind, text):
    assert kind in said(tag, text).holding


@pytest.mark.parametrize(("tag", "text"), [(tag, text) for tag, texts in LOOK_ALIKES.items() for text in texts])
def test_what_only_has_the_words_threatens_nobody(tag, text):
    assert said(tag, text).holding == {}


def test_who_leaves_a_review_does_not_leave():
    assert set(said("en", "I'm going to leave you a terrible review on Google.").holding) == {"public"}


def test_money_that_is_not_back_in_an_account_is_no_story_of_the_past():
    demand = "If the money is not back in my account on Monday I will take you to small claims court."
    assert "legal" in said("en", demand).holding
    assert "legal" not in said("en", "Back in 2019 I took my landlord to small claims court.").holding
