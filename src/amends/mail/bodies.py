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
TNEF = ("application/ms-tnef", "application/vnd.ms-tnef")
PATH = re.compile(r"[\\/:*?\"<>|]+")
LONGEST_NAME = 200


@dataclass(kw_only=True)
class Bodies:
    """What a mail holds: plain texts and HTML in reading order, and the attachments."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    attachments: list[Part] = field(default_factory=list)


def gather(root: Section, words: Words) -> Bodies:
    """Return the words and attachments of a mail. Of alternatives each kind is kept once; nothing is dropped."""
    walk, bodies = Walk(words=words), Bodies()
    alternatives = _alternatives(root)
    for section in leaves(root):
        if _is_attachment(section, words):
            bodies.attachments.append(_attachment(section, walk, number=len(bodies.attachments) + 1))
        elif section.media_type == "text/html":
            bodies.html.append(_html(section, walk))
        else:
            _add_plain(section, bodies, walk, alternative=id(section) in alternatives)
    if not any(text.strip() for text in bodies.plain + bodies.html):
        _read_letter_inside(root, bodies, words)
    return bodies


def _alternatives(root: Section) -> set[int]:
    """Return the plain leaves that say the same as an HTML part beside them."""
    found: set[int] = set()
    waiting = [root]
    while waiting:
        section = waiting.pop()
        waiting.extend(section.parts)
        if section.media_type == "multipart/alternative":
            found.update(id(leaf) for leaf in leaves(section))
    return found


def _add_plain(section: Section, bodies: Bodies, walk: Walk, *, alternative: bool) -> None:
    text = _plain(section, walk)
    bodies.plain.append(text)
    # A plain part that is no alternative stands beside the HTML (a list's footer, text after a picture): read both.
    if bodies.html and not alternative and text.strip():
        bodies.html.append(f"<pre>{_escaped(text)}</pre>")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _is_attachment(section: Section, words: Words) -> bool:
    if section.media_type not in (
        "text/plain",
        "text/html",
        "text/enriched",
        "text/richtext",
        "text/x-amp-html",
        "text",
    ):
        return True
    return _disposition(section, words).startswith("attachment") or bool(_name(section, words))


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


def _read_letter_inside(root: Section, bodies: Bodies, words: Words) -> None:
    """Take the words of a forwarded letter when the mail around it has none of its own."""
    for section in _letters_in(root):
        inner = Words(packs=words.packs)
        inside = take_apart(unpacked(section, Walk(words=inner)), inner)
        walk = Walk(words=inner)
        texts = [leaf for leaf in leaves(inside) if not _is_attachment(leaf, inner)]
        bodies.plain += [_plain(leaf, walk) for leaf in texts if leaf.media_type != "text/html"]
        bodies.html += [_html(leaf, walk) for leaf in texts if leaf.media_type == "text/html"]
        words.doubts.append("the words are those of a letter attached to an empty one")
        if any(text.strip() for text in bodies.plain + bodies.html):
            return


def _letters_in(root: Section) -> Iterator[Section]:
    found = [leaf for leaf in leaves(root) if leaf.media_type in ("message/rfc822", "message/global")]
    yield from found[:LETTERS_INSIDE]
