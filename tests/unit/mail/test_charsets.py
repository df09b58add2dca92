"""Bytes of four languages in the charsets they are really sent in."""

import pytest

from amends.mail.charsets import codec_named, decode
from amends.mail.parse import all_packs

PACKS = all_packs()
THAI = "สวัสดีค่ะ พัสดุยังไม่ถึงเลย ช่วยตรวจสอบให้ด้วยนะคะ"
FINNISH = "Hyvää päivää, pakettini ei ole vieläkään tullut. Häpeäkää!"
RUSSIAN = "Здравствуйте, где моя посылка? Я жду уже три недели."
JAPANESE = "荷物がまだ届いていません。確認してください。"
CHINESE = "你好，我的包裹还没有收到，请帮我查一下。"


@pytest.mark.parametrize(
    ("text", "codec"),
    [(THAI, "cp874"), (FINNISH, "cp1252"), (FINNISH, "iso8859-15"), (RUSSIAN, "koi8-r"), (RUSSIAN, "cp1251"),
     (JAPANESE, "iso2022_jp"), (JAPANESE, "cp932"), (CHINESE, "gb18030")],
)  # fmt: skip
@pytest.mark.parametrize("declared", ["", "x-unknown", "us-ascii", "utf-8"])
def test_a_wrong_or_missing_charset_is_found_and_doubted(text, codec, declared):
    read = decode(text.encode(codec), declared, packs=PACKS)
    assert read.text == text
    assert read.doubt


@pytest.mark.parametrize("text", [THAI, FINNISH, RUSSIAN, JAPANESE])
@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "tis-620", "us-ascii"])
def test_utf8_under_a_wrong_name_is_read_as_utf8(text, declared):
    read = decode(text.encode(), declared, packs=PACKS)
    assert (read.text, bool(read.doubt)) == (text, True)


@pytest.mark.parametrize(
    ("text", "declared"), [(THAI, "TIS-620"), (THAI, "windows-874"), (FINNISH, "ISO-8859-15"), (RUSSIAN, "koi8-r")]
)
def test_a_charset_that_holds_leaves_no_doubt(text, declared):
    read = decode(text.encode(codec_named(declared) or ""), declared, packs=PACKS)
    assert (read.text, read.doubt) == (text, "")


@pytest.mark.parametrize(
    "name", ["zlib", "rot13", "idna", "unicode_escape", "undefined", "hex", "punycode", "x" * 500, "\x00", "é"]
)
def test_a_name_that_is_no_charset_is_refused(name):
    assert codec_named(name) is None


GREEK = "Καλημέρα, το δέμα μου δεν έχει φτάσει ακόμα. Πού είναι;"
HEBREW = "שלום, החבילה שלי עדיין לא הגיעה. איפה היא?"
ARABIC = "مرحبا، لم تصل شحنتي بعد. أين هي؟"
TURKISH = "Siparişim nerede? Ürün bozuk çıktı, iade istiyorum."
POLISH = "Dzień dobry, moja paczka jeszcze nie dotarła. Proszę sprawdzić."
LITHUANIAN = "Laba diena, mano siuntinys dar neatėjo. Ačiū už pagalbą."
KOREAN = "안녕하세요, 제 소포가 아직 도착하지 않았습니다. 확인 부탁드립니다."


@pytest.mark.parametrize(
    ("text", "codec"),
    [(GREEK, "iso8859-7"), (GREEK, "cp1253"), (HEBREW, "cp1255"), (HEBREW, "iso8859-8"), (ARABIC, "cp1256"), (ARABIC, "iso8859-6"),
     (TURKISH, "cp1254"), (POLISH, "iso8859-2"), (POLISH, "cp1250"), (LITHUANIAN, "cp1257"), (KOREAN, "cp949"), (CHINESE, "big5hkscs"),
     (RUSSIAN, "iso8859-5"), (RUSSIAN, "cp866"), (JAPANESE, "euc_jp"), (FINNISH, "mac-roman")],
)  # fmt: skip
def test_neighbours_without_a_charset_are_read_too(text, codec):
    if codec == "big5hkscs":
        text = "你好，我的包裹還沒有收到，請幫我查一下。"
    assert decode(text.encode(codec), packs=PACKS).text == text


@pytest.mark.parametrize("text", [THAI, FINNISH, RUSSIAN, "Paketnya rusak – tolong!"])
@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ["", "utf-8", "utf-16", "us-ascii"])
def test_utf16_is_known_by_its_zeros_or_its_mark(text, codec, declared):
    plain = "Order 1234, Lumi shop, help desk: " * 3 + text
    assert decode(plain.encode(codec), declared, packs=PACKS).text == plain


@pytest.mark.parametrize(
    "text",
    ["\x00", "\x00a", "Hei\x00", "abc\x00def\x00ghi\x00jkl\x00", "\x00a\x00b\x00c\x00d\x00e!", THAI + "\x00" * 9],
)
@pytest.mark.parametrize("declared", ["", "utf-8"])
def test_zeros_that_strayed_into_utf8_do_not_make_it_utf16(text, declared):
    assert decode(text.encode(), declared, packs=PACKS).text == text


@pytest.mark.parametrize("text", ["Lumi", "Hei, missä paketti?", "Order 12 – отмена"])
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_a_short_text_in_utf16_under_another_name_is_known(text, codec):
    assert decode(text.encode(codec), "utf-8", packs=PACKS).text == text


@pytest.mark.parametrize("text", ["Hei, missä paketti?", "Where is my order 1234?", "Order 12 Lumi – отмена"])
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ["", "utf-8"])
def test_utf16_that_lost_half_of_its_last_letter_is_read(text, codec, declared):
    assert decode(f"{text}\n".encode(codec)[:-1], declared, packs=PACKS).text == text


@pytest.mark.parametrize("text", [THAI, FINNISH, "Mañana – “no”", "Цена"])
def test_utf8_encoded_twice_is_read_as_it_was_meant(text):
    twice = b"".join(bytes([byte]).decode("cp1252", "ignore").encode() or chr(byte).encode() for byte in text.encode())
    assert decode(twice, "utf-8").text == text


def test_real_western_words_are_not_taken_for_utf8_encoded_twice():
    words = "Ã and Â are letters; «à la carte» costs 5 €"
    assert decode(words.encode(), "utf-8").text == words


@pytest.mark.parametrize("text", ["Lähetys myöhästyy, hyvää yötä", "Ei tullut pekkä", "Häpeä"])
def test_a_western_letter_at_the_end_is_never_lost(text):
    assert decode(text.encode("latin-1"), packs=PACKS).text == text


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "iso-8859-15"])
@pytest.mark.parametrize("text", ["Order 1234 for Somchai Jaidee at Lumi shop: " + THAI, THAI, RUSSIAN])
def test_another_alphabet_under_a_western_name_is_found(text, declared):
    codec = "cp1251" if text is RUSSIAN else "cp874"
    assert decode(text.encode(codec), declared, packs=PACKS).text == text


def test_a_pasted_western_signature_does_not_spoil_a_text_in_utf8():
    raw = (FINNISH * 4).encode() + "Terveisin Mäkelä".encode("cp1252")
    read = decode(raw, "utf-8", packs=PACKS)
    assert read.text.endswith("Mäkelä")
    assert "broken" in read.doubt
