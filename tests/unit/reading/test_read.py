"""Reading, told in customers' words, the same stories in four languages."""

import pytest

from amends.reading.read import read
from amends.vocabulary import Intensity

LANGUAGES = ("en", "id", "th", "fi")


def told(**by_language: str):
    return pytest.mark.parametrize(("tag", "text"), list(by_language.items()))


def kinds(claims) -> list[str]:
    return [str(claim.kind) for claim in claims]


@told(
    en="You thieves stole my money and I am furious! I'll see you in court.",
    id="Kalian maling, uang saya dicuri! Saya sangat marah, sampai ketemu di pengadilan.",
    th="พวกคุณมันโจร ขโมยเงินฉันไป โกรธมาก เจอกันที่ศาลแน่",
    fi="Olette varkaita ja veitte rahani! Olen raivoissani, nähdään oikeudessa.",
)
def test_fury_is_hot_and_a_legal_threat_is_heard(tag, text):
    reading = read(text, language=tag)
    assert reading.intensity >= Intensity.ANGRY
    assert reading.anger > 0.8
    assert kinds(reading.threats) == ["legal"]


@told(
    en="What time do you open on Saturday, and do you have the blue one?",
    id="Hari Sabtu buka jam berapa ya kak, yang biru masih ada?",
    th="วันเสาร์เปิดกี่โมงคะ สีฟ้ามีของไหม",
    fi="Mihin aikaan avaatte lauantaina, ja onko sinistä vielä saatavilla?",
)
def test_a_plain_question_is_no_complaint(tag, text):
    reading = read(text, language=tag)
    assert reading.complaint < 0.5
    assert reading.intensity <= Intensity.UNEASY
    assert not reading.causes
    assert not reading.threats


@told(
    en="I'm not going to sue you, I just want to know where the parcel is.",
    id="Saya tidak akan menuntut ke pengadilan, saya cuma mau tahu paket saya di mana.",
    th="ไม่ได้จะฟ้องร้องอะไรนะคะ แค่อยากรู้ว่าพัสดุอยู่ไหน",
    fi="En aio viedä asiaa oikeuteen, haluan vain tietää missä paketti on.",
)
def test_a_threat_that_is_denied_is_none(tag, text):
    assert not read(text, language=tag).threats


@told(
    en="If I don't hear from you by Friday I will see you in court.",
    id="Kalau uang saya tidak kembali sampai Jumat saya gugat ke pengadilan.",
    th="ถ้าไม่ได้เงินคืนภายในวันศุกร์ผมจะฟ้องศาล",
    fi="Jos en saa rahojani perjantaihin mennessä vien asian käräjäoikeuteen.",
)
def test_what_is_denied_in_a_condition_denies_no_threat(tag, text):
    assert [str(threat.kind) for threat in read(text, language=tag).threats] == ["legal"]


@told(
    en="If you refund me by Friday I won't take you to court.",
    id="Kalau uang kembali Jumat saya tidak akan gugat ke pengadilan.",
    th="ถ้าได้เงินคืนวันศุกร์ผมจะไม่ฟ้องศาล",
    fi="Jos saan rahat perjantaina en vie asiaa käräjäoikeuteen.",
)
def test_what_is_denied_behind_a_condition_is_no_threat(tag, text):
    assert not read(text, language=tag).threats


@told(
    en="This is outrageous. I want to speak to your manager right now.",
    id="Ini keterlaluan. Saya mau bicara dengan manajer sekarang juga.",
    th="แย่มาก ขอคุยกับผู้จัดการเดี๋ยวนี้",
    fi="Tämä on törkeää. Haluan puhua esimiehen kanssa heti.",
)
def test_a_demand_for_the_manager_is_heard(tag, text):
    assert read(text, language=tag).demands_manager


@pytest.mark.parametrize(
    ("tag", "text", "facts"),
    [
        ("en", "Order #4471-B, £20.50, promised for 2 June.", ["#4471-B", "£20.50", "2 June"]),
        ("en", "You owe me $1,200.50 on booking ref KLM77Q.", ["$1,200.50", "KLM77Q"]),
        (
            "id",
            "Pesanan INV/2024/8812 senilai Rp 189.000 tanggal 3 Mei.",
            ["INV/2024/8812", "Rp 189.000", "tanggal 3 Mei"],
        ),
        ("id", "Saya sudah bayar 1,5 jt, ongkirnya 250k.", ["1,5 jt", "250k"]),
        ("th", "ออเดอร์ TH-88213 ราคา ฿1,290 สั่งวันที่ 5 มี.ค. 2567", ["TH-88213", "฿1,290", "วันที่ 5 มี.ค. 2567"]),
        ("th", "จ่ายไป 1 290 บาท", ["1 290 บาท"]),
        ("fi", "Tilaus 55120, 49,90 €, luvattu 12.3.2026.", ["55120", "49,90 €", "12.3.2026"]),
        ("fi", "Maksoin 1 290 euroa 5. joulukuuta.", ["1 290 euroa", "5. joulukuuta"]),
    ],
)
def test_facts_are_found_as_they_are_written(tag, text, facts):
    found = read(text, language=tag).facts
    assert [fact.value for fact in found] == facts
    assert all(fact.span.of(text) == fact.value for fact in found)


@told(
    en="My parcel is two weeks late and nobody answers.",
    id="Paket saya telat dua minggu dan belum datang juga.",
    th="พัสดุล่าช้าสองอาทิตย์แล้ว ยังไม่ถึงเลย",
    fi="Pakettini on kaksi viikkoa myöhässä eikä ole vieläkään tullut.",
)
def test_a_late_parcel_is_called_late(tag, text):
    assert kinds(read(text, language=tag).causes)[0] == "late"


@told(
    en="The cup arrived broken. Please send me a new one.",
    id="Cangkirnya pecah. Tolong kirim barang pengganti.",
    th="แก้วแตกมาค่ะ ขอเปลี่ยนอันใหม่",
    fi="Kuppi oli rikki. Lähettäkää uusi tilalle.",
)
def test_the_wish_for_a_new_one_is_heard_with_its_words(tag, text):
    reading = read(text, language=tag)
    assert "replacement" in kinds(reading.wishes)
    assert all(wish.span.of(text) for wish in reading.wishes)


def test_a_language_without_a_pack_is_read_by_its_kin_or_by_what_all_share():
    assert read("Piye to iki, paketku durung teko, wis rong minggu!").language == "jv"
    assert read("Hvor er pakken min?", language="nb", tier="quick").engine == "cues-2"


@told(
    en="I have nothing further to add. Six letters, six silences. You will understand that I no longer believe a word.",
    id="Saya tidak punya kata lagi. Enam surat, enam kali diam. Saya tidak percaya lagi satu kata pun dari kalian.",
    th="ดิฉันไม่มีอะไรจะพูดอีกแล้ว ส่งจดหมายหกฉบับ เงียบหกครั้ง ดิฉันไม่เชื่อคำพูดของพวกคุณอีกต่อไป",
    fi="Minulla ei ole enää sanottavaa. Kuusi kirjettä, kuusi kertaa hiljaisuus. En usko teistä enää sanaakaan.",
)
def test_cold_fury_is_heard_without_one_rude_word(tag, text):
    reading = read(text, language=tag)
    assert reading.intensity >= Intensity.ANNOYED
    assert reading.anger > 0.5


@told(
    en="I have lodged it with the insurance commissioner this morning, and I am beyond angry with you.",
    id="Saya sudah lapor ke OJK tadi pagi, saya sangat marah kepada kalian.",
    th="ยื่นเรื่องถึง คปภ. แล้วเมื่อเช้านี้ โกรธมากกับบริษัทคุณ",
    fi="Kantelu Finanssivalvonnalle on tehty tänä aamuna, olen teille raivoissani.",
)
def test_a_threat_carried_out_still_stands_and_is_told_to_a_body_not_the_public(tag, text):
    assert kinds(read(text, language=tag).threats) == ["regulator"]


def test_a_kind_of_a_clock_praises_nobody():
    assert not [found for found in read("It is kind of a clock.", language="en").evidence if found.why == "calm"]


def test_the_quick_tier_says_that_it_left_the_heads_out():
    assert read("Where is my parcel?", language="en", tier="quick").engine == "cues-2+letters-1+tone-1"


@pytest.mark.parametrize("text", ["", " \n", "😡😡😡", "<p>&nbsp;</p>", "\ud83d", "?" * 1000, "ก" * 5000, "\x00\x01"])
def test_strange_texts_get_a_sensible_value(text):
    reading = read(text)
    assert 0 <= reading.anger <= 1
    assert set(reading.as_json()) >= {"language", "emotions", "anger", "intensity", "threats", "engine"}


def test_a_megabyte_is_read_by_its_beginning():
    assert read("You liars! " + "bla " * 250_000, language="en").evidence[0].span.start < 20


def test_twenty_languages_in_one_text_get_a_sensible_value():
    greeting = "Hello, halo, สวัสดี, hei, hallo, bonjour, hola, olá, ciao, hej, god dag, cześć, здравствуйте, вітаю, merhaba, مرحبا, नमस्ते, xin chào, 你好, こんにちは, 안녕하세요"
    for tier in ("quick", "full"):
        reading = read(greeting, tier=tier)
        assert (reading.intensity <= 1, reading.threats, reading.demands_manager) == (True, (), False)
        assert reading.anger < 0.5


@pytest.mark.parametrize("text", ["", " ", "😀🎉", "12345", "<br>&nbsp;"])
def test_what_says_nothing_is_not_called_angry(text):
    assert read(text).anger < 0.5
    assert read(text).intensity <= 1
