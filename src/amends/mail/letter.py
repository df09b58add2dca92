"""A letter: one mail as the desk understands it."""

import datetime as calendar
from dataclasses import dataclass, field
from enum import StrEnum

from amends.text.spans import Span
from amends.vocabulary import JsonObject


class LetterKind(StrEnum):
    """Who or what wrote it. Machine mail is shown, but never changes a state, a deadline or the heat."""

    HUMAN = "human"
    AUTO_REPLY = "auto_reply"
    OUT_OF_OFFICE = "out_of_office"
    BOUNCE = "bounce"
    LIST = "list"
    LOOP = "loop"


@dataclass(frozen=True, kw_only=True)
class Address:
    """A mailbox: `name` as written, `email` lower-cased in its domain, "" when a writer gave a name alone."""

    email: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>" if self.name and self.email else self.name or self.email


@dataclass(frozen=True, kw_only=True)
class Part:
    """An attachment or inline picture, with its bytes as sent."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    content_id: str = ""

    @property
    def size(self) -> int:
        """Return how many bytes it has."""
        return len(self.content)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One mail, parsed as well as it allows; `doubts` says where it did not.

    `text` is the whole plain text; `new_text` the words written now, without history and signature; `folded` the
    stretches of `text` that are history or signature. `delivered_to` are the addresses that hosts say they delivered
    to; `returned` the Message-IDs of mails that a bounce brings back, `bounce` whether they failed ("hard": the address
    is wrong, "soft": this time, "delayed": still tried, "": no bounce, or a complaint about a letter that arrived), for
    the `failed_recipients`; `away_until` the day that an out-of-office note names; `headers` all headers, names in
    lower case. `error` is set when no text could be read at all.
    """

    subject: str = ""
    sender: Address | None = None
    reply_to: Address | None = None
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    date: calendar.datetime | None = None
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    text: str = ""
    new_text: str = ""
    folded: tuple[Span, ...] = ()
    html: str = field(default="", repr=False)
    attachments: tuple[Part, ...] = ()
    kind: LetterKind = LetterKind.HUMAN
    away_until: calendar.date | None = None
    bounce: str = ""
    failed_recipients: tuple[str, ...] = ()
    delivered_to: tuple[Address, ...] = ()
    returned: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    doubts: tuple[str, ...] = ()
    error: str | None = None

    def header(self, name: str) -> str:
        """Return the first header of that lower-case name, "" when there is none."""
        return next((value for key, value in self.headers if key == name), "")

    def as_json(self) -> JsonObject:
        """Return the letter in the shape of the `amends mail parse` contract, without its file."""
        return {
            "subject": self.subject,
            "from": str(self.sender) if self.sender else "",
            "to": [str(address) for address in self.to],
            "date": self.date.isoformat() if self.date else None,
            "text": self.text,
            "new_text": self.new_text,
            "html": bool(self.html),
            "attachments": [{"name": p.name, "type": p.media_type, "size": p.size} for p in self.attachments],
            "kind": self.kind,
            "in_reply_to": self.in_reply_to[0] if self.in_reply_to else None,
            "references": list(self.references),
            "doubts": list(self.doubts),
            "error": self.error,
        }
