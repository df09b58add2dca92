"""Bytes from the world in, a Letter out, whatever they are."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from amends.languages import LanguagePack, available, load
from amends.mail.addresses import addresses
from amends.mail.automatic import Outside, kind_of, what_it_says
from amends.mail.bodies import Bodies, gather
from amends.mail.dates import moment
from amends.mail.headers import Words, identifiers
from amends.mail.html_text import Allowance, lines_of_html
from amends.mail.letter import Address, Letter, LetterKind
from amends.mail.lines import Line, lines_of
from amends.mail.quotes import Split, split_lines
from amends.mail.quotes_beside import mark_like_html
from amends.mail.structure import Section, leaves, take_apart

LARGEST_BYTES = 60_000_000
KEPT_HEADERS = 300
LONGEST_SENDER = 200
RECEIVED_BY = ("to", "cc", "delivered-to", "x-original-to")
DELIVERED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-forwarded-to", "resent-to")


def all_packs() -> tuple[LanguagePack, ...]:
    """Return every installed language pack, those of our first languages before the catch-all."""
    return tuple(load(tag) for tag in sorted(available(), key=lambda tag: (tag == "und", tag)))


def parse(raw: bytes, *, packs: Sequence[LanguagePack] | None = None, desk: str = "") -> Letter:
    """Return the letter that `raw` is, as well as it can be read.

    Never raises on any bytes; what is not right is said in `doubts`, and `error` when no words could be found. `packs`
    are the languages whose quote marks and charsets are tried (all installed ones by default); `desk` is our own name
    in the loop header, by default any domain it is addressed to (`automatic.LOOP_HEADER`). Reads at most 60 MB,
    1,000 parts, 24 levels and 2 MB of headers.
    """
    known = tuple(packs) if packs is not None else all_packs()
    words = Words(packs=known)
    root = take_apart(raw[:LARGEST_BYTES], words)
    words.charset = next((leaf.parameters["charset"] for leaf in leaves(root) if "charset" in leaf.parameters), "")
    if len(raw) > LARGEST_BYTES:
        words.doubts.append("larger than 60 MB; only the beginning was read")
    return _letter(root, gather(root, words), words, desk=desk)


def _letter(root: Section, bodies: Bodies, words: Words, *, desk: str) -> Letter:
    one = _One(root, words)
    references = identifiers(one.text("references"))
    answered = identifiers(one.text("in-reply-to"))
    subject = one.text("subject")
    split = _split(bodies, words, is_reply=bool(references or answered), writer=_called(one.sender()))
    outside = _outside(root, one, subject, split.text)
    kind = kind_of(outside, packs=words.packs, desk=desk)
    written = one.date()
    ours = [address.email for name in ("from", "to", "cc") for address in one.addresses(name)]
    said = what_it_says(outside, kind, written=written.date() if written else None, ours=ours, packs=words.packs)
    return Letter(
        subject=subject,
        sender=one.sender(),
        reply_to=next(iter(one.addresses("reply-to")), None),
        to=one.addresses("to"),
        cc=one.addresses("cc"),
        delivered_to=tuple(address for name in DELIVERED for address in one.addresses(name)),
        date=written,
        message_id=next(iter(identifiers(one.text("message-id"))), ""),
        in_reply_to=answered,
        references=references,
        text=split.text,
        new_text=split.new_text,
        folded=split.folded,
        html=bodies.html,
        attachments=tuple(bodies.attachments),
        kind=kind,
        away_until=said.away_until,
        bounce=said.failure.value,
        failed_recipients=said.failed_recipients,
        returned=tuple(dict.fromkeys(bodies.returned)) if kind is LetterKind.BOUNCE else (),
        headers=one.headers,
        doubts=tuple(words.doubts),
        error=_error(root, bodies, split),
    )


def _called(sender: Address | None) -> str:
    """Return the names that a signature of theirs may say: as written, and before the @."""
    return f"{sender.name} {sender.email.partition('@')[0]}" if sender else ""


class _One:
    """The headers of one mail, read when asked for."""

    def __init__(self, root: Section, words: Words) -> None:
        self.root, self.words = root, words

    def text(self, name: str) -> str:
        """Return the first header of that name as words."""
        return self.words.of(self.root.first(name))

    def addresses(self, name: str) -> tuple[Address, ...]:
        """Return the mailboxes in all headers of that name."""
        return tuple(address for raw in self.root.every(name) for address in addresses(raw, self.words))

    def sender(self) -> Address | None:
        """Return who wrote it. A writer without an address ("MAILER-DAEMON") keeps the name."""
        known = self.addresses("from") or self.addresses("sender")
        written = self.text("from").replace("<>", "").strip("<>\"' ;:,")[:LONGEST_SENDER]
        return next(iter(known), Address(email="", name=written) if written else None)

    def date(self) -> datetime | None:
        """Return the Date header, else the newest Received: a mail whose writer's clock is missing still has a time."""
        written = moment(self.text("date"))
        if written is None and self.root.first("date"):
            self.words.doubts.append("the date cannot be read")
        received = self.text("received").rpartition(";")[2]
        return written or (moment(received) if received else None)

    @cached_property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """Return the first 300 headers as words."""
        return tuple((name, self.words.of(value)) for name, value in self.root.headers[:KEPT_HEADERS])


def _split(bodies: Bodies, words: Words, *, is_reply: bool, writer: str) -> Split:
    allowance = Allowance()
    pages = [line for page in bodies.pages for line in [*lines_of_html(page, allowance=allowance), Line()]][:-1]
    if allowance.left_out:
        words.doubts.append("the HTML is longer than we read; the end of its words is left out")
    plain = bodies.plain
    if plain is None:
        return split_lines(pages, packs=words.packs, is_reply=is_reply, writer=writer)
    lines = lines_of(plain)
    if bodies.html:
        mark_like_html(lines, pages)
    return split_lines(lines, packs=words.packs, is_reply=is_reply, writer=writer)


def _outside(root: Section, one: _One, subject: str, text: str) -> Outside:
    headers: dict[str, list[str]] = {}
    for name, value in one.headers:
        headers.setdefault(name, []).append(value)
    senders = one.addresses("from")
    recipients = {address.email for name in RECEIVED_BY for address in one.addresses(name)}
    return Outside(
        headers=headers,
        parts=[root.media_type, *(leaf.media_type for leaf in leaves(root))],
        report=root.parameters.get("report-type", "").lower(),
        sender=senders[0].email if senders else one.text("from"),
        recipient_domains={address.rpartition("@")[2] for address in recipients},
        recipients=recipients,
        subject=subject,
        text=text,
    )


def _error(root: Section, bodies: Bodies, split: Split) -> str | None:
    """Return why there are no words, None when there are some or the mail brings only attachments."""
    if split.text.strip() or bodies.attachments:
        return None
    if not root.headers and root.is_blank:
        return "the file is empty"
    return None if root.headers else "no mail could be recognised"
