"""Header values: RFC 2047 words as they are really sent, RFC 2231 parameters, identifiers."""

import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from amends.languages import LanguagePack
from amends.mail.charsets import codec_named, decode

LONGEST_VALUE_BYTES = 32_768
MOST_IDS = 200
# "=?utf-8?B?…?=", forgiving about white space inside and a missing end, which real senders manage.
WORD = re.compile(
    r"=\?([A-Za-z0-9_.:\-]{1,40})(?:\*[A-Za-z0-9\-]{0,20})?\?([bBqQ])\?([^?\r\n]*(?:\?(?!=)[^?\r\n]*){0,3})\?="
)
BETWEEN_WORDS = re.compile(r"(\?=)[ \t\r\n]+(?==\?[A-Za-z0-9_.:\-]{1,40}(?:\*[A-Za-z0-9\-]{0,20})?\?[bBqQ]\?)")
FOLD = re.compile(r"\r?\n[ \t]?")
UNSAFE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]+")
IDENTIFIER = re.compile(r"<([^<>\s]{1,998})>")
QP_BYTE = re.compile(rb"=([0-9A-Fa-f]{2})")
PARAMETER = re.compile(r';[ \t\r\n]*([^\s=;"*]{1,60})(\*\d{1,3})?(\*)?[ \t\r\n]*=[ \t\r\n]*("(?:[^"\\]|\\.)*"?|[^;]*)')


@dataclass(kw_only=True)
class Words:
    """Turns raw header bytes into words, and remembers what was doubtful.

    `charset` is what the body is written in: a header with bare eight-bit letters mostly shares it.
    """

    packs: Sequence[LanguagePack] = ()
    charset: str = ""
    doubts: list[str] = field(default_factory=list)

    def of(self, raw: bytes) -> str:
        """Return one header value unfolded and decoded, without control characters; never raises."""
        value = self.unfolded(raw)
        if "=?" in value:
            value = self._word_runs(BETWEEN_WORDS.sub(r"\1", value))
        return UNSAFE.sub(" ", value).strip()

    def unfolded(self, raw: bytes) -> str:
        """Return one header value in letters, its lines joined, encoded words still encoded."""
        if len(raw) > LONGEST_VALUE_BYTES:
            self._doubt("a header longer than 32 KiB was cut")
        read = decode(raw[:LONGEST_VALUE_BYTES], packs=() if self.charset else self.packs)
        if read.doubt and self.charset:
            read = decode(raw[:LONGEST_VALUE_BYTES], self.charset, packs=self.packs)
        if read.doubt:
            self._doubt(f"header: {read.doubt}")
        return FOLD.sub(lambda fold: " " if fold.group().endswith((" ", "\t")) else "", read.text).strip()

    def _word_runs(self, value: str) -> str:
        """Return the value with its encoded words read, neighbours of one charset as one run of bytes.

        Senders cut a letter of several bytes in half between two words, against RFC 2047 §5.
        """
        written: list[str] = []
        run, charset, place = b"", "", 0
        for word in WORD.finditer(value):
            said = word.group(1).lower()
            if run and (word.start() > place or said != charset):
                written.append(self._read(run, charset))
                run = b""
            written.append(value[place : word.start()])
            run += _base64(word.group(3)) if word.group(2) in "bB" else _q(word.group(3))
            charset, place = said, word.end()
        return "".join([*written, self._read(run, charset) if run else "", value[place:]])

    def _read(self, raw: bytes, charset: str) -> str:
        if codec_named(charset) is None:
            self._doubt(f"header: unknown charset {charset!r}")
        read = decode(raw, charset, packs=self.packs)
        if read.doubt:
            self._doubt(f"header: {read.doubt}")
        return read.text

    def _doubt(self, doubt: str) -> None:
        if doubt not in self.doubts:
            self.doubts.append(doubt)


def _base64(content: str) -> bytes:
    """Return what base64 holds, words glued together and broken padding forgiven."""
    letters = re.sub(r"[^A-Za-z0-9+/]", "", content)
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    return binascii.a2b_base64(letters + "=" * (-len(letters) % 4))


def _q(content: str) -> bytes:
    raw = content.replace("_", " ").encode("utf-8", "replace")
    return QP_BYTE.sub(lambda byte: bytes([int(byte.group(1), 16)]), raw)


def parameters(value: str) -> dict[str, str]:
    """Return the parameters of `text/plain; name="a"`, lower-cased names, RFC 2231 pieces joined and decoded."""
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for name, number, extended, written in PARAMETER.findall(f";{value.partition(';')[2]}" if ";" in value else ""):
        pieces.setdefault(name.lower(), []).append((int(number[1:] or 0) if number else -1, bool(extended), written))
    return {name: _joined(sorted(found, key=lambda piece: piece[0])) for name, found in pieces.items()}


def _joined(found: list[tuple[int, bool, str]]) -> str:
    """Return one parameter from its pieces. A plain `name=` yields to `name*=`, which says more."""
    extended = [piece for piece in found if piece[1] or piece[0] >= 0] or found[:1]
    if not any(piece[1] for piece in extended):
        return "".join(_unquoted(written) for _, _, written in extended)
    charset, raw = "", b""
    for place, (_, percent, written) in enumerate(extended):
        text = _unquoted(written)
        if place == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        raw += unquote_to_bytes(text) if percent else text.encode("utf-8", "replace")
    return decode(raw, charset).text


def _unquoted(written: str) -> str:
    written = written.strip()
    if written.startswith('"'):
        return re.sub(r"\\(.)", r"\1", written[1:].removesuffix('"'))
    return written


def identifiers(value: str) -> tuple[str, ...]:
    """Return the Message-IDs of a header with their angle brackets, once each, in order; at most 200, the newest."""
    found = dict.fromkeys(f"<{written}>" for written in IDENTIFIER.findall(re.sub(r"\s+(?=[^<]*>)", "", value)))
    if not found and value.strip() and "@" in value:
        found = {f"<{value.split()[0].strip('<>')}>": None}
    return tuple(found)[-MOST_IDS:]
