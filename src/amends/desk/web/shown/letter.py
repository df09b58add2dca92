"""A letter of ours as it left: its headers and its text."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from typing import Final

from amends.desk.models import Reply

SHOWN_HEADERS: Final = ("From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Reply-To")


@dataclass(frozen=True, kw_only=True)
class OutLetter:
    """The headers people look at, the plain text, and the names of the files."""

    headers: list[tuple[str, str]]
    text: str
    files: list[str]


def letter_of(reply: Reply) -> OutLetter | None:
    """Return the letter as composed, None before its first try."""
    if not reply.mime:
        return None
    mail = message_from_bytes(bytes(reply.mime), policy=policy.default)
    body = mail.get_body(("plain",))
    files = [part.get_filename() or part.get_content_type() for part in mail.iter_attachments()]
    headers = [(name, str(mail[name])) for name in SHOWN_HEADERS if mail[name]]
    return OutLetter(headers=headers, text=body.get_content() if body else "", files=files)
