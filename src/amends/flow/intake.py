"""What came in, understood as far as it takes to file it: letter, writer, and where it belongs."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from amends.flow import web_form
from amends.mail.letter import Address, Letter, LetterKind, Part
from amends.mail.parse import parse
from amends.mail.threads import ThreadEvidence, evidence
from amends.ports import LetterReader

WRITTEN_ON_OUR_PAGES: Final = frozenset({"webform", "page"})
MACHINES: Final = frozenset({LetterKind.BOUNCE, LetterKind.AUTO_REPLY, LetterKind.OUT_OF_OFFICE, LetterKind.LOOP})
"""List mail is left out on purpose: many companies read their own address through a list, so it is a person's words."""
NOBODY: Final = re.compile(r"^(no|do)[-_.]?(not[-_.]?)?reply|^(mailer-daemon|postmaster|bounces?)\b", re.IGNORECASE)
BEFORE_SUBJECT: Final = re.compile(
    r"^(?:\s{0,4}(?:re|fwd?|vs|vl|bls|ตอบกลับ|aw|sv)\s{0,2}(?:\[\d{1,3}\])?:){1,9}\s*", re.I
)
LONGEST_SUBJECT: Final = 300
OUR_IDS: Final = re.compile(r"<amends\.[a-z0-9]{1,24}\.[a-z0-9-]{1,40}\.[a-z2-7]{16}@[\w.-]{1,253}>", re.IGNORECASE)
UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
LARGEST_BOUNCE: Final = 1_000_000
MOST_RETURNED: Final = 20


@dataclass(frozen=True, kw_only=True)
class Intake:
    """One delivery: `writer` is who a reply goes to, `dedupe_key` is equal for the same message by two ways."""

    letter: Letter
    writer: Address | None
    evidence: ThreadEvidence
    dedupe_key: str
    is_machine: bool
    subject: str


def take_in(
    raw: bytes,
    *,
    channel: str,
    delivery: str = "",
    recipients: Iterable[str] = (),
    own_addresses: Collection[str] = (),
    key: bytes,
    domain: str,
    reader: LetterReader[Letter] | None = None,
) -> Intake:
    """Return what one delivery is. Broken input gives a letter with `error` set, never an exception.

    `channel` is how it came (`imap`, `smtp`, `file`, `webform`, `page`) and `delivery` its own name there;
    `recipients` are those of the envelope, which see addresses that headers hide; `own_addresses` are ours, in lower
    case. `key` and `domain` prove the addresses and Message-IDs that we signed. `reader` reads the mail; without one it
    is read in this process.
    """
    ours = channel in WRITTEN_ON_OUR_PAGES
    read = reader.read if reader else parse
    letter = _storable(web_form.letter(raw) if ours else _delivered(read(raw, desk=domain), recipients))
    said = replace(letter, references=(*letter.references, *_returned(raw))) if _is_bounce(letter) else letter
    return Intake(
        letter=letter,
        writer=writer(letter, own_addresses=own_addresses),
        evidence=evidence(said, key=key, domain=domain),
        dedupe_key=dedupe_key(letter, delivery=delivery if ours else "", raw=raw),
        is_machine=letter.kind in MACHINES,
        subject=plain_subject(letter.subject),
    )


def writer(letter: Letter, *, own_addresses: Collection[str]) -> Address | None:
    """Return who wrote it: the sender, unless that is nobody or ourselves and Reply-To names somebody (shop forms)."""
    sender, instead = letter.sender, letter.reply_to
    if instead is None or not instead.email or instead.email.lower() in own_addresses:
        return sender
    if sender is None or NOBODY.match(sender.email) or sender.email.lower() in own_addresses:
        return instead
    return sender


def dedupe_key(letter: Letter, *, delivery: str = "", raw: bytes = b"") -> str:
    """Return a key that is equal for the same message by two ways, and unequal for two messages.

    Message-ID alone would not do: broken senders give it twice, and a message would be lost. `delivery` stands for it
    where there is none, such as a web form's own number; else its date, and without one only equal bytes are equal.
    """
    words = " ".join((letter.text or letter.subject).split())
    name = letter.message_id or delivery or (letter.date.isoformat() if letter.date else sha256(raw).hexdigest())
    files = ",".join(_print_of(part) for part in letter.attachments)
    sender = letter.sender.email.lower() if letter.sender else ""
    return sha256("\0".join((name, sender, letter.subject, words, files)).encode(errors="surrogatepass")).hexdigest()


def _print_of(part: Part) -> str:
    """Return what makes an attachment another one: a photo under a new name may be meant as a second photo."""
    found = sha256("\0".join((part.name, part.media_type, "")).encode(errors="surrogatepass"))
    found.update(part.content)
    return found.hexdigest()


def plain_subject(subject: str) -> str:
    """Return a subject without the marks of answering and forwarding."""
    return BEFORE_SUBJECT.sub("", subject).strip()[:LONGEST_SUBJECT]


def storable(text: str) -> str:
    """Return a text that every database takes: NUL and lone surrogates become U+FFFD, one for one, so offsets hold."""
    return UNSTORABLE.sub("\ufffd", text)


def _storable(letter: Letter) -> Letter:
    return replace(
        letter,
        subject=storable(letter.subject),
        sender=_storable_address(letter.sender),
        reply_to=_storable_address(letter.reply_to),
        message_id=storable(letter.message_id),
        text=storable(letter.text),
        new_text=storable(letter.new_text),
        attachments=tuple(_storable_part(part) for part in letter.attachments),
        doubts=tuple(map(storable, letter.doubts)),
    )


def _storable_address(address: Address | None) -> Address | None:
    return address and Address(email=storable(address.email), name=storable(address.name))


def _storable_part(part: Part) -> Part:
    return replace(
        part,
        name=storable(part.name),
        media_type=storable(part.media_type),
        content_id=storable(part.content_id),
    )


def _delivered(letter: Letter, recipients: Iterable[str]) -> Letter:
    known = {address.email.lower() for address in letter.delivered_to}
    more = tuple(Address(email=email) for email in recipients if email.lower() not in known)
    return replace(letter, delivered_to=(*letter.delivered_to, *more))


def _is_bounce(letter: Letter) -> bool:
    return letter.kind is LetterKind.BOUNCE


def _returned(raw: bytes) -> tuple[str, ...]:
    """Return the Message-IDs of ours that stand anywhere in a bounce: it quotes the letter it returns in some part.

    Their seals are proved like any other, so a forged bounce silences nobody.
    """
    found = OUR_IDS.findall(raw[:LARGEST_BOUNCE].decode("ascii", "replace"))
    return tuple(dict.fromkeys(found))[:MOST_RETURNED]
