"""A whole letter says much in words of its own: what it says back, who it says did it, and what may come first."""

import pytest

from amends.coach.judge import look
from amends.coach.page import lay_out
from amends.coach.proof import proven_rules
from amends.languages import load
from amends.vocabulary import CaseView, Fault
from tests.unit.coach.reviewing import rules

OURS = CaseView(fault=Fault.OURS)
TROUBLE = {
    "en": "You left my daughter waiting two hours in the rain outside the school gate. Nobody rang me.",
    "id": "Anak saya menunggu dua jam kehujanan di depan gerbang sekolah. Tidak ada yang menelepon saya.",
    "th": "ลูกสาวยืนรอสองชั่วโมงกลางฝนหน้าโรงเรียน ไม่มีใครโทรบอกเลย",
    "fi": "Tyttäreni odotti kaksi tuntia sateessa koulun portilla. Kukaan ei soittanut minulle.",
}
RETOLD = {
    "en": "Two hours in the rain at a school gate, and your daughter alone there.",
    "id": "Dua jam kehujanan di gerbang sekolah, dan anak Ibu sendirian di sana.",
    "th": "สองชั่วโมงกลางฝนหน้าโรงเรียน ลูกสาวยืนอยู่คนเดียว",
    "fi": "Kaksi tuntia sateessa koulun portilla, ja tyttäresi yksin siellä.",
}
COLD = {
    "en": "We have received your message about your daughter, the rain and the school gate.",
    "id": "Kami telah menerima laporan tentang anak, hujan, dan gerbang sekolah.",
    "th": "เราได้รับข้อความเรื่องลูกสาว ฝน และโรงเรียนแล้ว",
    "fi": "Olemme saaneet valituksen tyttärestäsi, sateesta ja koulun portista. Viestisi on kirjattu.",
}
ADMITTED = {
    "en": "I'm sorry. Nobody looked at the list. I will call you tomorrow at ten.",
    "id": "Saya minta maaf. Petugas kami melewatkan daftarnya. Saya telepon besok pukul sepuluh.",
    "th": "ดิฉันขอโทษค่ะ\nพนักงานของเราไม่ได้อ่านรายชื่อ\nดิฉันจะโทรหาคุณพรุ่งนี้สิบโมง",
    "fi": "Pyydän anteeksi. Kukaan ei katsonut listaa. Soitan sinulle huomenna kello kymmenen.",
}
BARE = {
    "en": "I'm sorry. I will call you tomorrow at ten.",
    "id": "Saya minta maaf. Saya telepon besok pukul sepuluh.",
    "th": "ดิฉันขอโทษค่ะ\nดิฉันจะโทรหาคุณพรุ่งนี้สิบโมง",
    "fi": "Pyydän anteeksi. Soitan sinulle huomenna kello kymmenen.",
}


def labels(tag: str, reply: str, message: str | None = None) -> frozenset[str]:
    return look(proven_rules(load(tag)), reply, case=CaseView(), message=message).said


def test_an_opening_that_says_the_trouble_back_acknowledges_it(language):
    assert "retold" in labels(language, RETOLD[language], TROUBLE[language])
    assert "feel.missing" not in rules(language, RETOLD[language], TROUBLE[language])


def test_the_words_of_a_process_acknowledge_nothing(language):
    assert "retold" not in labels(language, COLD[language], TROUBLE[language])
    assert "feel.missing" in rules(language, COLD[language], TROUBLE[language])


def test_without_the_message_nothing_is_said_back(language):
    assert "retold" not in labels(language, RETOLD[language])


def test_another_trouble_is_not_said_back(language):
    other = {"en": "The kettle leaks.", "id": "Ketelnya bocor.", "th": "กาต้มน้ำรั่ว", "fi": "Keitin vuotaa."}
    assert "retold" not in labels(language, RETOLD[language], other[language])


def test_an_apology_beside_what_we_did_and_do_now_owns_it(language):
    assert "own.missing" not in rules(language, ADMITTED[language], case=OURS)


def test_an_apology_alone_does_not_own_it(language):
    assert "own.missing" in rules(language, BARE[language], case=OURS)


def test_what_may_not_be_our_fault_is_not_apologised_for(language):
    heard = f"{RETOLD[language]}"
    assert "apology.missing" not in rules(language, heard, TROUBLE[language])
    assert "apology.missing" in rules(language, heard, TROUBLE[language], case=OURS)


@pytest.mark.parametrize(("run", "loud"), [("SLIK OJK", False), ("KTP NPWP", False), ("NOT EVER", True)])
def test_initials_are_not_shouted(run, loud):
    assert ("tone.heated" in rules("en", f"We have seen {run} here.")) is loud


def test_a_name_in_the_greeting_and_twice_below_is_not_too_much():
    twice = "Dear Anna,\n\nI am sorry, Anna. I will call you, Anna.\n\nMaya"
    assert "name.overuse" not in rules("en", twice, case=CaseView(customer_name="Anna"))
    assert "name.overuse" in rules("en", f"{twice} to Anna", case=CaseView(customer_name="Anna"))


def test_a_name_is_not_counted_inside_other_words():
    said = "Hei Anna,\n\nannan, annoin, annamme ja annettiin.\n\nMaija"
    assert "name.overuse" not in rules("fi", said, case=CaseView(customer_name="Anna"))


def test_closing_lines_are_a_signature():
    page = lay_out("I will call you.\n\nKind regards\nMaya Lindqvist, customer care", load("en").sentence_rules)
    assert page.said(page.signature).strip() == "kind regards"


def test_a_letter_may_say_one_thing_before_it_says_sorry():
    rest = "We failed you. The card slipped. It was late. It is here. We saw it. You are right. It goes today."
    assert "order.emotion_first" not in rules("en", f"I have reopened your account. I am so sorry. {rest}", case=OURS)
    early = "I have reopened your account. I have checked it. I have sent a link."
    assert "order.emotion_first" in rules("en", f"{early} I am so sorry. {rest}", case=OURS)
