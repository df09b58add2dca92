"""Bytes into letters of an alphabet: the declared charset if it holds, else a ladder, and a doubt that says so."""

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from amends.languages import LanguagePack
from amends.mail.charset_guess import likeliest

# What senders write, and what they turn out to mean (after the WHATWG Encoding Standard: the Windows superset wins).
MEANT = {
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso2022_jp": "iso2022_jp_2",
}
NICKNAMES = {
    "windows874": "cp874",
    "xwindows874": "cp874",
    "dos874": "cp874",
    "tis620": "cp874",
    "iso88598i": "iso8859-8",
    "iso88598e": "iso8859-8",
    "ksc56011987": "cp949",
    "xsjis": "cp932",
    "windows31j": "cp932",
    "xgbk": "gb18030",
    "xeucjp": "euc_jp",
    "unicode11utf7": "utf-7",
    "utf8mb4": "utf-8",
    "xmacroman": "mac_roman",
    "macintosh": "mac_roman",
    "xmaccyrillic": "mac_cyrillic",
}
# Python knows codecs that are no charset at all (zlib, idna, unicode_escape); a mail may name none of them.
ALPHABETS = re.compile(
    r"utf-(?:7|8|8-sig|16|16-[bl]e|32|32-[bl]e)|ascii|cp\d{3,5}|iso8859-\d{1,2}|koi8-[rut]|mac-\w+|gb2312|gbk|gb18030|hz"
    r"|big5|big5hkscs|shift_jis\w{0,5}|euc_\w{2,10}|iso2022_\w{2,6}|johab|tis-620|ptcp154|kz1048|hp-roman8"
)
ESCAPES = re.compile(rb"\x1b\$[@B]|\x1b\([IJ]")
# Bytes 0x80–0x9F that no single-byte text of ours ever wants as control characters.
CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
WESTERN = ("cp1252", "iso8859-15", "latin-1")
BROKEN: Final = "amends.western"
SIDE_BY_SIDE: Final = re.compile(rb"[\x80-\xff](?=[\x80-\xff])")
SAMPLE_BYTES: Final = 20_000
WIDE_SAMPLE_BYTES: Final = 400
FEWEST_ZEROS_OF_UTF16: Final = 4
FEWEST_ZEROS_OF_CUT_UTF16: Final = 8
BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# How UTF-8 looks when its bytes were taken for Western letters and encoded once more: Ã¤, Â£, à¸, â€, Ð¡.
TWICE: Final = re.compile("[\u00c2-\u00df][\u0080-\u00bf\u0152-\u2122]|[\u00e0-\u00ef][\u0080-\u00bf\u0152-\u2122]{2}")
TWICE_AT_LEAST: Final = 2


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """The text of some bytes, the codec that read them, and in words what is doubtful about it ("" = nothing)."""

    text: str
    codec: str
    doubt: str = ""


def codec_named(charset: str) -> str | None:
    """Return Python's codec for the charset a mail declares, the superset its senders mean; None for nonsense."""
    plain = re.sub(r"[^a-z0-9]", "", charset.lower()[:60])
    try:
        name = codecs.lookup(NICKNAMES.get(plain) or charset.strip()[:60]).name
    except (LookupError, ValueError):
        return None
    return MEANT.get(name, name) if ALPHABETS.fullmatch(name) else None


def decode(raw: bytes, declared: str = "", *, packs: Sequence[LanguagePack] = ()) -> Decoded:
    """Return the text of `raw`: declared charset, strict UTF-8, the packs' charsets by plausibility, then cp1252.

    Never raises. `doubt` is set whenever the declared charset did not hold, or none was declared and the bytes are
    not plain UTF-8. A last letter that was cut in half is forgiven.
    """
    if (wide := _wide(raw, declared)) is not None:
        return wide
    seven_bit, escapes = _seven_bit(declared), bool(ESCAPES.search(raw))
    if raw.isascii() and not escapes and not seven_bit:
        plain = raw.decode("ascii")
        return Decoded(text=plain, codec="ascii", doubt=_controls_doubt(plain))
    codec = codec_named(declared) if declared and seven_bit >= escapes else None
    if codec and (read := _strict(raw, codec)) is not None and not _is_mislabelled(raw, read, codec):
        return _once(Decoded(text=read, codec=codec, doubt=_controls_doubt(read)))
    return _once(_ladder(raw, declared, packs))


def _wide(raw: bytes, declared: str) -> Decoded | None:
    """Return a text in UTF-16, which a byte order mark or the zeros of its plain letters give away; None for others."""
    codec = next((codec for mark, codec in BOMS if raw.startswith(mark)), "") or _told_by_zeros(raw, declared)
    if not codec or (read := _strict(raw, codec)) is None:
        return None
    fits = not declared or (codec_named(declared) or "").startswith(codec[:5])
    return Decoded(text=read, codec=codec, doubt="" if fits else f"declared {declared[:40]!r}, read as {codec}")


def _told_by_zeros(raw: bytes, declared: str) -> str:
    """Return the UTF-16 whose plain letters have a zero on one side, "" for a text that merely holds some zeros.

    What is not declared so must be plainly so: zeros at nearly every other place or else no other way to read it, and
    more of them where the last letter was cut in half, as by a program that takes off the end of the last line.
    A few zeros strayed into UTF-8, or stand there between its fields.
    """
    sample = raw[:WIDE_SAMPLE_BYTES]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    zeros = max(even, odd)
    if zeros * 5 <= len(sample) or min(even, odd) * 10 >= zeros:
        return ""
    if not (codec_named(declared) or "").startswith("utf-16"):
        nearly_all = zeros * 10 > len(sample) * 3
        fewest = FEWEST_ZEROS_OF_CUT_UTF16 if len(raw) % 2 else FEWEST_ZEROS_OF_UTF16
        if zeros < fewest or not (nearly_all or _has_no_words(sample)):
            return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _has_no_words(sample: bytes) -> bool:
    """Return whether bytes without their zeros are no UTF-8 that anybody typed."""
    read = sample.replace(b"\x00", b"").decode("utf-8", errors="replace").rstrip("\ufffd")  # the sample cuts a letter
    return "\ufffd" in read or CONTROLS.search(read) is not None


def _once(read: Decoded) -> Decoded:
    """Return a text as it was before a program encoded its UTF-8 once more, if that is surely what happened."""
    if read.text.isascii() or len(TWICE.findall(read.text[:SAMPLE_BYTES])) < TWICE_AT_LEAST:
        return read
    try:
        text = b"".join(map(_western_byte, read.text)).decode("utf-8")
    except (UnicodeError, ValueError):
        return read
    return Decoded(text=text, codec=read.codec, doubt="; ".join(filter(None, (read.doubt, "encoded twice"))))


def _western_byte(letter: str) -> bytes:
    return bytes([ord(letter)]) if ord(letter) < 0x100 else letter.encode("cp1252")


def _seven_bit(declared: str) -> bool:
    """Return whether a charset hides its letters in ASCII bytes, so that ASCII is no proof of anything."""
    return (codec_named(declared) or "").startswith(("iso2022", "hz", "utf-7", "utf-16", "utf-32"))


def _ladder(raw: bytes, declared: str, packs: Sequence[LanguagePack]) -> Decoded:
    said = f"declared {declared[:40]!r}" if declared else "no charset declared"
    if ESCAPES.search(raw) and (read := _strict(raw, "iso2022_jp_ext")) is not None:
        return Decoded(text=read, codec="iso2022_jp_ext", doubt=f"{said}, read as iso-2022-jp")
    if (read := _strict(raw, "utf-8")) is not None:
        doubt = "" if not declared or codec_named(declared) == "utf-8" else f"{said}, read as utf-8"
        return Decoded(text=read, codec="utf-8", doubt=doubt)
    if _mostly_utf8(raw):
        return Decoded(text=raw.decode("utf-8", errors=BROKEN), codec="utf-8", doubt=f"{said}, utf-8 with broken bytes")
    if (likely := likeliest(raw, packs)) is not None:
        return Decoded(text=raw.decode(likely, errors="replace"), codec=likely, doubt=f"{said}, read as {likely}")
    codec = codec_named(declared) or "cp1252"
    codec = "cp1252" if codec.startswith("utf") or codec == "ascii" else codec
    return Decoded(text=raw.decode(codec, errors="replace"), codec=codec, doubt=f"{said}, read as {codec} at a guess")


def _strict(raw: bytes, codec: str) -> str | None:
    """Return the text if all of it can be read, forgiving only a last letter that was cut in half."""
    try:
        read: str = codecs.getincrementaldecoder(codec)("strict").decode(raw)
    except (UnicodeError, ValueError, LookupError):
        return None
    # A Western letter at the end of plain words looks like the beginning of UTF-8: not cut, but another charset.
    return None if codec == "utf-8" and read.isascii() and not raw.isascii() else read


def _western(wrong: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as the Western letters they mostly are: a signature pasted by another program."""
    assert isinstance(wrong, UnicodeDecodeError)
    return wrong.object[wrong.start : wrong.end].decode("cp1252", errors="replace"), wrong.end


codecs.register_error(BROKEN, _western)


def _mostly_utf8(raw: bytes) -> bool:
    """Return whether nine of ten letters beyond ASCII are right UTF-8: a text that lost some bytes on its way."""
    read = raw[:SAMPLE_BYTES].decode("utf-8", errors="replace")
    beyond = sum(not letter.isascii() for letter in read)
    return beyond >= 4 and read.count("\ufffd") * 10 <= beyond


def _is_mislabelled(raw: bytes, read: str, codec: str) -> bool:
    """Return whether bytes are surely not what they are declared to be, though they can be read so.

    UTF-8 under a one-byte name: no real text is both by chance. Another alphabet under a Western name: no Western text
    has its accented letters mostly side by side, or more of them than plain ones.
    """
    if codec.startswith(("utf", "iso2022", "hz")) or raw.isascii():
        return False
    sample = raw[:SAMPLE_BYTES]
    beyond = sum(byte > 0x7F for byte in sample)
    if beyond >= 2 and _strict(raw, "utf-8") is not None:
        return True
    if codec not in WESTERN or beyond < 6:
        return False
    plain = sum(letter.isascii() and letter.isalpha() for letter in read[:SAMPLE_BYTES])
    return beyond > plain or len(SIDE_BY_SIDE.findall(sample)) * 2 > beyond


def _controls_doubt(read: str) -> str:
    return "control characters in the text" if CONTROLS.search(read[:SAMPLE_BYTES]) else ""
