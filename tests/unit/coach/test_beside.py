"""What the coach says of a reply beside the message it answers, and beside what was written before."""

import pytest

from amends.coach.finding import Severity
from amends.coach.kinds.worth import sums_in
from amends.coach.review import review
from amends.languages import load
from amends.vocabulary import CaseView, Fact, Fault
from tests.unit.coach.reviewing import rules

ASKED = {
    "en": ("Why did you charge my card twice?", "Your kettle is blue."),
    "id": ("Kenapa kartu saya ditagih dua kali?", "Ketelnya berwarna biru."),
    "th": ("ทำไมตัดเงินบัตรสองรอบคะ", "กาต้มน้ำสีฟ้าค่ะ"),
    "fi": ("Miksi korttiani veloitettiin kahdesti?", "Keitin on sininen."),
}
ANSWERED = {
    "en": "Your card was charged twice because our till froze.",
    "id": "Kartu Ibu ditagih dua kali karena mesin kami macet.",
    "th": "บัตรถูกตัดเงินสองรอบเพราะเครื่องของเราค้างค่ะ",
    "fi": "Korttiasi veloitettiin kahdesti, koska kassamme jumittui.",
}
RUDE = {
    "en": ("Your driver was rude to me and shouted at my mother.", "Your mother should not have been shouted at."),
    "id": ("Kurirnya kasar dan membentak ibu saya.", "Ibu Anda tidak pantas dibentak seperti itu."),
    "th": ("พนักงานพูดจาหยาบคายใส่แม่ของฉัน ตะคอกด้วย", "คุณแม่ไม่ควรถูกตะคอกแบบนั้นค่ะ"),
    "fi": ("Kuljettajanne oli töykeä ja huusi äidilleni.", "Äidillesi ei olisi saanut huutaa, se oli tylyä."),
}
BROKEN = {
    "en": "I am sorry that we did not call you.",
    "id": "Kami minta maaf karena tidak menelepon Ibu.",
    "th": "ขอโทษที่ไม่ได้โทรหาค่ะ",
    "fi": "Pahoittelemme, että soitto jäi tulematta.",
}
MIXED = {
    "id": "Bapak tenang saja, paket kamu sudah dikirim.",
    "th": "ส่งของให้แล้วค่ะ พรุ่งนี้ถึงแน่นอนครับ",
    "fi": "Pakettinne lähti tänään, ja sinulle tulee viesti.",
}


def test_a_question_passed_over_is_named_to_the_writer(language):
    asked, beside = ASKED[language]
    (found,) = [f for f in review(beside, message=asked, pack=load(language)).findings if f.rule == "listen.points"]
    assert found.severity is Severity.WARNING
    assert asked in found.why


def test_a_question_answered_is_not(language):
    assert "listen.points" not in rules(language, ANSWERED[language], ASKED[language][0])


@pytest.mark.parametrize(("tag", "other"), [("en", "fi"), ("fi", "th"), ("th", "id"), ("id", "en")])
def test_words_of_two_languages_are_not_compared(tag, other):
    assert "listen.points" not in rules(tag, ASKED[tag][1], ASKED[other][0])


def test_how_they_were_treated_is_not_passed_over(language):
    complaint, taken_up = RUDE[language]
    assert "conduct.unacknowledged" in rules(language, ASKED[language][1], complaint)
    assert "conduct.unacknowledged" not in rules(language, taken_up, complaint)


def test_the_order_number_is_asked_for_once_when_nobody_knows_it(language):
    message = {
        "en": "My parcel is late, I am angry. I have waited nine days!",
        "id": "Paket saya belum sampai, sudah sembilan hari menunggu, saya kecewa!",
        "th": "พัสดุยังไม่มาเลย รอมาเก้าวันแล้ว แย่มาก",
        "fi": "Pakettini on myöhässä, olen odottanut yhdeksän päivää, olen vihainen!",
    }[language]
    known = (Fact(kind="order", value="TH-88213"),)
    assert "clarify" in rules(language, BROKEN[language], message)
    assert "clarify" not in rules(language, BROKEN[language], message, case=CaseView(facts=known))


def test_after_a_broken_promise_an_apology_names_a_person_and_a_cause(language):
    assert "apology.specific" not in rules(language, BROKEN[language])
    assert "apology.specific" in rules(language, BROKEN[language], case=CaseView(broke_promise=True))


@pytest.mark.parametrize(("tag", "reply"), MIXED.items())
def test_two_forms_of_address_do_not_mix(tag, reply):
    (found,) = [f for f in review(reply, pack=load(tag)).findings if f.rule == "register.mismatch"]
    assert len(found.span)


def test_a_thai_ending_is_the_writers_own():
    recent = ("คืนเงินให้แล้วค่ะ", "ขอบคุณนะคะ")
    assert "register.mismatch" in rules("th", "ส่งของให้แล้วครับ", recent=recent)
    assert "register.mismatch" not in rules("th", "ส่งของให้แล้วค่ะ", recent=recent)


def test_english_is_more_formal_in_some_markets():
    letter = "Dear Sir, my parcel is late. Yours faithfully, R. Iyer"
    assert "register.mismatch" in rules("en", "We'll send it today.", letter, case=CaseView(market="IN"))
    assert "register.mismatch" not in rules("en", "We'll send it today.", letter, case=CaseView(market="GB"))


def test_a_remedy_they_did_not_ask_for_is_somebody_elses_decision():
    wish = "I want my money back, the kettle is broken."
    assert "assume.solution" in rules("en", "We have sent you a new kettle.", wish)
    assert "assume.solution" not in rules("en", "Would you like a new kettle, or your refund?", wish)


def test_something_more_is_due_where_we_failed_somebody_angry(language):
    assert "offer.open" in rules(language, BROKEN[language], case=CaseView(fault=Fault.OURS))
    assert "offer.open" not in rules(language, BROKEN[language], case=CaseView(fault=Fault.OURS, anger=1))


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("4,90 €", ["4.90"]),
        ("Rp15.000", ["15000.0"]),
        ("£1,250.50", ["1250.50"]),
        ("no sum", []),
        ("2 and 3", ["2.0", "3.0"]),
    ],
)
def test_sums_are_read_as_they_are_written(text, sums):
    assert [str(each) for each in sums_in(text)] == sums
