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
