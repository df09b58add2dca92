"""winmail.dat opened: what Outlook packs into TNEF instead of sending it as mail (Microsoft [MS-OXTNEF])."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from amends.mail.charsets import codec_named
from amends.mail.mapi import NotMapi, Property, properties
from amends.mail.rtf import text_of_rtf

SIGNATURE: Final = b"\x78\x9f\x3e\x22"
HEADER_BYTES: Final = 6
MOST_ATTRIBUTES: Final = 10_000
MOST_FILES: Final = 500
DEEPEST: Final = 4

# Numbers of attributes: the low half of their identifier.
BODY, CODE_PAGE, MESSAGE_PROPERTIES = 0x800C, 0x9007, 0x9003
FILE_BEGINS, FILE_TITLE, FILE_DATA, FILE_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
# Numbers of MAPI properties ([MS-OXPROPS]).
PLAIN_BODY, RTF_BODY, HTML_BODY = 0x1000, 0x1009, 0x1013
SHORT_NAME, LONG_NAME, MIME_TAG, CONTENT_ID, DATA_OBJECT = 0x3704, 0x3707, 0x370E, 0x3712, 0x3701
GUID_BYTES: Final = 16


@dataclass(kw_only=True)
class PackedFile:
    """One file inside."""

    name: str = ""
    media_type: str = ""
    content_id: str = ""
    content: bytes = field(default=b"", repr=False)


@dataclass(kw_only=True)
class Bundle:
    """What a winmail.dat holds. `whole` is False when its end is missing or a piece could not be read."""

    text: str = ""
    html: str = ""
    files: list[PackedFile] = field(default_factory=list)
    whole: bool = True
    codec: str = "cp1252"


class Attribute(NamedTuple):
    """One record of the stream."""

    number: int
    content: bytes


def opened(raw: bytes, *, depth: int = 0) -> Bundle | None:
    """Return what a TNEF stream holds, None when it is none. Never raises; letters inside are opened four deep."""
    if not raw.startswith(SIGNATURE):
        return None
    bundle = Bundle()
    for attribute in _attributes(raw, bundle):
        try:
            _take(attribute, bundle, depth)
        except (NotMapi, struct.error, LookupError):
            bundle.whole = False
    return bundle


def _attributes(raw: bytes, bundle: Bundle) -> Iterator[Attribute]:
    """Return the records: a level, a number, a type, a length, the content, a checksum that nobody computes right."""
    place = HEADER_BYTES
    for _ in range(MOST_ATTRIBUTES):
        if place + 9 > len(raw):
            return
        _, number, _, length = struct.unpack_from("<BHHI", raw, place)
        content = raw[place + 9 : place + 9 + length]
        if len(content) < length:
            bundle.whole = False
        yield Attribute(number, content)
        place += 9 + length + 2
    bundle.whole = False


def _take(attribute: Attribute, bundle: Bundle, depth: int) -> None:
    number, content = attribute
    if number == CODE_PAGE:
        bundle.codec = codec_named(f"cp{struct.unpack_from('<I', content)[0]}") or bundle.codec
    elif number == BODY:
        bundle.text = bundle.text or _words(content, bundle.codec)
    elif number == MESSAGE_PROPERTIES:
        _take_message(properties(content), bundle)
    elif number == FILE_BEGINS and len(bundle.files) < MOST_FILES:
        bundle.files.append(PackedFile())
    elif bundle.files:
        _take_file(number, content, bundle, depth)


def _take_message(found: Iterator[Property], bundle: Bundle) -> None:
    for number, content, is_unicode in found:
        if number == PLAIN_BODY:
            bundle.text = _words(content, "utf-16-le" if is_unicode else bundle.codec)
        elif number == HTML_BODY:
            bundle.html = _words(content, "utf-16-le" if is_unicode else _codec_of_html(content, bundle.codec))
        elif number == RTF_BODY and not bundle.text:
            bundle.text = text_of_rtf(content)


def _codec_of_html(content: bytes, codec: str) -> str:
    return "utf-8" if b"utf-8" in content[:1_000].lower() else codec


def _take_file(number: int, content: bytes, bundle: Bundle, depth: int) -> None:
    packed = bundle.files[-1]
    if number == FILE_TITLE:
        packed.name = packed.name or _words(content, bundle.codec)
    elif number == FILE_DATA:
        packed.content = content
    elif number == FILE_PROPERTIES:
        for found in properties(content):
            _take_about_file(found, packed, bundle, depth)


def _take_about_file(found: Property, packed: PackedFile, bundle: Bundle, depth: int) -> None:
    words = (
        _words(found.content, "utf-16-le" if found.is_unicode else bundle.codec) if found.number != DATA_OBJECT else ""
    )
    if found.number == LONG_NAME and words:
        packed.name = words
    elif found.number == SHORT_NAME:
        packed.name = packed.name or words
    elif found.number == MIME_TAG:
        packed.media_type = words.lower()[:100]
    elif found.number == CONTENT_ID:
        packed.content_id = words
    elif found.number == DATA_OBJECT:
        _take_object(found.content, packed, bundle, depth)


def _take_object(content: bytes, packed: PackedFile, bundle: Bundle, depth: int) -> None:
    """Keep an embedded object: a letter of Outlook is a TNEF stream again, whose words and files come with it."""
    packed.content = content[GUID_BYTES:]
    inside = opened(packed.content, depth=depth + 1) if depth < DEEPEST else None
    if inside is None:
        return
    if inside.text or inside.html:
        words, ending, packed.media_type = (
            (inside.html, "html", "text/html") if inside.html else (inside.text, "txt", "text/plain")
        )
        packed.name, packed.content = f"{packed.name or 'message'}.{ending}", words.encode("utf-8", "replace")
    else:
        packed.media_type = "application/ms-tnef"
    bundle.files.extend(inside.files[: MOST_FILES - len(bundle.files)])


def _words(content: bytes, codec: str) -> str:
    return content.decode(codec, "replace").rstrip("\x00").replace("\r\n", "\n")
