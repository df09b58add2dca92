"""The files of a mail: what each is called, and what is inside those that are only a wrapping."""

import re
from collections.abc import Iterator
from typing import Final

from amends.mail import tnef
from amends.mail.headers import UNSAFE, Words, parameters
from amends.mail.letter import Part
from amends.mail.packed_text import Packed
from amends.mail.structure import Section, Walk, unpacked

LETTER_TYPES: Final = ("message/rfc822", "message/global")
TNEF_TYPES: Final = ("application/ms-tnef", "application/vnd.ms-tnef")
PATH: Final = re.compile(r"[\\/:*?\"<>|]+")
LONGEST_NAME: Final = 200
BINARY: Final = "application/octet-stream"
MEDIA_TYPE: Final = re.compile(r"[\w.+\-]{1,60}/[\w.+\-]{1,100}")
# What a part is called when its sender gave it no name.
ENDINGS: Final = {
    "message/rfc822": ".eml",
    "message/delivery-status": ".txt",
    "text/calendar": ".ics",
    "text/html": ".html",
    "text/plain": ".txt",
    "image/jpeg": ".jpg",
}
TYPES: Final = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "txt": "text/plain",
    "doc": "application/msword",
    "zip": "application/zip",
}
# How files begin that a few senders declare to be text.
BEGINNINGS: Final = (
    (b"\x89PNG", "png"),
    (b"GIF8", "gif"),
    (b"\xff\xd8\xff", "jpg"),
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
)


def ending_of(raw: bytes) -> str:
    """Return the usual ending of a file that is surely no text, by its first bytes; "" for all others."""
    return next((ending for beginning, ending in BEGINNINGS if raw.startswith(beginning)), "")


def disposition(section: Section, words: Words) -> str:
    """Return `attachment`, `inline` or what else a part says of itself, in lower case."""
    return words.unfolded(section.first("content-disposition")).lower()


def name_of(section: Section, words: Words) -> str:
    """Return the file name, from Content-Disposition else Content-Type, never a path; "" when it has none."""
    said = parameters(words.unfolded(section.first("content-disposition")))
    named = said.get("filename") or said.get("name") or section.parameters.get("name")
    named = named or section.parameters.get("filename") or ""
    return safe_name(words.of(named.encode("utf-8", "replace")))


def safe_name(name: str) -> str:
    """Return a name that is no path and holds no signs that file systems mistake."""
    plain = PATH.sub("_", UNSAFE.sub(" ", name)).strip(". ")
    if len(plain) <= LONGEST_NAME:
        return plain
    stem, dot, ending = plain.rpartition(".")
    # The ending tells what it is, so a long name loses its middle.
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}" if dot and len(ending) <= 20 else plain[:LONGEST_NAME]


def files_of(section: Section, walk: Walk, *, number: int) -> Iterator[Part]:
    """Return the part as a file, and those inside it when it is Outlook's wrapping. Archives are never unpacked."""
    content = section.body if _is_plain_letter(section) else unpacked(section, walk)
    name = name_of(section, walk.words)
    media_type = _described(section.media_type, name)
    yield Part(
        name=name or _name_for(section.media_type, content, walk.words, number),
        media_type=media_type,
        content=content,
        content_id=walk.words.of(section.first("content-id")).strip("<> "),
    )
    if is_bundle(section, walk.words):
        yield from _files_inside(content, walk, number=number + 1)


def is_bundle(section: Section, words: Words) -> bool:
    """Return whether a part is Outlook's winmail.dat."""
    return section.media_type in TNEF_TYPES or name_of(section, words).lower() == "winmail.dat"


def file_from_text(packed: Packed, number: int) -> Part:
    """Return a file that stood in the words."""
    name = safe_name(packed.name) or f"file-{number}"
    return Part(name=name, media_type=_described(BINARY, name), content=packed.content)


def _is_plain_letter(section: Section) -> bool:
    """Return whether a letter inside stands there as it is; a few senders encode it, against the standard."""
    return section.media_type == "message/rfc822" and not section.first("content-transfer-encoding").lower().startswith(
        (b"base64", b"quoted")
    )


def _described(media_type: str, name: str) -> str:
    """Return the type of a file, by the ending of its name where the sender said only that it is bytes."""
    return TYPES.get(name.lower().rpartition(".")[2], media_type) if media_type == BINARY else media_type


def _files_inside(content: bytes, walk: Walk, *, number: int) -> Iterator[Part]:
    bundle = tnef.opened(content)
    if bundle is None or not bundle.whole:
        walk.doubt("a file of Outlook (winmail.dat) could not be opened wholly; it is kept as it came")
    for place, packed in enumerate(bundle.files if bundle else [], start=number):
        name = safe_name(packed.name)
        said = packed.media_type if MEDIA_TYPE.fullmatch(packed.media_type) else BINARY
        yield Part(
            name=name or f"file-{place}",
            media_type=_described(said, name),
            content=packed.content,
            content_id=UNSAFE.sub("", packed.content_id).strip("<> "),
        )


def _name_for(media_type: str, content: bytes, words: Words, number: int) -> str:
    """Return a name for a nameless part: a letter's subject, else its kind and place."""
    if media_type in LETTER_TYPES:
        subject = re.search(rb"^subject:[ \t]*([^\r\n]{1,300})", content[:20_000], re.IGNORECASE | re.MULTILINE)
        title = safe_name(words.of(subject.group(1))) if subject else ""
        if title:
            return f"{title}.eml"
    main, _, kind = media_type.partition("/")
    usual = f".{kind[:20]}" if main in ("image", "audio", "video") else ""
    return f"{main}-{number}{ENDINGS.get(media_type, usual)}"
