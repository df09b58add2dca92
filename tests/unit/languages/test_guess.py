"""Which language a text is in."""

import subprocess
import sys

import pytest

from amends.languages.guess import language


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "where is my order"),
        ("en", "Still no refund. Not happy."),
        ("id", "Pesanan saya belum sampai"),
        ("id", "min, refund gue gimana nih, udah seminggu"),
        ("id", "Order saya di-cancel sepihak, customer service slow respon banget"),
        ("ms", "Saya nak tanya bila barang saya nak sampai, dah seminggu tak dapat apa-apa"),
        ("jv", "Piye iki, barange durung teko, wis rong minggu aku ngenteni"),
        ("th", "ขอเงินคืนค่ะ"),
        ("th", "refund ยังไม่เข้าค่ะ order TH-88213"),
        ("fi", "Missä mun paketti on?"),
        ("fi", "En ole saanut vastausta"),
        ("et", "Kus minu pakk on? Ma ei ole seda veel saanud"),
        ("sv", "Var är min beställning? Jag har inte fått något"),
        ("de", "Wo ist meine Bestellung?"),
        ("pt", "Onde está meu pedido? Ainda não chegou"),
    ],
)
def test_short_texts_are_told_apart(tag, text):
    assert language(text)[0] == tag


@pytest.mark.parametrize("text", ["", "12345", "😡😡", "...", "https://example.com/a", "   "])
def test_without_words_nothing_is_claimed(text):
    assert language(text) == ("und", 0.0)


def test_the_conversation_decides_where_the_words_do_not():
    assert language("ok", prefer="id")[0] == "id"
    assert language("Where is my parcel, I have been waiting for it", prefer="id")[0] == "en"


def test_the_trained_guesser_stays_unloaded_while_words_decide():
    program = (
        "import sys; from amends.languages.guess import language;"
        "language('Where is my parcel? I have been waiting for two weeks'); sys.exit('py3langid' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("ms", "Barang saya belum sampai lagi"),
        ("ms", "Saya sangat kecewa dengan perkhidmatan anda"),
        ("ms", "Sudah dua minggu saya tunggu duit dikembalikan"),
        ("da", "Kan jeg bytte den?"),
        ("da", "Pakken er ikke kommet"),
        ("no", "Hvor er bestillingen min?"),
        ("no", "Kan jeg bytte den?"),
    ],
)
def test_words_that_near_kin_share_speak_for_the_conversations_language(tag, text):
    assert language(text, prefer=tag)[0] == tag


@pytest.mark.parametrize(
    ("prefer", "text", "tag"),
    [
        ("ms", "barang saya belum sampai nih, gimana sih kok gak ada kabar", "id"),
        ("da", "Jeg fikk aldri pengene tilbake, hva skjer? Dere svarer ikke", "no"),
        ("no", "Jeg fik aldrig pengene tilbage, hvad sker der? I svarer ikke", "da"),
    ],
)
def test_clear_words_outvote_the_conversation(prefer, text, tag):
    assert language(text, prefer=prefer)[0] == tag


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("da", "Jeg købte en lampe i sidste uge, og den virker ikke længere"),
        ("no", "Jeg kjøpte en lampe forrige uke, og den virker ikke lenger"),
        ("da", "Kan I hjælpe mig? Jeg fik aldrig nogen besked"),
        ("no", "Kan dere hjelpe meg? Jeg fikk aldri noen beskjed"),
    ],
)
def test_danish_and_norwegian_are_told_apart_by_how_they_spell(tag, text):
    assert language(text)[0] == tag


@pytest.mark.parametrize(
    "text",
    [
        "Piye to iki, pesen panci ukuran 28 sing teko malah 20. Wis tak foto barange.",
        "Hatur nuhun pisan Kang, pakét na tos dugi, rapih pisan bungkusna.",
    ],
)
def test_javanese_is_named_alone_and_read_as_the_indonesian_it_stands_in(text):
    assert language(text)[0] in {"jv", "su"}
    assert language(text, prefer="id")[0] == "id"
    assert language(text, prefer="en")[0] in {"jv", "su"}


@pytest.mark.parametrize(
    ("tag", "text"), [("en", "price?"), ("en", "any jobs going?"), ("fi", "auki vappuna?"), ("id", "Tes")]
)
def test_a_few_words_are_enough_where_they_tell(tag, text):
    assert language(text)[0] == tag


@pytest.mark.parametrize(
    ("text", "tag"), [("Calm down.", "en"), ("Huono palvelu", "fi"), ("Pettynyt.", "fi"), ("Paketnya telat.", "id")]
)
def test_a_word_or_two_of_a_complaint_tell_their_language(text: str, tag: str) -> None:
    assert language(text)[0] == tag
