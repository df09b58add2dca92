"""A first glance at what just came in: who wrote and about what, before anybody reads the mail itself."""

from dataclasses import dataclass
from typing import Final

from amends.flow import web_form
from amends.flow.intake import WRITTEN_ON_OUR_PAGES, storable
from amends.mail.addresses import addresses
from amends.mail.header_block import header_block
from amends.mail.headers import Words
from amends.mail.letter import Address

LOOKED_AT_BYTES: Final = 16_384
"""From and Subject stand behind the lines of the servers a mail came through; beyond this nobody looks in a hurry."""
LARGEST_FORM_BYTES: Final = 100_000
LONGEST: Final = 200


@dataclass(frozen=True, kw_only=True)
class Glance:
    """What can be told of a delivery at once. Empty where it cannot; the mail itself is not judged by it."""

    email: str = ""
    name: str = ""
    subject: str = ""


def glance(raw: bytes, *, channel: str) -> Glance:
    """Return what the first lines of a delivery say; never raises. Looks at 16 KiB at most."""
    try:
        return _of_form(raw) if channel in WRITTEN_ON_OUR_PAGES else _of_mail(raw)
    except Exception:  # noqa: BLE001 - only a glance: whatever is wrong with a mail is found out when it is read
        return Glance()


def _of_mail(raw: bytes) -> Glance:
    start = len(raw[:LOOKED_AT_BYTES]) - len(raw[:LOOKED_AT_BYTES].lstrip())
    fields, _ = header_block(raw, start, min(len(raw), LOOKED_AT_BYTES), doubt=lambda _: None)
    first: dict[str, bytes] = {}
    for name, value in fields:
        first.setdefault(name, value)
    words = Words()
    sender = next(iter(addresses(first.get("from", b""), words)), None)
    return _glance(sender, words.of(first.get("subject", b"")))


def _of_form(raw: bytes) -> Glance:
    if len(raw) > LARGEST_FORM_BYTES:  # photos; the words are found when it is read
        return Glance()
    written = web_form.letter(raw)
    return _glance(written.sender, written.subject)


def _glance(sender: Address | None, subject: str) -> Glance:
    return Glance(
        email=storable(sender.email)[:LONGEST] if sender else "",
        name=storable(sender.name)[:LONGEST] if sender else "",
        subject=storable(subject)[:LONGEST],
    )
