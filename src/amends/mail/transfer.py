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


def undone(body: bytes, encoding: str, *, doubt: Doubt) -> bytes:
    """Return the bytes behind a transfer encoding, as far as they can be read; never raises."""
    plain = re.sub(r"[^a-z0-9]", "", encoding.lower()[:60])
    if plain in ("base64", "b64", "xbase64"):
        return _from_base64(body, doubt)
    if plain in ("quotedprintable", "qp"):
        return binascii.a2b_qp(body)
    if plain in ("xuuencode", "uuencode", "xuue", "uue"):
        return from_uu(body, doubt)
    if plain not in PLAIN_NAMES:
        doubt(f"unknown transfer encoding {encoding[:40]!r}")
    return body


def _from_base64(body: bytes, doubt: Doubt) -> bytes:
    """Return the bytes of base64, straight where it is sound; a text only labelled so stays as it is."""
    if _is_words(body):
        doubt("declared base64, but it is plain text")
        return body
    padded = body.find(b"=")
    if padded < 0 or padded >= len(body) - 8:
        try:
            return binascii.a2b_base64(body)
        except binascii.Error:
            pass  # the slow way below forgives what this one does not
    return _stretches(body, doubt)


def _is_words(body: bytes) -> bool:
    """Return whether most lines of the beginning hold what base64 never does: words with spaces, or other signs."""
    lines = [line.strip() for line in body[:LOOKED_AT_BYTES].splitlines() if line.strip()]
    strange = sum(b" " in line or bool(line.translate(None, BASE64_LINE)) for line in lines)
    words = body[:LOOKED_AT_BYTES].count(b" ") >= len(lines)
    return bool(lines) and words and strange * 2 > len(lines)


def _stretches(body: bytes, doubt: Doubt) -> bytes:
    """Return the bytes with noise and broken padding forgiven, each padded stretch on its own."""
    read = bytearray()
    for found in re.finditer(rb"[A-Za-z0-9+/]+", body.translate(None, NO_BASE64)):
        stretch = found.group()
        if len(stretch) % 4 == 1:
            doubt("base64 ends in the middle of a byte")
            stretch = stretch[:-1]
        read += binascii.a2b_base64(stretch + b"=" * (-len(stretch) % 4))
    return bytes(read)


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
