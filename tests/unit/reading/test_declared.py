"""Anger that the writer declares leaves nothing to guess."""

import pytest

from amends.reading.declared import BARE_COMPLAINT
from amends.reading.read import read
from amends.vocabulary import Intensity

DECLARED = {
    "en": "Where is my parcel? I am furious!",
    "id": "Paket saya mana? Saya marah sekali!",
    "th": "พัสดุอยู่ไหน โกรธมาก",
    "fi": "Olen raivoissani. Missä paketti?",
}
DENIED = {
    "en": "I am not angry, I just want to know where it is.",
    "id": "Saya tidak marah kok, cuma tanya paketnya di mana.",
    "th": "ไม่ได้โกรธนะคะ แค่ถามเฉยๆ",
    "fi": "En ole vihainen, kysyn vain missä paketti on.",
}


@pytest.mark.parametrize("tag", DECLARED)
def test_who_says_that_they_are_furious_is_angry(tag):
    found = read(DECLARED[tag], language=tag)
    assert found.intensity >= Intensity.ANGRY
    assert found.anger > 0.6


@pytest.mark.parametrize("tag", DENIED)
def test_who_says_that_they_are_not_is_not(tag):
    assert read(DENIED[tag], language=tag).intensity <= Intensity.UNEASY


def test_fury_that_is_over_is_the_whole_messages_affair():
    told = "I was furious yesterday, but Anna fixed it. Thank you!"
    assert read(told, language="en").intensity <= Intensity.UNEASY


def test_annoyance_in_plain_words_is_at_least_that():
    assert read("I am really annoyed about this.", language="en").intensity >= Intensity.ANNOYED


DOUBT = {
    "en": "OK, thank you. I'll believe it when I see it.",
    "id": "Baik, makasih infonya. Jujur saya masih was-was kejadian lagi.",
    "th": "ขอบคุณค่ะ แต่ก็ยังกังวลอยู่ว่าจะเป็นอีก",
    "fi": "Ok, kiitos tiedosta. Uskon sitten kun näen sen pihassa.",
}
NO_DOUBT = {
    "en": "OK, thank you, that is all I needed.",
    "id": "Baik, terima kasih banyak infonya kak.",
    "th": "โอเคค่ะ ขอบคุณมากค่ะ",
    "fi": "Ok, kiitos paljon!",
}


@pytest.mark.parametrize("tag", DOUBT)
def test_thanks_take_no_doubt_away(tag):
    assert read(DOUBT[tag], language=tag).intensity == Intensity.UNEASY


@pytest.mark.parametrize("tag", NO_DOUBT)
def test_thanks_alone_are_calm(tag):
    assert read(NO_DOUBT[tag], language=tag).intensity == Intensity.CALM


BARE = {
    "en": ("I will see you in court.", "My neighbour will see me in court."),
    "id": ("Saya akan lapor polisi.", "Tetangga saya sudah lapor polisi soal maling motor."),
    "th": ("ผมจะแจ้งความ", "เพื่อนบ้านแจ้งความเรื่องรถหาย"),
    "fi": ("Teen rikosilmoituksen.", "Naapuri teki rikosilmoituksen varkaudesta."),
}


@pytest.mark.parametrize("tag", BARE)
def test_who_says_no_more_than_a_threat_is_upset_and_complains(tag: str) -> None:
    threat, of_another = (read(text, language=tag) for text in BARE[tag])
    assert threat.intensity >= Intensity.ANNOYED
    assert threat.complaint >= BARE_COMPLAINT > of_another.complaint
