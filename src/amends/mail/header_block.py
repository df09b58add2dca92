"""The lines before the first empty one: header fields cut out of the bytes, within bounds, whatever stands there."""

import re
from typing import Final, NamedTuple

from amends.mail.headers import LONGEST_VALUE_BYTES
from amends.mail.transfer import Doubt

LARGEST_HEADERS_BYTES: Final = 2_000_000
MOST_HEADERS: Final = 20_000
JUNK_LINES: Final = 20
"""So many lines that are no header may stand among headers: Received and signatures whose folding somebody removed."""

FIELD: Final = re.compile(rb"([\x21-\x39\x3b-\x7e]{1,120})[ \t]{0,80}:")
MBOX_LINE: Final = re.compile(rb">?From [^\r\n]*\r?\n")
USUAL_FIELD: Final = re.compile(
    rb"(?i)(?:content|mime|x|arc|list)-[\w-]+|from|to|cc|subject|date|message-id|received|reply-to|return-path|sender"
    rb"|references|in-reply-to|dkim-signature|precedence|auto-submitted|status"
)
BLANK_LINE: Final = re.compile(rb"\r{0,3}\n|\r{1,3}\Z")
LAST_LINE: Final = re.compile(rb"\n(?![ \t])")


class Field(NamedTuple):
    """Where one header's value stands in the mail."""

    name: str
    start: int
    end: int


def header_block(raw: bytes, start: int, end: int, *, doubt: Doubt) -> tuple[list[tuple[str, bytes]], int]:
    """Return the header fields of `raw[start:end]`, names in lower case, and where the body begins.

    A line that is no field ends them, unless usual fields go on behind it. At most 20,000 fields and 2 MB are kept; a
    value is cut a byte beyond the longest we read, so that its reader can see that it was longer.
    """
    fields, body = _fields(raw, start, end, doubt)
    return [
        (field.name, raw[field.start : min(field.end, field.start + LONGEST_VALUE_BYTES + 1)].strip())
        for field in fields
    ], body


def _fields(raw: bytes, start: int, end: int, doubt: Doubt) -> tuple[list[Field], int]:
    fields: list[Field] = []
    mbox = MBOX_LINE.match(raw, start, end)
    place, kept = mbox.end() if mbox else start, 0
    while place < end:
        if len(fields) >= MOST_HEADERS or kept > LARGEST_HEADERS_BYTES:
            doubt("too many headers; the rest is shown as text")
            break
        if blank := BLANK_LINE.match(raw, place, end):
            return fields, blank.end()
        named = FIELD.match(raw, place, end)
        line_end = _behind_lines(raw, place, end) if named else raw.find(b"\n", place, end) + 1 or end
        if named:
            fields.append(Field(named.group(1).decode("ascii").lower(), named.end(), line_end))
        elif not fields or not _fields_go_on(raw, line_end, end):
            doubt("the headers end without an empty line")
            break
        else:
            doubt("a line among the headers is no header")
        kept += min(line_end - place, LONGEST_VALUE_BYTES)
        place = line_end
    return fields, place


def _behind_lines(raw: bytes, place: int, end: int) -> int:
    """Return where a field ends: behind the line that no indented line follows."""
    last = LAST_LINE.search(raw, place, end)
    return last.end() if last else end


def _fields_go_on(raw: bytes, place: int, end: int) -> bool:
    """Return whether a usual header follows before an empty line, so that the junk before it can be passed over."""
    for _ in range(JUNK_LINES):
        named = FIELD.match(raw, place, min(end, place + 200))
        if named and USUAL_FIELD.fullmatch(named.group(1)):
            return True
        line_end = raw.find(b"\n", place, end) + 1
        if not line_end or not raw[place:line_end].strip():
            return False
        place = line_end
    return False
