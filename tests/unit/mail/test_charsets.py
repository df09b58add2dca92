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
