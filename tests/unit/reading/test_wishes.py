"""What customers want, said in ways of their own, and what only sounds like it."""

import pytest

from amends.reading.read import read

ROUNDABOUT = [
    ("en", "You never turned up at the station. Who pays for the second taxi?", "refund"),
    ("en", "Talk me through this bill, I cannot follow it.", "explanation"),
    ("en", "Please scrap the extended warranty, I never wanted it.", "cancel"),
    ("id", "Kok bisa tagihan saya naik dua kali lipat, hitungannya dari mana?", "explanation"),
    ("id", "Tolong saldo saya yang terpotong dikembalikan.", "refund"),
    ("th", "ค่าอะไรบ้างคะในบิลใบนี้ มาจากไหน", "explanation"),
    ("th", "พิซซ่าคว่ำมาทั้งถาด ทำมาใหม่ให้ด้วย", "replacement"),
    ("fi", "Mihin perustuu tämä kahdenkympin käsittelymaksu?", "explanation"),
    ("fi", "Kuka maksaa sen toisen taksin, kun ette tulleet?", "refund"),
]
GRANTED = [
    ("en", "The refund came on Friday, all sorted."),
    ("en", "You replaced the kettle last week and it boils fine."),
    ("id", "Refund-nya sudah masuk kemarin."),
    ("th", "ช่างมาซ่อมเรียบร้อยแล้วเมื่อวาน ขอบคุณค่ะ"),
    ("fi", "Sain jo hyvityksen tililleni, kiitos."),
]


def wanted(tag: str, text: str) -> list[str]:
    return [str(wish.kind) for wish in read(text, language=tag, tier="quick").wishes]


@pytest.mark.parametrize(("tag", "text", "kind"), ROUNDABOUT)
def test_a_wish_is_heard_in_roundabout_words(tag, text, kind):
    assert kind in wanted(tag, text)


@pytest.mark.parametrize(("tag", "text"), GRANTED)
def test_what_was_done_already_is_no_wish(tag, text):
    assert wanted(tag, text) == []


def test_what_ends_something_is_asked_for_by_a_not_of_its_own():
    assert "cancel" in wanted(
        "en", "Please do not send me any more of those snack boxes, I want my subscription ended."
    )


def test_a_wish_shows_the_words_or_the_clause_that_say_it():
    text = "Three weeks of nothing, and the box was crushed when it came, so when do I get my money back?"
    spans = {str(wish.kind): wish.span.of(text) for wish in read(text, language="en", tier="quick").wishes}
    assert "money back" in spans["refund"]
    assert "box" not in spans["refund"]
