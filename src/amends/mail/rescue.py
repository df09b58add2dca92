"""A letter of a mail that could not be read in full: its headers and first plain words, read with the least means."""

from dataclasses import replace
from typing import Final

from amends.mail.charsets import decode
from amends.mail.header_block import header_block
from amends.mail.headers import Words
from amends.mail.letter import Letter, Part
from amends.mail.parse import parse
from amends.mail.structure import Walk, leaves, take_apart, unpacked

LARGEST_HEAD: Final = 65_536
LOOKED_AT_BYTES: Final = 200_000
LONGEST_TEXT: Final = 20_000
ABOUT_THE_BODY: Final = (b"content-", b"mime-version")


def rescued(raw: bytes, *, why: str, desk: str = "") -> Letter:
    """Return what the headers and the first plain part say, with the mail as it came as its attachment.

    `why` becomes its doubt. Touches no HTML, no wrapped file and at most 200 kB, so that what stopped the full reading
    does not stop this one; if even that fails the letter is bare, but there is one.
    """
    whole = Part(name="message.eml", media_type="message/rfc822", content=raw)
    try:
        letter, text = parse(_head(raw), desk=desk), _words(raw)
    except Exception:  # noqa: BLE001 - the last net under every mail: without a letter nobody would see it
        letter, text = Letter(), ""
    doubts = tuple(doubt for doubt in letter.doubts if "boundary" not in doubt)
    return replace(
        letter,
        text=text,
        new_text=text,
        folded=(),
        html="",
        attachments=(whole,),
        doubts=(f"{why}; only its first plain words are shown, the mail as it came is attached", *doubts),
        error=None,
    )


def _head(raw: bytes) -> bytes:
    """Return the header lines alone, without those about a body that is not there any more."""
    start = len(raw) - len(raw.lstrip())
    fields, _ = header_block(raw, start, min(len(raw), start + LARGEST_HEAD), doubt=lambda _: None)
    kept = [
        name.encode("ascii") + b": " + value for name, value in fields if not name.encode().startswith(ABOUT_THE_BODY)
    ]
    return b"\r\n".join([*kept, b"", b""])


def _words(raw: bytes) -> str:
    words = Words()
    root = take_apart(raw[:LOOKED_AT_BYTES], words)
    plain = next((leaf for leaf in leaves(root) if leaf.media_type == "text/plain" and not leaf.is_blank), None)
    if plain is None:
        return ""
    text = decode(unpacked(plain, Walk(words=words)), plain.parameters.get("charset", "")).text
    return text.replace("\r\n", "\n").replace("\x00", "")[:LONGEST_TEXT].strip()
