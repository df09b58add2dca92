"""Which parts of a mail are its words, which are attachments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from amends.mail.charsets import decode
from amends.mail.flowed import unflowed
from amends.mail.headers import UNSAFE, Words, parameters
from amends.mail.letter import Part
from amends.mail.structure import Section, Walk, leaves, take_apart, unpacked

LONGEST_TEXT = 2_000_000
LETTERS_INSIDE = 2
DECLARED_IN_HTML = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:\-]{1,40})", re.IGNORECASE)
# What a part is called when its sender gave it no name.
ENDINGS = {
    "message/rfc822": ".eml",
    "text/calendar": ".ics",
    "text/html": ".html",
    "text/plain": ".txt",
    "image/jpeg": ".jpg",
}
# A delivery report is what a mail system has to say; people and `bounces` read it as words.
READABLE = ("text/plain", "text/html", "text/enriched", "text/richtext", "text", "message/delivery-status")
RETURNED = ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers")
RETURNED_ID = re.compile(
    rb"^[ \t>]{0,8}message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]{3,900}>)", re.IGNORECASE | re.MULTILINE
)
LOOKED_AT_BYTES = 100_000
TNEF = ("application/ms-tnef", "application/vnd.ms-tnef")
PATH = re.compile(r"[\\/:*?\"<>|]+")
LONGEST_NAME = 200


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


def gather(root: Section, words: Words) -> Bodies:
    """Return the words and attachments of a mail. Of alternatives each form is kept once; nothing is dropped."""
    walk, bodies = Walk(words=words), Bodies()
    twins = _twins(root)
    for section in leaves(root):
        bodies.returned += _returned(section, walk)
        if _is_attachment(section, words, first=not bodies.words):
            bodies.attachments.append(_attachment(section, walk, number=len(bodies.attachments) + 1))
        else:
            bodies.words.append(_body(section, walk, twin=id(section) in twins))
    if not any(body.text.strip() for body in bodies.words):
        _read_letter_inside(root, bodies, words)
    return bodies


def _twins(root: Section) -> set[int]:
    """Return the leaves that say the same as another: plain and HTML under one multipart/alternative."""
    found: set[int] = set()
    waiting = [root]
    while waiting:
        section = waiting.pop()
        waiting.extend(section.parts)
        if section.media_type == "multipart/alternative":
            inside = [leaf for leaf in leaves(section) if leaf.body.strip()]
            if {"text/plain", "text/html"} <= {leaf.media_type for leaf in inside}:
                found.update(id(leaf) for leaf in inside)
    return found


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _body(section: Section, walk: Walk, *, twin: bool) -> Body:
    if section.media_type == "text/html":
        return Body(text=_html(section, walk), html=True, twin=twin)
    return Body(text=_plain(section, walk), twin=twin)


def _is_attachment(section: Section, words: Words, *, first: bool) -> bool:
    """Return whether a part is a file. A first text with a name is still the letter's words, unless it says not."""
    if section.media_type not in READABLE:
        return True
    return _disposition(section, words).startswith("attachment") or (not first and bool(_name(section, words)))


def _disposition(section: Section, words: Words) -> str:
    return words.unfolded(section.raw("content-disposition")).lower()


def _name(section: Section, words: Words) -> str:
    """Return the file name, from Content-Disposition else Content-Type, never a path."""
    named = parameters(words.unfolded(section.raw("content-disposition"))).get("filename") or section.parameters.get(
        "name"
    )
    if not named:
        return ""
    decoded = words.of(named.encode("utf-8", "replace"))
    return PATH.sub("_", UNSAFE.sub(" ", decoded)).strip(". ")[:LONGEST_NAME]


def _attachment(section: Section, walk: Walk, *, number: int) -> Part:
    content = section.body if section.media_type == "message/rfc822" else unpacked(section, walk)
    if section.media_type in TNEF:
        walk.doubt("attachments packed by Outlook (TNEF) are kept packed")
    return Part(
        name=_name(section, walk.words) or _name_for(section, content, walk.words, number),
        media_type=section.media_type,
        content=content,
        content_id=walk.words.of(section.raw("content-id")).strip("<> "),
    )


def _name_for(section: Section, content: bytes, words: Words, number: int) -> str:
    """Return a name for a nameless part: a letter's subject, else its kind and place."""
    if section.media_type == "message/rfc822":
        subject = re.search(rb"^subject:[ \t]*([^\r\n]{1,300})", content[:20_000], re.IGNORECASE | re.MULTILINE)
        if subject:
            return PATH.sub("_", words.of(subject.group(1)))[:LONGEST_NAME].strip(". ") + ".eml"
    main, _, kind = section.media_type.partition("/")
    usual = f".{kind[:20]}" if main in ("image", "audio", "video") else ""
    return f"{main}-{number}{ENDINGS.get(section.media_type, usual)}"


def _plain(section: Section, walk: Walk) -> str:
    read = decode(unpacked(section, walk)[:LONGEST_TEXT], section.parameters.get("charset", ""), packs=walk.words.packs)
    if read.doubt:
        walk.doubt(f"text: {read.doubt}")
    text = _tidy(read.text)
    if section.parameters.get("format", "").lower() == "flowed":
        return unflowed(text, delete_space=section.parameters.get("delsp", "").lower() == "yes")
    return text


def _html(section: Section, walk: Walk) -> str:
    raw = unpacked(section, walk)
    inside = DECLARED_IN_HTML.search(raw[:4_096])
    declared = section.parameters.get("charset") or (inside.group(1).decode("ascii") if inside else "")
    read = decode(raw, declared, packs=walk.words.packs)
    if read.doubt:
        walk.doubt(f"html: {read.doubt}")
    return read.text


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").removeprefix("\ufeff")


def _returned(section: Section, walk: Walk) -> list[str]:
    """Return the Message-IDs of a letter inside this part, attached whole, as headers only, or pasted as text."""
    if section.media_type not in (*RETURNED, "text/plain"):
        return []
    raw = unpacked(section, walk)[:LOOKED_AT_BYTES]
    return [found.decode("ascii", "replace") for found in RETURNED_ID.findall(raw)][:1]


def _read_letter_inside(root: Section, bodies: Bodies, words: Words) -> None:
    """Take the words of a forwarded letter when the mail around it has none of its own."""
    for section in _letters_in(root):
        inner = Words(packs=words.packs)
        walk = Walk(words=inner)
        inside = take_apart(unpacked(section, walk), inner)
        twins = _twins(inside)
        texts = [leaf for leaf in leaves(inside) if not _is_attachment(leaf, inner, first=True)]
        bodies.words = [_body(leaf, walk, twin=id(leaf) in twins) for leaf in texts]
        words.doubts.append("the words are those of a letter attached to an empty one")
        if any(body.text.strip() for body in bodies.words):
            return


def _letters_in(root: Section) -> Iterator[Section]:
    found = [leaf for leaf in leaves(root) if leaf.media_type in ("message/rfc822", "message/global")]
    yield from found[:LETTERS_INSIDE]
