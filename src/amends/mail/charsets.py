"""Bytes into letters of an alphabet: the declared charset if it holds, else a ladder, and a doubt that says so."""

import codecs
import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from amends.languages import LanguagePack

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
ENOUGH = 0.6
GREEK = "\u0370"
SAMPLE_BYTES = 20_000


@dataclass(frozen=True, kw_only=True)
class Guess:
    """A charset that a language is often written in: the letters beyond ASCII it then shows, and the commonest."""

    codec: str
    letters: frozenset[str]
    common: frozenset[str]


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
    not plain UTF-8.
    """
    seven_bit, escapes = _seven_bit(declared), bool(ESCAPES.search(raw))
    if raw.isascii() and not escapes and not seven_bit:
        return Decoded(text=raw.decode("ascii"), codec="ascii")
    codec = codec_named(declared) if declared and seven_bit >= escapes else None
    if codec and (read := _strict(raw, codec)) is not None and not _is_mislabelled(raw, read, codec):
        return Decoded(text=read, codec=codec, doubt=_controls_doubt(read))
    return _ladder(raw, declared, packs)


def _seven_bit(declared: str) -> bool:
    """Return whether a charset hides its letters in ASCII bytes, so that ASCII is no proof of anything."""
    return (codec_named(declared) or "").startswith(("iso2022", "hz", "utf-7", "utf-16", "utf-32"))


def _ladder(raw: bytes, declared: str, packs: Sequence[LanguagePack]) -> Decoded:
    said = f"declared {declared[:40]!r}" if declared else "no charset declared"
    if ESCAPES.search(raw) and (read := _strict(raw, "iso2022_jp_ext")) is not None:
        return Decoded(text=read, codec="iso2022_jp_ext", doubt=f"{said}, read as iso-2022-jp")
    if (read := _utf8(raw)) is not None:
        doubt = "" if not declared or codec_named(declared) == "utf-8" else f"{said}, read as utf-8"
        return Decoded(text=read, codec="utf-8", doubt=doubt)
    if _mostly_utf8(raw):
        return Decoded(
            text=raw.decode("utf-8", errors="replace"), codec="utf-8", doubt=f"{said}, utf-8 with broken bytes"
        )
    if (likely := _likeliest(raw, packs)) is not None:
        return Decoded(text=raw.decode(likely, errors="replace"), codec=likely, doubt=f"{said}, read as {likely}")
    codec = codec_named(declared) or "cp1252"
    codec = "cp1252" if codec.startswith("utf") else codec
    return Decoded(text=raw.decode(codec, errors="replace"), codec=codec, doubt=f"{said}, read as {codec} at a guess")


def _strict(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _utf8(raw: bytes) -> str | None:
    """Return strict UTF-8, forgiving only a last letter that was cut in half."""
    for lost in range(4):
        read = _strict(raw[: len(raw) - lost], "utf-8")
        if read is not None:
            return read
    return None


def _mostly_utf8(raw: bytes) -> bool:
    """Return whether nine of ten letters beyond ASCII are right UTF-8: a text that lost some bytes on its way."""
    read = raw[:SAMPLE_BYTES].decode("utf-8", errors="replace")
    beyond = sum(not letter.isascii() for letter in read)
    return beyond >= 4 and read.count("\ufffd") * 10 <= beyond


def _is_mislabelled(raw: bytes, read: str, codec: str) -> bool:
    """Return whether bytes are surely not what they are declared to be, though they can be read so.

    UTF-8 under a one-byte name: no real text is both by chance. Another alphabet under a Western name: no Western text
    has more accented letters than plain ones.
    """
    if codec.startswith(("utf", "iso2022", "hz")) or raw.isascii():
        return False
    beyond = sum(byte > 0x7F for byte in raw[:SAMPLE_BYTES])
    if beyond >= 2 and _utf8(raw) is not None:
        return True
    plain = sum(letter.isascii() and letter.isalpha() for letter in read[:SAMPLE_BYTES])
    return codec in WESTERN and beyond >= 6 and beyond > plain


def _controls_doubt(read: str) -> str:
    return "control characters in the text" if CONTROLS.search(read[:SAMPLE_BYTES]) else ""


def _likeliest(raw: bytes, packs: Sequence[LanguagePack]) -> str | None:
    """Return the packs' charset whose reading shows mostly letters of its own language, or None."""
    sample = raw[:SAMPLE_BYTES]
    scored = [(*_plausibility(sample, guess), guess.codec) for guess in _guesses(packs)]
    likely = [
        (fitting + common, -place, codec) for place, (fitting, common, codec) in enumerate(scored) if fitting >= ENOUGH
    ]
    return max(likely)[2] if likely else None


def _guesses(packs: Sequence[LanguagePack]) -> Iterator[Guess]:
    for pack in packs:
        yield from guesses_of(pack)


@cache
def guesses_of(pack: LanguagePack) -> tuple[Guess, ...]:
    """Return what `charsets.toml` of a pack says, () when the pack itself has none. Raises BadPack."""
    if not pack.has("charsets.toml"):
        return ()
    rows = pack.toml("charsets.toml").get("charset", [])
    return tuple(
        Guess(
            codec=row["codec"],
            letters=_spelled_out(row["letters"]),
            common=_spelled_out(row.get("common", row["letters"])),
        )
        for row in rows
    )


def _spelled_out(letters: str) -> frozenset[str]:
    """Return the letters of "a-zäö": a range where a hyphen stands between two letters."""
    found: set[str] = set()
    for first, last in re.findall(r"(.)(?:-(.))?", letters, re.DOTALL):
        found.update(map(chr, range(ord(first), ord(last or first) + 1)))
    return frozenset(found)


def _plausibility(sample: bytes, guess: Guess) -> tuple[float, float]:
    """Return which share 0–1 of the letters beyond ASCII are the language's own, and which its commonest.

    Neighbours that no word holds count against it.
    """
    read = sample.decode(guess.codec, errors="replace")
    beyond = [letter for letter in read if not letter.isascii()]
    if not beyond:
        return 0.0, 0.0
    fitting = sum(letter in guess.letters for letter in beyond)
    common = sum(letter in guess.common for letter in beyond)
    odd = sum(_odd_neighbours(a, b) for a, b in itertools.pairwise(f" {read}"))
    return (fitting - odd) / len(beyond), common / len(beyond)


def _odd_neighbours(a: str, b: str) -> bool:
    """Return whether no word holds these two in a row: a mark without its letter, a late capital, two scripts mixed."""
    if unicodedata.category(b) == "Mn":
        return not (a.isalpha() or unicodedata.category(a) == "Mn") or (a.isascii() and b >= GREEK)
    if not (a.isalpha() and b.isalpha()) or (a.isascii() and b.isascii()):
        return False
    return (a.islower() and b.isupper()) or (a.isascii() and b >= GREEK) or (b.isascii() and a >= GREEK)
