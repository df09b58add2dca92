"""The parts of a mail as a tree, walked within bounds: depth, number of parts, size of headers.

The walk is our own because both ready ones fall on real mail: docs/decisions/0010.
"""

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from amends.mail.headers import LONGEST_VALUE_BYTES, Words, parameters

DEEPEST = 24
MOST_PARTS = 1_000
LARGEST_HEADERS_BYTES = 262_144
MOST_HEADERS = 2_000

FIELD = re.compile(rb"([\x21-\x39\x3b-\x7e]{1,120})[ \t]*:")
MBOX_LINE = re.compile(rb">?From [^\r\n]*\r?\n")
USUAL_FIELD = re.compile(
    rb"(?i)(?:content|mime|x|arc|list)-[\w-]+|from|to|cc|subject|date|message-id|received|reply-to|return-path|sender"
    rb"|references|in-reply-to|dkim-signature|precedence|auto-submitted|status"
)
NO_BASE64 = bytes(byte for byte in range(256) if not re.match(rb"[A-Za-z0-9+/=]", bytes([byte])))


@dataclass(kw_only=True)
class Section:
    """One part of a mail: its headers as raw values, its body still encoded, and the parts inside it."""

    headers: list[tuple[str, bytes]]
    body: bytes = field(repr=False)
    default_type: str = "text/plain"
    depth: int = 0
    parts: list["Section"] = field(default_factory=list)
    media_type: str = ""
    parameters: dict[str, str] = field(default_factory=dict)

    def raw(self, name: str) -> bytes:
        """Return the first header of that name, b"" when there is none."""
        return next((value for key, value in self.headers if key == name), b"")

    def all_raw(self, name: str) -> list[bytes]:
        """Return every header of that name, in order."""
        return [value for key, value in self.headers if key == name]

    @property
    def is_multipart(self) -> bool:
        """Return whether this part is only a wrapper around others."""
        return self.media_type.startswith("multipart/")


@dataclass(kw_only=True)
class Walk:
    """One reading of one mail's structure: counts its parts and collects doubts."""

    words: Words
    parts: int = 0

    def doubt(self, doubt: str) -> None:
        """Remember what was not right, once."""
        if doubt not in self.words.doubts:
            self.words.doubts.append(doubt)


def take_apart(raw: bytes, words: Words) -> Section:
    """Return the tree of a mail. Never raises; what lies beyond a bound stays one undivided part, and a doubt."""
    walk = Walk(words=words)
    if b"\n" not in raw and b"\r" in raw:
        raw = raw.replace(b"\r", b"\n")
    root = _opened(raw.removeprefix(b"\xef\xbb\xbf").lstrip(), walk, default_type="text/plain", depth=0)
    waiting = [root]
    while waiting:
        part = waiting.pop()
        part.parts = _inside(part, walk)
        waiting.extend(reversed(part.parts))
    return root


def leaves(root: Section) -> Iterator[Section]:
    """Return the parts that hold something themselves, in reading order."""
    waiting = [root]
    while waiting:
        part = waiting.pop()
        if part.parts:
            waiting.extend(reversed(part.parts))
        else:
            yield part


def _opened(raw: bytes, walk: Walk, *, default_type: str, depth: int) -> Section:
    walk.parts += 1
    headers, body = _headers_and_body(raw, walk)
    part = Section(headers=headers, body=body, default_type=default_type, depth=depth)
    written = walk.words.unfolded(part.raw("content-type"))
    part.media_type = _media_type(written) or default_type
    part.parameters = parameters(written)
    return part


def _media_type(written: str) -> str:
    named = re.match(r"\s*([\w.+\-]{1,60})\s*/\s*([\w.+\-]{1,100})", written)
    return f"{named.group(1)}/{named.group(2)}".lower() if named else ""


def _headers_and_body(raw: bytes, walk: Walk) -> tuple[list[tuple[str, bytes]], bytes]:
    """Return the header fields and the rest. A line that is no field ends them, unless fields go on behind it."""
    headers: list[tuple[str, bytes]] = []
    place = mbox.end() if (mbox := MBOX_LINE.match(raw)) else 0
    while place < len(raw) and place < LARGEST_HEADERS_BYTES and len(headers) < MOST_HEADERS:
        end = raw.find(b"\n", place) + 1 or len(raw)
        line = raw[place:end]
        stripped = line.rstrip(b"\r\n")
        if not stripped:
            return headers, raw[end:]
        if line[:1] in b" \t" and headers:
            _continue(headers, stripped)
        elif named := FIELD.match(line):
            headers.append((named.group(1).decode("ascii").lower(), stripped[named.end() :].strip()))
        elif not (headers or line[:1] in b" \t") or not _fields_go_on(raw, end):
            walk.doubt("the headers end without an empty line")
            return headers, raw[place:]
        else:
            walk.doubt("a line among the headers is no header")
        place = end
    if place < len(raw):
        walk.doubt("too many headers; the rest is shown as text")
    return headers, raw[place:]


def _continue(headers: list[tuple[str, bytes]], line: bytes) -> None:
    name, value = headers[-1]
    if len(value) <= LONGEST_VALUE_BYTES:
        headers[-1] = (name, value + b"\n" + line)


def _fields_go_on(raw: bytes, place: int) -> bool:
    """Return whether the next line is a header, so that the junk before it can be passed over."""
    named = FIELD.match(raw, place, place + 200)
    return bool(named and USUAL_FIELD.fullmatch(named.group(1)))


def _inside(part: Section, walk: Walk) -> list[Section]:
    """Return the parts of a multipart. A letter inside a letter stays whole: it is an attachment."""
    if not part.is_multipart:
        return []
    if part.depth >= DEEPEST:
        walk.doubt(f"parts nested deeper than {DEEPEST}; the inner ones are one attachment")
        part.media_type = "application/octet-stream"
        return []
    return _divided(part, walk)


def _divided(part: Section, walk: Walk) -> list[Section]:
    boundary = part.parameters.get("boundary", "").encode("utf-8", "replace").rstrip()
    body = part.body if boundary and b"--" + boundary in part.body else unpacked(part, walk)
    if not boundary or b"--" + boundary not in body:
        walk.doubt("a multipart without its boundary; shown as text")
        part.body, part.media_type = body, "text/plain"
        return []
    inner = "message/rfc822" if part.media_type == "multipart/digest" else "text/plain"
    found: list[Section] = []
    for piece in _pieces(body, boundary, walk):
        if walk.parts >= MOST_PARTS:
            walk.doubt(f"more than {MOST_PARTS} parts; the rest is left in the raw mail")
            break
        found.append(_opened(piece, walk, default_type=inner, depth=part.depth + 1))
    return found


def _pieces(body: bytes, boundary: bytes, walk: Walk) -> Iterator[bytes]:
    """Return what lies between the boundary lines; an unclosed last part counts, with a doubt."""
    line = re.compile(rb"(?:^|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|$)")
    start: int | None = None
    for match in line.finditer(body):
        if start is not None:
            yield _without_first_newline(body[start : match.start()])
        start = None if match.group(1) else match.end()
        if start is None:
            return
    if start is not None and start < len(body):
        walk.doubt("the last part is not closed; the mail may be cut")
        yield _without_first_newline(body[start:])


def _without_first_newline(piece: bytes) -> bytes:
    return piece.removeprefix(b"\r").removeprefix(b"\n")


def unpacked(part: Section, walk: Walk) -> bytes:
    """Return a part's bytes without their transfer encoding, as far as they can be read; never raises."""
    encoding = walk.words.of(part.raw("content-transfer-encoding")).lower().split(";")[0].strip(" \"'")
    if encoding == "base64":
        return _from_base64(part.body, walk)
    if encoding == "quoted-printable":
        return quopri.decodestring(part.body)
    if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _from_uu(part.body, walk)
    if encoding and encoding not in ("7bit", "8bit", "binary", "7-bit", "8-bit"):
        walk.doubt(f"unknown transfer encoding {encoding[:40]!r}")
    return part.body


def _from_base64(body: bytes, walk: Walk) -> bytes:
    """Return the bytes of base64 with noise and broken padding forgiven, each padded stretch on its own."""
    read = bytearray()
    for stretch in re.findall(rb"[A-Za-z0-9+/]+", body.translate(None, NO_BASE64)):
        if len(stretch) % 4 == 1:
            walk.doubt("base64 ends in the middle of a byte")
            stretch = stretch[:-1]
        read += binascii.a2b_base64(stretch + b"=" * (-len(stretch) % 4))
    return bytes(read)


def _from_uu(body: bytes, walk: Walk) -> bytes:
    read = bytearray()
    for line in body.splitlines():
        if line.startswith(b"begin ") or line.strip() in (b"", b"end", b"`"):
            continue
        try:
            read += binascii.a2b_uu(line)
        except binascii.Error:
            walk.doubt("a line of uuencoded bytes is broken")
    return bytes(read)
