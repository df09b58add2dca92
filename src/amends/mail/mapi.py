"""A list of MAPI properties as Outlook writes them ([MS-OXTNEF] 2.1.3.4)."""

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

MOST_PROPERTIES: Final = 5_000
MOST_VALUES: Final = 1_000
NAMED_FROM: Final = 0x8000
NAMED_BY_TEXT: Final = 1
GUID_BYTES: Final = 16
MANY_VALUES: Final = 0x1000
UNICODE: Final = 0x1F
OF_ANY_LENGTH: Final = (0x0D, 0x1E, UNICODE, 0x102)
BYTES_OF_TYPE: Final = {
    0x01: 4,
    0x02: 4,
    0x03: 4,
    0x04: 4,
    0x05: 8,
    0x06: 8,
    0x07: 8,
    0x0A: 4,
    0x0B: 4,
    0x14: 8,
    0x40: 8,
    0x48: 16,
}


class NotMapi(ValueError):
    """These bytes are no list of MAPI properties, or end too early; what was read before stands."""


class Property(NamedTuple):
    """One property, the first of its values."""

    number: int
    content: bytes
    is_unicode: bool


def properties(raw: bytes) -> Iterator[Property]:
    """Return the properties one by one. Raises NotMapi where they cannot be read any further."""
    count, place = _number(raw, 0), 4
    for _ in range(min(count, MOST_PROPERTIES)):
        kind, number = struct.unpack("<HH", _stretch(raw, place, 4))
        place = _behind_name(raw, place + 4) if number >= NAMED_FROM else place + 4
        content, place = _value(raw, place, kind)
        yield Property(number, content, kind & ~MANY_VALUES == UNICODE)


def _stretch(raw: bytes, place: int, length: int) -> bytes:
    found = raw[place : place + length]
    if len(found) < length:
        raise NotMapi
    return found


def _number(raw: bytes, place: int) -> int:
    return int.from_bytes(_stretch(raw, place, 4), "little")


def _behind_name(raw: bytes, place: int) -> int:
    place += GUID_BYTES
    if _number(raw, place) == NAMED_BY_TEXT:
        return place + 8 + _padded(_number(raw, place + 4))
    return place + 8


def _value(raw: bytes, place: int, kind: int) -> tuple[bytes, int]:
    """Return the first value and the place behind all of them."""
    plain = kind & ~MANY_VALUES
    any_length = plain in OF_ANY_LENGTH
    count = 1
    if any_length or kind & MANY_VALUES:
        count, place = _number(raw, place), place + 4
    if count > MOST_VALUES or (not any_length and plain not in BYTES_OF_TYPE):
        raise NotMapi
    first = b""
    for turn in range(count):
        length = _number(raw, place) if any_length else BYTES_OF_TYPE[plain]
        place += 4 if any_length else 0
        first = _stretch(raw, place, length) if turn == 0 else first
        place += _padded(length)
    return first, place


def _padded(length: int) -> int:
    return (length + 3) // 4 * 4
