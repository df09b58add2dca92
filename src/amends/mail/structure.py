"""The parts of a mail as a tree, walked within bounds: depth, number of parts, size of headers.

The walk is our own because both ready ones fall on real mail: docs/decisions/0010. Parts are places in one block of
bytes, never copies of it: a mail of 50 MB costs its size once, and each attachment once more when it is unpacked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from amends.mail.header_block import header_block
from amends.mail.headers import Words, parameters
from amends.mail.transfer import undone

DEEPEST: Final = 24
MOST_PARTS: Final = 1_000
NEWLINE: Final = 10
AFTER_BOUNDARY: Final = re.compile(rb"(--)?[ \t]*(?:\r?\n|\Z)")
# What is surely a boundary though nobody declared it: a line of dashes and a name above a part's own headers.
UNDECLARED: Final = re.compile(rb"(?mi)^--([^\r\n]{1,200}?)[ \t]{0,80}\r?\n(?=content-[a-z\-]{1,40}[ \t]{0,8}:)")


@dataclass(kw_only=True)
class Section:
    """One part of a mail: its headers as raw values, where its still encoded body stands, and the parts inside it."""

    headers: list[tuple[str, bytes]]
    raw: bytes = field(repr=False)
    start: int
    end: int
    depth: int = 0
    parts: list["Section"] = field(default_factory=list)
    media_type: str = ""
    parameters: dict[str, str] = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        """Return a copy of the encoded body; `peek` is cheaper where the beginning is enough."""
        return self.raw[self.start : self.end]

    def peek(self, limit: int) -> bytes:
        """Return the beginning of the encoded body."""
        return self.raw[self.start : min(self.end, self.start + limit)]

    def first(self, name: str) -> bytes:
        """Return the first header of that name, b"" when there is none."""
        return next((value for key, value in self.headers if key == name), b"")

    def every(self, name: str) -> list[bytes]:
        """Return every header of that name, in order."""
        return [value for key, value in self.headers if key == name]

    @property
    def is_blank(self) -> bool:
        """Return whether nothing at all stands in its body."""
        return not self.peek(1_000).strip() and not self.body.strip()

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
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip()
    root = _opened(raw, 0, len(raw), walk, default_type="text/plain", depth=0)
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


def unpacked(part: Section, walk: Walk) -> bytes:
    """Return a part's bytes without their transfer encoding, as far as they can be read; never raises."""
    encoding = walk.words.of(part.first("content-transfer-encoding")).split(";")[0]
    return undone(part.raw, encoding, start=part.start, end=part.end, doubt=walk.doubt)


def _opened(raw: bytes, start: int, end: int, walk: Walk, *, default_type: str, depth: int) -> Section:
    walk.parts += 1
    headers, body = header_block(raw, start, end, doubt=walk.doubt)
    part = Section(headers=headers, raw=raw, start=body, end=end, depth=depth)
    written = walk.words.unfolded(part.first("content-type"))
    part.media_type = _media_type(written) or default_type
    part.parameters = parameters(written)
    return part


def _media_type(written: str) -> str:
    named = re.match(r"\s*([\w.+\-]{1,60})\s*/\s*([\w.+\-]{1,100})", written)
    return f"{named.group(1)}/{named.group(2)}".lower() if named else ""


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
    boundary = _boundary(part, walk)
    if not boundary:
        walk.doubt("a multipart without its boundary; shown as text")
        part.media_type = "text/plain"
        return []
    inner = "message/rfc822" if part.media_type == "multipart/digest" else "text/plain"
    found: list[Section] = []
    for start, end in _pieces(part, boundary, walk):
        if walk.parts >= MOST_PARTS:
            walk.doubt(f"more than {MOST_PARTS} parts; the rest is left in the raw mail")
            break
        found.append(_opened(part.raw, start, end, walk, default_type=inner, depth=part.depth + 1))
    return found


def _boundary(part: Section, walk: Walk) -> bytes:
    """Return the line that really divides a part: the declared one, else one that is plainly there, else b""."""
    declared = part.parameters.get("boundary", "").encode("utf-8", "replace").rstrip()
    if declared and _stands_in(part, declared):
        return declared
    # A multipart may not be encoded itself, but some senders do it: what is inside is then its body.
    opened = unpacked(part, walk)
    if declared and b"--" + declared in opened:
        part.raw, part.start, part.end = opened, 0, len(opened)
        return declared
    guessed = UNDECLARED.search(part.raw, part.start, part.end)
    if guessed:
        walk.doubt("the parts are not divided by the boundary that was declared")
    return guessed.group(1) if guessed else b""


def _stands_in(part: Section, boundary: bytes) -> bool:
    return part.raw.find(b"--" + boundary, part.start, part.end) >= 0


def _pieces(part: Section, boundary: bytes, walk: Walk) -> Iterator[tuple[int, int]]:
    """Return where the stretches between boundary lines stand. An unclosed last one counts, and one after the end."""
    opened: int | None = None
    closed = False
    for line_start, line_end, closes in _boundary_lines(part, boundary):
        if opened is not None:
            yield opened, _before_newline(part.raw, opened, line_start)
        elif closed and not closes:
            walk.doubt("parts stand behind the end of the mail")
        opened, closed = None if closes else line_end, closed or closes
    if opened is not None and opened < part.end:
        walk.doubt("the last part is not closed; the mail may be cut")
        yield opened, part.end


def _boundary_lines(part: Section, boundary: bytes) -> Iterator[tuple[int, int, bool]]:
    """Return the start and end of each line that is a boundary, and whether it closes; in linear time."""
    raw, mark, place = part.raw, b"--" + boundary, part.start
    while (found := raw.find(mark, place, part.end)) >= 0:
        place = found + len(mark)
        if found > part.start and raw[found - 1] != NEWLINE:
            continue
        if after := AFTER_BOUNDARY.match(raw, place, part.end):
            place = after.end()
            yield found, place, bool(after.group(1))


def _before_newline(raw: bytes, start: int, end: int) -> int:
    """Return `end` without the line end before it, which belongs to the boundary."""
    if end > start and raw[end - 1] == NEWLINE:
        end -= 1
        if end > start and raw[end - 1 : end] == b"\r":
            end -= 1
    return end
