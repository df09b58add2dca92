"""A reply of ours as bytes for the wire: threaded, signed, readable in every client, impossible to inject into."""

import hashlib
import re
from base64 import encodebytes
from dataclasses import dataclass
from html import escape

from amends.mail import wire
from amends.mail.letter import Address, Part
from amends.vocabulary import AmendsError, LanguageTag, Moment

MOST_REFERENCES = 20
LINK = re.compile(r"https?://[^\s<>\"']{1,2000}[^\s<>\"'.,;:!?)\]]")
MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+\-]{0,60}/[a-z0-9][a-z0-9.+\-]{0,100}")
IDENTIFIER = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{3,900}>")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")


class NobodyToAnswer(AmendsError):
    """This reply has no recipient. Choose whom it goes to."""


@dataclass(frozen=True, kw_only=True)
class OutgoingLetter:
    """A letter of ours before it becomes a mail.

    `sender` carries the brand's display name; `reply_to` the signed address of the conversation; `message_id` and
    `references` come with angle brackets (`threads.message_id`), references oldest first; `signature` is the brand's,
    below the text; `automatic` for what no person wrote; `stop_link` where its reader can stop letters that are no
    answers, with one click (RFC 8058); `desk` our name in the loop header, by default the sender's domain.
    """

    sender: Address
    to: tuple[Address, ...]
    subject: str
    text: str
    at: Moment
    message_id: str
    cc: tuple[Address, ...] = ()
    reply_to: Address | None = None
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    signature: str = ""
    language: LanguageTag = ""
    direction: str = "ltr"
    attachments: tuple[Part, ...] = ()
    automatic: bool = False
    stop_link: str = ""
    desk: str = ""


def compose(reply: OutgoingLetter) -> bytes:
    """Return the mail, lines ended by CRLF, ASCII throughout, ready for SMTP; the same letter gives the same bytes.

    Raises NobodyToAnswer without a recipient and BadAddress for one that cannot be written.
    """
    if not reply.to:
        raise NobodyToAnswer
    words = written_text(reply)
    body = _alternative(reply, words)
    if reply.attachments:
        parts = [body, *(_attachment(part) for part in reply.attachments)]
        body = _multipart("mixed", parts, seed=reply.message_id)
    return _headers(reply) + b"MIME-Version: 1.0\r\n" + body


def written_text(reply: OutgoingLetter) -> str:
    """Return the plain text as the customer gets it: the words, and the brand's signature after its mark."""
    text = _lines(reply.text).strip("\n")
    signature = _lines(reply.signature).strip()
    return f"{text}\n\n-- \n{signature}\n" if signature else f"{text}\n"


def _lines(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text.replace("\r\n", "\n").replace("\r", "\n"))


def _headers(reply: OutgoingLetter) -> bytes:
    lines = [
        wire.date(reply.at),
        wire.mailboxes("From", (reply.sender,)),
        wire.mailboxes("To", reply.to),
        wire.mailboxes("Cc", reply.cc) if reply.cc else b"",
        wire.mailboxes("Reply-To", (reply.reply_to,)) if reply.reply_to else b"",
        wire.header("Subject", reply.subject),
        wire.fold("Message-ID", _identifiers((reply.message_id,))),
        *_threading(reply),
        wire.header("Content-Language", reply.language) if LANGUAGE.fullmatch(reply.language) else b"",
        wire.header("X-Amends-Loop", reply.desk or reply.sender.email.rpartition("@")[2]),
    ]
    if reply.automatic:
        lines += [
            wire.header("Auto-Submitted", "auto-replied"),
            wire.header("X-Auto-Response-Suppress", "All"),
            wire.header("Precedence", "auto_reply"),
        ]
    if reply.stop_link:
        lines += [
            wire.header("List-Unsubscribe", f"<{reply.stop_link}>"),
            wire.header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ]
    return b"".join(lines)


def _threading(reply: OutgoingLetter) -> list[bytes]:
    answered = _identifiers((reply.in_reply_to,))
    chain = list(dict.fromkeys([*_identifiers(reply.references), *answered]))
    # RFC 5322 §3.6.4 lets a long chain be shortened; the first message and the newest tell a thread apart.
    chain = chain[:1] + chain[1:][-(MOST_REFERENCES - 1) :]
    return [
        wire.fold("In-Reply-To", answered) if answered else b"",
        wire.fold("References", chain) if chain else b"",
    ]


def _identifiers(written: tuple[str, ...]) -> list[str]:
    """Return the Message-IDs that are well formed; another's broken one must not break our mail."""
    return [one.strip() for one in written if IDENTIFIER.fullmatch(one.strip())]


def _alternative(reply: OutgoingLetter, words: str) -> bytes:
    html = html_of(words, language=reply.language, direction=reply.direction)
    parts = [_text_part("plain", words), _text_part("html", html)]
    return _multipart("alternative", parts, seed=f"{reply.message_id} words")


def html_of(words: str, *, language: LanguageTag = "", direction: str = "ltr") -> str:
    """Return plain words as HTML that says the same: escaped throughout, paragraphs kept, only http(s) links live."""
    body, mark, signature = words.rstrip("\n").partition("\n\n-- \n")
    pieces = [f"<p>{_marked_up(paragraph)}</p>" for paragraph in re.split(r"\n{2,}", body) if paragraph.strip()]
    if mark:
        pieces.append(f'<p class="signature">-- <br>\n{_marked_up(signature)}</p>')
    tag = f' lang="{language}"' if LANGUAGE.fullmatch(language) else ""
    way = "rtl" if direction == "rtl" else "ltr"
    head = '<head><meta charset="utf-8"></head>'
    return f'<!DOCTYPE html>\n<html{tag} dir="{way}">{head}\n<body>\n' + "\n".join(pieces) + "\n</body></html>\n"


def _marked_up(paragraph: str) -> str:
    marked, place = "", 0
    for link in LINK.finditer(paragraph):
        target = escape(link.group())
        marked += escape(paragraph[place : link.start()]) + f'<a href="{target}">{target}</a>'
        place = link.end()
    return (marked + escape(paragraph[place:])).replace("\n", "<br>\n")


def _text_part(kind: str, words: str) -> bytes:
    head = f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode("ascii") + _base64(words.replace("\n", "\r\n").encode("utf-8", "replace"))


def _base64(content: bytes) -> bytes:
    return encodebytes(content).replace(b"\n", b"\r\n")


def _attachment(part: Part) -> bytes:
    media_type = part.media_type.lower()
    # A letter or multipart may not be base64 inside a mail; as plain bytes it arrives unchanged.
    usable = MEDIA_TYPE.fullmatch(media_type) and not media_type.startswith(("multipart/", "message/"))
    kind = media_type if usable else "application/octet-stream"
    head = (
        f"Content-Type: {kind}{wire.name_parameter(part.name)}\r\n"
        f"Content-Disposition: attachment{wire.filename_parameter(part.name)}\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode("ascii") + _base64(part.content)


def _multipart(kind: str, parts: list[bytes], *, seed: str) -> bytes:
    """Return parts under a boundary made from the letter's own id: base64 lines never begin with its two hyphens."""
    boundary = f"amends-{kind}-{hashlib.sha256(seed.encode()).hexdigest()[:24]}"
    head = f'Content-Type: multipart/{kind};\r\n boundary="{boundary}"\r\n\r\n'.encode("ascii")
    line = f"--{boundary}\r\n".encode("ascii")
    return head + b"".join(line + part + b"\r\n" for part in parts) + f"--{boundary}--\r\n".encode("ascii")
