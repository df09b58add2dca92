"""Transfer encodings undone: base64, quoted-printable and uuencode, as well as they were really written."""

import binascii
import re
from collections.abc import Callable
from typing import Final

Doubt = Callable[[str], None]
"""Told in words what was not right."""

NO_BASE64: Final = bytes(byte for byte in range(256) if not re.match(rb"[A-Za-z0-9+/=]", bytes([byte])))
BASE64_LINE: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n\t "
PLAIN_NAMES: Final = ("", "7bit", "8bit", "binary", "7bits", "8bits", "none", "text", "plain", "ascii", "utf8")
LOOKED_AT_BYTES: Final = 400
MOST_BEHIND_PADDING: Final = 8
MOST_STRETCHES: Final = 50_000
STRETCH: Final = re.compile(rb"[A-Za-z0-9+/]+")


def undone(raw: bytes, encoding: str, *, start: int = 0, end: int | None = None, doubt: Doubt) -> bytes:
    """Return the bytes behind the transfer encoding of `raw[start:end]`, as far as they can be read; never raises."""
    end = len(raw) if end is None else end
    plain = re.sub(r"[^a-z0-9]", "", encoding.lower()[:60])
    if plain in ("base64", "b64", "xbase64"):
        return _sound_base64(raw, start, end) or _from_base64(raw[start:end], doubt)
    body = raw[start:end]
    if plain in ("quotedprintable", "qp"):
        return binascii.a2b_qp(body)
    if plain in ("xuuencode", "uuencode", "xuue", "uue"):
        return from_uu(body, doubt)
    if plain not in PLAIN_NAMES:
        doubt(f"unknown transfer encoding {encoding[:40]!r}")
    return body


def _sound_base64(raw: bytes, start: int, end: int) -> bytes:
    """Return the bytes of base64 that is sound, without copying it first; b"" when it is not."""
    padded = raw.find(b"=", start, end)
    if 0 <= padded < end - MOST_BEHIND_PADDING or _is_words(raw[start : min(end, start + LOOKED_AT_BYTES)]):
        return b""
    try:
        return binascii.a2b_base64(memoryview(raw)[start:end])
    except binascii.Error:
        return b""


def _from_base64(body: bytes, doubt: Doubt) -> bytes:
    """Return the bytes of broken base64; a text only labelled so stays as it is."""
    if _is_words(body[:LOOKED_AT_BYTES]):
        doubt("declared base64, but it is plain text")
        return body
    return _stretches(body, doubt)


def _is_words(beginning: bytes) -> bool:
    """Return whether most lines of a beginning hold what base64 never does: words with spaces, or other signs."""
    lines = [line.strip() for line in beginning.splitlines() if line.strip()]
    strange = sum(b" " in line or bool(line.translate(None, BASE64_LINE)) for line in lines)
    words = beginning.count(b" ") >= len(lines)
    return bool(lines) and words and strange * 2 > len(lines)


def _stretches(body: bytes, doubt: Doubt) -> bytes:
    """Return the bytes with noise and broken padding forgiven, each padded stretch on its own, 50,000 of them."""
    read = bytearray()
    letters = body.translate(None, NO_BASE64)
    place = 0
    for _ in range(MOST_STRETCHES):
        if not (found := STRETCH.search(letters, place)):
            break
        place = found.end()
        read += _stretch(found.group(), doubt)
    if rest := letters[place:].replace(b"=", b""):
        doubt(f"base64 in more than {MOST_STRETCHES:,} pieces; those beyond are read as one")
        read += _stretch(rest, doubt)
    return bytes(read)


def _stretch(letters: bytes, doubt: Doubt) -> bytes:
    if len(letters) % 4 == 1:
        doubt("base64 ends in the middle of a byte")
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def from_uu(body: bytes, doubt: Doubt) -> bytes:
    """Return the bytes of uuencoded lines; a broken line is left out with a doubt."""
    read = bytearray()
    for line in body.splitlines():
        if line.startswith(b"begin ") or line.strip() in (b"", b"end", b"`"):
            continue
        try:
            read += binascii.a2b_uu(line)
        except binascii.Error:
            doubt("a line of uuencoded bytes is broken")
    return bytes(read)
