r"""The words of compressed RTF, the only form in which some letters of Outlook hold them ([MS-OXRTFCP])."""

import re
import struct
from typing import Final

from amends.mail.charsets import codec_named

COMPRESSED, UNCOMPRESSED = b"LZFu", b"MELA"
HEADER_BYTES: Final = 16
WINDOW: Final = 4_096
LARGEST_RTF: Final = 1_000_000
# The window begins with what most RTF begins with, so that short letters compress too.
PRIMED: Final = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier"
    rb"{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
PIECE: Final = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)|\\"
)
SILENT_GROUPS: Final = frozenset(
    {b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"themedata", b"datastore", b"generator"}
)
SIGNS: Final = {
    b"par": "\n",
    b"line": "\n",
    b"row": "\n",
    b"tab": "\t",
    b"cell": " ",
    b"emdash": "—",
    b"endash": "–",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
}


def text_of_rtf(compressed: bytes) -> str:
    """Return the words of RTF as TNEF holds it, "" when it cannot be read. Never raises."""
    return _Reader().read(_unpressed(compressed)).strip()


def _unpressed(raw: bytes) -> bytes:
    if len(raw) < HEADER_BYTES:
        return b""
    size, kind = struct.unpack_from("<I", raw, 4)[0], raw[8:12]
    if kind == UNCOMPRESSED:
        return raw[HEADER_BYTES : HEADER_BYTES + min(size, LARGEST_RTF)]
    return _lzfu(raw[HEADER_BYTES:], min(size, LARGEST_RTF)) if kind == COMPRESSED else b""


def _lzfu(raw: bytes, size: int) -> bytes:
    """Return the bytes of LZFu: eight turns a control byte, a letter or a look back into the window of 4,096 bytes."""
    out = bytearray(PRIMED)
    place = 0
    while place < len(raw) and len(out) < size + len(PRIMED):
        control, place = raw[place], place + 1
        for bit in range(8):
            if not control >> bit & 1:
                out += raw[place : place + 1]
                place += 1
                continue
            word = int.from_bytes(raw[place : place + 2], "big")
            place += 2
            back = (len(out) - (word >> 4)) % WINDOW
            if back == 0 or back > len(out) or place > len(raw):
                return bytes(out[len(PRIMED) :][:size])
            for _ in range((word & 15) + 2):
                out.append(out[-back])
    return bytes(out[len(PRIMED) :][:size])


class _Reader:
    """Walks RTF once, keeping what is shown."""

    def __init__(self) -> None:
        self.codec, self.silent, self.skip = "cp1252", [False], 0
        self.words: list[str] = []
        self.octets = bytearray()

    def read(self, rtf: bytes) -> str:
        for piece in PIECE.finditer(rtf):
            word, number, octet, sign, brace, text = piece.groups()
            if octet:
                self._octet(int(octet, 16))
                continue
            self._flush()
            if brace:
                self._brace(brace)
            elif word:
                self._word(word, number)
            elif sign:
                self._sign(sign)
            elif text:
                self._show(text.decode("cp1252", "replace"))
        self._flush()
        # Signs beyond the first 65,536 stand as two halves.
        return "".join(self.words).encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _show(self, text: str) -> None:
        shown = text[self.skip :]
        self.skip = max(0, self.skip - len(text))
        if not self.silent[-1]:
            self.words.append(shown)

    def _octet(self, octet: int) -> None:
        if self.skip:
            self.skip -= 1
        elif not self.silent[-1]:
            self.octets.append(octet)

    def _flush(self) -> None:
        """Letters of several bytes stand as several octets in a row, so they are read together."""
        if self.octets:
            self.words.append(self.octets.decode(self.codec, "replace"))
            self.octets.clear()

    def _brace(self, brace: bytes) -> None:
        if brace == b"{":
            self.silent.append(self.silent[-1])
        elif len(self.silent) > 1:
            self.silent.pop()

    def _word(self, word: bytes, number: bytes | None) -> None:
        if word in SILENT_GROUPS:
            self.silent[-1] = True
        elif word == b"ansicpg" and number:
            self.codec = codec_named(f"cp{int(number)}") or self.codec
        elif word == b"u" and number:
            self.skip = 0
            self._show(chr(int(number) % 0x10000))
            self.skip = 1  # the plain letter that old readers show instead
        elif word == b"htmlrtf":
            self.silent[-1] = number != b"0"
        elif word in SIGNS:
            self._show(SIGNS[word])

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self.silent[-1] = True
        elif sign in (b"~", b"{", b"}", b"\\"):
            self._show(" " if sign == b"~" else sign.decode("ascii"))
