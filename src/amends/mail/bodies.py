"""Which parts of a mail are its words, which are attachments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from amends.mail import tnef
from amends.mail.calendars import words_of_calendar
from amends.mail.charsets import decode
from amends.mail.files import LETTER_TYPES, disposition, ending_of, file_from_text, files_of, is_bundle, name_of
from amends.mail.flowed import unflowed
from amends.mail.headers import Words
from amends.mail.letter import Part
from amends.mail.packed_text import Packed, taken_out_of_bytes, taken_out_of_text
from amends.mail.structure import Section, Walk, leaves, take_apart, unpacked
from amends.mail.transfer import undone

LONGEST_TEXT: Final = 1_000_000
MOST_LINES: Final = 50_000
LARGEST_TEXT: Final = 4_000_000
LARGEST_PAGE: Final = 20_000_000
LETTERS_INSIDE: Final = 2
DECLARED_IN_HTML: Final = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([\w.:\-]{1,40})", re.IGNORECASE)
# A delivery report is what a mail system has to say; people and `bounces` read it as words.
READABLE: Final = ("text/plain", "text/html", "text/enriched", "text/richtext", "text", "message/delivery-status")
RETURNED: Final = ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers")
RETURNED_ID: Final = re.compile(
    rb"^[ \t>]{0,8}message-id:[ \t]{0,80}(?:\r?\n[ \t]{1,80})?(<[^<>\s]{3,900}>)", re.IGNORECASE | re.MULTILINE
)
LOOKED_AT_BYTES: Final = 100_000
NEVER_TYPED: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
ZEROS_OF_UTF16: Final = 8
NO_TEXT: Final = "a part is declared as text but is none; it is attached"
TOO_LONG: Final = "the text is longer than we show; the whole of it is attached"


@dataclass(frozen=True, kw_only=True)
class Body:
    """One stretch of a mail's words. `twin`: the same words stand in the mail in the other form as well."""

    text: str
    html: bool = False
    twin: bool = False


@dataclass(kw_only=True)
class Bodies:
    """What a mail holds: its words in reading order, the attachments, and Message-IDs of mails returned to us."""

    words: list[Body] = field(default_factory=list)
    attachments: list[Part] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    letters_left: int = LONGEST_TEXT
    lines_left: int = MOST_LINES

    @property
    def html(self) -> str:
        """Return all HTML of the mail."""
        return "\n".join(body.text for body in self.words if body.html)

    @property
    def plain(self) -> str | None:
        """Return the plain words when they are the whole mail, None when some words stand only in HTML."""
        if any(body.html and not body.twin for body in self.words):
            return None
        return "\n\n".join(body.text.strip("\n") for body in self.words if not body.html and body.text.strip()) or None

    @property
    def pages(self) -> list[str]:
        """Return everything as HTML, plain stretches between as preformatted text, nothing twice."""
        alone = [body for body in self.words if body.html or not body.twin]
        return [body.text if body.html else f"<pre>{_escaped(body.text)}</pre>" for body in alone]

    @property
    def is_wordless(self) -> bool:
        """Return whether nothing readable was found."""
        return not any(body.text.strip() for body in self.words)

    def clipped(self, text: str) -> str:
        """Return as much of a text as a mail may still show, and count it."""
        lines = text[: self.letters_left].split("\n", self.lines_left)
        kept = "\n".join(lines[: self.lines_left])
        self.letters_left -= len(kept)
        self.lines_left -= min(len(lines), self.lines_left)
        return kept


def gather(root: Section, words: Words) -> Bodies:
    """Return the words and attachments of a mail. Of alternatives each form is kept once; nothing is dropped."""
    walk, bodies = Walk(words=words), Bodies()
    twins = _twins(root)
    for section in leaves(root):
        bodies.returned += _returned(section)
        _take(section, bodies, walk, twin=id(section) in twins)
    if bodies.is_wordless:
        _read_what_is_wrapped(root, bodies, walk)
    if bodies.is_wordless:
        _read_letter_inside(root, bodies, words)
    return bodies


def _take(section: Section, bodies: Bodies, walk: Walk, *, twin: bool) -> None:
    """Put one part where it belongs. What is words and a file by its name is both: nobody need look for it twice."""
    named = bool(name_of(section, walk.words)) or section.media_type == "message/delivery-status"
    first = not bodies.words
    if _is_words(section, walk.words, first=first, named=named):
        bodies.words.append(_body(section, bodies, walk, twin=twin))
        if not named:
            return
    elif section.media_type == "text/calendar" and (
        told := words_of_calendar(_decoded(unpacked(section, walk), section, walk))
    ):
        bodies.words.append(Body(text=told))
    bodies.attachments += files_of(section, walk, number=len(bodies.attachments) + 1)


def _is_words(section: Section, words: Words, *, first: bool, named: bool) -> bool:
    """Return whether a part is read. A first text with a name is the letter's words, unless it says not."""
    if section.media_type == "message/delivery-status":
        return True
    if section.media_type not in READABLE or disposition(section, words).startswith("attachment"):
        return False
    return first or not named


def _twins(root: Section) -> set[int]:
    """Return the leaves that say the same as another: plain and HTML under one multipart/alternative."""
    found: set[int] = set()
    waiting = [root]
    while waiting:
        section = waiting.pop()
        waiting.extend(section.parts)
        if section.media_type == "multipart/alternative":
            inside = [leaf for leaf in leaves(section) if not leaf.is_blank]
            if {"text/plain", "text/html"} <= {leaf.media_type for leaf in inside}:
                found.update(id(leaf) for leaf in inside)
    return found


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _body(section: Section, bodies: Bodies, walk: Walk, *, twin: bool) -> Body:
    if section.media_type == "text/html":
        return Body(text=_html(section, bodies, walk), html=True, twin=twin)
    return Body(text=_plain(section, bodies, walk), twin=twin)


def _plain(section: Section, bodies: Bodies, walk: Walk) -> str:
    raw = unpacked(section, walk)
    words, packed = taken_out_of_bytes(raw) if b"=ybegin " in raw else (raw, [])
    # Decoding all of a text that is never shown would cost seconds; files packed into it stand anywhere, though.
    shown = words if b"begin " in raw else words[:LARGEST_TEXT]
    if _is_no_text(shown):
        _keep_whole(raw, section, bodies, walk, why=NO_TEXT)
        return ""
    text = _tidy(_decoded(shown, section, walk))
    if "begin " in text:
        text, more = taken_out_of_text(text, doubt=walk.doubt)
        packed = [*packed, *more]
    bodies.attachments += [
        file_from_text(file, place) for place, file in enumerate(packed, len(bodies.attachments) + 1)
    ]
    kept = bodies.clipped(text)
    if len(kept) < len(text) or len(shown) < len(words):
        _keep_whole(raw, section, bodies, walk, why=TOO_LONG)
    if section.parameters.get("format", "").lower() == "flowed":
        return unflowed(kept, delete_space=section.parameters.get("delsp", "").lower() == "yes")
    return kept


def _html(section: Section, bodies: Bodies, walk: Walk) -> str:
    raw = unpacked(section, walk)
    if len(raw) > LARGEST_PAGE:
        _keep_whole(raw, section, bodies, walk, why=TOO_LONG)
        raw = raw[:LARGEST_PAGE]
    inside = DECLARED_IN_HTML.search(raw[:4_096])
    return _decoded(raw, section, walk, otherwise=inside.group(1).decode("ascii") if inside else "")


def _decoded(raw: bytes, section: Section, walk: Walk, otherwise: str = "") -> str:
    read = decode(raw, section.parameters.get("charset") or otherwise, packs=walk.words.packs)
    if read.doubt:
        walk.doubt(f"{'html' if section.media_type == 'text/html' else 'text'}: {read.doubt}")
    return read.text


def _is_no_text(raw: bytes) -> bool:
    """Return whether a part declared as text is plainly a file: it begins like one, or holds bytes no text has."""
    sample = raw[:LOOKED_AT_BYTES]
    is_wide = abs(sample[1:40:2].count(0) - sample[:40:2].count(0)) > ZEROS_OF_UTF16
    return bool(ending_of(raw)) or (not is_wide and len(NEVER_TYPED.findall(sample)) * 20 > len(sample))


def _keep_whole(raw: bytes, section: Section, bodies: Bodies, walk: Walk, *, why: str) -> None:
    """Attach a text that is not shown, or not all of it, unless it is a file already."""
    walk.doubt(why)
    if not name_of(section, walk.words):
        number = len(bodies.attachments) + 1
        part = next(files_of(section, walk, number=number))
        ending = ending_of(raw)
        bodies.attachments.append(
            file_from_text(Packed(f"file-{number}.{ending}", raw), number) if ending else replace(part, content=raw)
        )


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").removeprefix("\ufeff")


def _returned(section: Section) -> list[str]:
    """Return the Message-IDs of a letter inside this part, attached whole, as headers only, or pasted as text."""
    if section.media_type not in (*RETURNED, "text/plain"):
        return []
    encoding = section.first("content-transfer-encoding").decode("ascii", "replace")
    raw = undone(section.peek(LOOKED_AT_BYTES), encoding, doubt=_say_nothing)
    return [found.decode("ascii", "replace") for found in RETURNED_ID.findall(raw)][:1]


def _say_nothing(doubt: str) -> None:
    """The part is read in full as well, and doubted there."""


def _read_what_is_wrapped(root: Section, bodies: Bodies, walk: Walk) -> None:
    """Take the words that Outlook put into winmail.dat, when the mail around it has none."""
    for section in leaves(root):
        bundle = tnef.opened(unpacked(section, walk)) if is_bundle(section, walk.words) else None
        if bundle and (bundle.html or bundle.text):
            walk.doubt("the words stood in a file of Outlook (winmail.dat)")
            bodies.words.append(Body(text=bundle.html or bodies.clipped(_tidy(bundle.text)), html=bool(bundle.html)))


def _read_letter_inside(root: Section, bodies: Bodies, words: Words) -> None:
    """Take the words of a forwarded letter when the mail around it has none of its own, and its files with them."""
    for section in _letters_in(root):
        inner = Words(packs=words.packs)
        walk = Walk(words=inner)
        inside = take_apart(unpacked(section, walk), inner)
        twins = _twins(inside)
        bodies.words = []
        for leaf in leaves(inside):
            _take(leaf, bodies, walk, twin=id(leaf) in twins)
        words.doubts += ["the words are those of a letter attached to an empty one", *inner.doubts]
        if not bodies.is_wordless:
            return


def _letters_in(root: Section) -> Iterator[Section]:
    found = [leaf for leaf in leaves(root) if leaf.media_type in LETTER_TYPES]
    yield from found[:LETTERS_INSIDE]
