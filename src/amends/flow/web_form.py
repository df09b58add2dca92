"""A message written on our own web page: kept as bytes like a mail, read as a letter like a mail."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from amends.mail.letter import Address, Letter, Part
from amends.vocabulary import JsonObject

LONGEST_TEXT = 100_000
MOST_FILES = 20


@dataclass(frozen=True, kw_only=True)
class WebFormMessage:
    """What somebody wrote on the web form; `order` as they typed it, `language` that of the page they read."""

    name: str
    email: str
    text: str
    at: datetime
    order: str = ""
    subject: str = ""
    language: str = "und"
    files: tuple[Part, ...] = ()

    def as_bytes(self) -> bytes:
        """Return the message as JSON, the raw bytes that the desk keeps."""
        return json.dumps(self._as_json(), ensure_ascii=False).encode()

    def _as_json(self) -> JsonObject:
        return {
            "web_form": 1,
            "name": self.name,
            "email": self.email,
            "order": self.order,
            "subject": self.subject,
            "text": self.text,
            "language": self.language,
            "at": self.at.isoformat(),
            "files": [_packed(part) for part in self.files],
        }


def letter(raw: bytes) -> Letter:
    """Return the letter in the bytes of a web-form message; `error` is set when they are none. Never raises."""
    try:
        written = json.loads(raw)
    except (ValueError, RecursionError) as broken:
        return Letter(error=f"not a web-form message: {broken}")
    if not isinstance(written, dict) or not isinstance(written.get("text"), str):
        return Letter(error="not a web-form message: no text")
    return _letter(written)


def _letter(written: JsonObject) -> Letter:
    text = _with_order(written["text"][:LONGEST_TEXT].strip(), _words(written, "order", 60))
    files, doubts = _files(written.get("files"))
    email = _words(written, "email", 320).lower()
    return Letter(
        subject=_words(written, "subject", 300),
        sender=Address(email=email, name=_words(written, "name", 200)) if email else None,
        date=_moment(written.get("at")),
        text=text,
        new_text=text,
        attachments=files,
        doubts=doubts,
    )


def _with_order(text: str, order: str) -> str:
    """Return the text with the order number before it, so that it is read and shown even if nobody knows it yet."""
    return text if not order or order in text else f"{order}\n\n{text}"


def _words(written: JsonObject, name: str, longest: int) -> str:
    value = written.get(name)
    return " ".join(value.split())[:longest] if isinstance(value, str) else ""


def _moment(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else None


def _packed(part: Part) -> JsonObject:
    content = base64.b64encode(part.content).decode("ascii")
    return {"name": part.name, "media_type": part.media_type, "content": content}


def _files(value: Any) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    found, doubts = [], []
    for packed in value[:MOST_FILES] if isinstance(value, list) else []:
        try:
            content = base64.b64decode(packed["content"], validate=True)
            found.append(Part(name=str(packed["name"]), media_type=str(packed["media_type"]), content=content))
        except (KeyError, TypeError, ValueError, binascii.Error):
            doubts.append("a file could not be read")
    return tuple(found), tuple(doubts)
