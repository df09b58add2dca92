"""Files that old programs write into the words themselves: uuencode and yEnc."""

import re
from typing import Final, NamedTuple

from amends.mail.transfer import Doubt, from_uu

MOST_FILES: Final = 100
UU_BEGIN: Final = re.compile(r"^begin [0-7]{3,4} ([^\n]{1,200})\n", re.MULTILINE)
UU_LINE: Final = re.compile(r"[ -`]{1,90}")
Y_BEGIN: Final = re.compile(rb"^=ybegin [^\r\n]{0,200}?name=([^\r\n]{1,200})\r?\n", re.MULTILINE)
Y_END: Final = re.compile(rb"^=yend[^\r\n]{0,200}(?:\r?\n|\Z)", re.MULTILINE)
Y_SHIFTED: Final = bytes((octet - 42) % 256 for octet in range(256))
Y_ESCAPED: Final = re.compile(rb"=(.)", re.DOTALL)
BEGINNING: Final = 3
UU_OFFSET: Final = 32


class Packed(NamedTuple):
    """A file taken out of a text."""

    name: str
    content: bytes


def taken_out_of_text(text: str, *, doubt: Doubt) -> tuple[str, list[Packed]]:
    """Return the text with `[name]` where uuencoded files stood, and the files; what only looks so stays."""
    files: list[Packed] = []
    words: list[str] = []
    place = 0
    while len(files) < MOST_FILES and (begin := UU_BEGIN.search(text, place)):
        end = _end_of_uu(text, begin.end())
        if end is None:
            words.append(text[place : begin.end()])
            place = begin.end()
            continue
        files.append(Packed(begin.group(1).strip(), from_uu(text[begin.end() : end].encode("ascii"), doubt)))
        words += [text[place : begin.start()], f"[{files[-1].name}]"]
        place = end
    return "".join([*words, text[place:]]), files


def _end_of_uu(text: str, start: int) -> int | None:
    """Return where the uuencoded lines end; None when the lines behind `begin` are no such lines."""
    place = start
    while place < len(text):
        line_end = text.find("\n", place)
        line_end = len(text) if line_end < 0 else line_end
        line = text[place:line_end].rstrip("\r")
        if line == "end":
            return line_end if place > start else None
        if line and not _is_uu_line(line):
            break
        place = line_end + 1
    # A mail that was cut has no `end`; three sound lines are proof enough.
    return min(place, len(text)) if text.count("\n", start, place) >= BEGINNING else None


def _is_uu_line(line: str) -> bool:
    length = (ord(line[0]) - UU_OFFSET) % 64
    needed = -(-length // 3) * 4
    return bool(UU_LINE.fullmatch(line)) and len(line) - 1 <= needed + 2 and length <= 45


def taken_out_of_bytes(raw: bytes) -> tuple[bytes, list[Packed]]:
    """Return the bytes of a text with `[name]` where yEnc files stood, and the files."""
    files: list[Packed] = []
    words: list[bytes] = []
    place = 0
    while len(files) < MOST_FILES and (begin := Y_BEGIN.search(raw, place)):
        end = Y_END.search(raw, begin.end())
        stop = end.start() if end else len(raw)
        name = begin.group(1).strip()
        files.append(Packed(name.decode("utf-8", "replace"), _from_yenc(raw[begin.end() : stop])))
        words += [raw[place : begin.start()], b"[" + name + b"]\n"]
        place = end.end() if end else len(raw)
    return b"".join([*words, raw[place:]]), files


def _from_yenc(lines: bytes) -> bytes:
    body = re.sub(rb"^=ypart [^\r\n]{0,200}\r?\n", b"", lines).replace(b"\r", b"").replace(b"\n", b"")
    return Y_ESCAPED.sub(lambda sign: bytes([(sign.group(1)[0] - 64) % 256]), body).translate(Y_SHIFTED)
