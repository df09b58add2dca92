"""Mails whose right reading is known: threads, charsets, quoted history, deliveries that come twice."""

import base64
import quopri
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

CUSTOMERS: Final = 400
THREADS: Final = 100
FROM_REFERENCES, FROM_STRANGERS, SAME_SUBJECT = 50, 70, 85
"""Of 100 pairs: answers by In-Reply-To, then by References only, then strangers who name a mail, then namesakes."""
NEW: Final = "The new kettle leaks as well, and I want my money back"
OLD: Final = "We sent you another kettle on Monday"
PHRASES: Final = (
    ("utf-8", "Pakettini ei ole tullut, olen äärimmäisen pettynyt"),
    ("iso-8859-15", "Tilasin hyvän äänentoiston hintaan 20 €"),
    ("windows-1252", "Ich bin wütend – wo ist mein Päckchen?"),
    ("tis-620", "สั่งของไปสองสัปดาห์แล้วยังไม่ได้"),
    ("windows-874", "โกรธมาก ไม่มีใครตอบ"),
    ("iso-2022-jp", "荷物がまだ届きません"),
    ("gb18030", "包裹还没有到,我很生气"),
    ("koi8-r", "Посылка до сих пор не пришла"),
)
CODECS: Final = {"windows-874": "cp874"}
"""What Python calls a charset that mails call otherwise."""
QUOTINGS: Final = (
    "{new}\n\nOn Mon, 16 Nov 2026 at 10:12, Care <care@lumi.example> wrote:\n\n> {old}\n> Kind regards\n",
    "{new}\n\n-----Original Message-----\nFrom: Care\nSent: Monday\nTo: Customer\nSubject: Re: kettle\n\n{old}\n",
    "{new}\n\nma 16. marrask. 2026 klo 10.12 Care <care@lumi.example> kirjoitti:\n\n> {old}\n",
    "{new}\n\nPada Sen, 16 Nov 2026 pukul 10.12 Care <care@lumi.example> menulis:\n\n> {old}\n",
    "{new}\n\n________________________________\nFrom: Care <care@lumi.example>\nSent: Monday, 16 November 2026\n"
    "To: Customer\nSubject: Re: kettle\n\n{old}\n",
)


@dataclass(frozen=True, kw_only=True)
class Specimen:
    """One mail and what is right about it.

    `name` is its Message-ID. `joins`: the mail it belongs with; `apart`: the mail it must not be put with. `says`:
    words that must be readable. `hides`: words of the history that are not new.
    """

    name: str
    raw: bytes
    joins: str = ""
    apart: str = ""
    says: str = ""
    hides: str = ""


def specimens(mails: int) -> list[Specimen]:
    """Return at least the mails with a right reading, filled up to `mails` with plain complaints."""
    made = [*_threads(), *_charsets(), *_quotes()]
    return [*made, *(_plain(number) for number in range(max(0, mails - len(made))))]


def _threads() -> Iterator[Specimen]:
    for number in range(THREADS):
        first, second = f"<t{number}.1@example.org>", f"<t{number}.2@example.org>"
        sender = f"thread.{number}@example.org"
        yield Specimen(name=first, raw=_mail(first, sender, f"Order {70_000 + number}", "Where is it?"))
        if number < FROM_REFERENCES:
            more, who = [f"In-Reply-To: {first}"], sender
        elif number < FROM_STRANGERS:
            more, who = [f"References: {first}"], sender
        elif number < SAME_SUBJECT:
            more, who = [f"In-Reply-To: {first}", f"References: {first}"], f"stranger.{number}@example.net"
        else:
            more, who = [], f"namesake.{number}@example.net"
        raw = _mail(second, who, f"Re: Order {70_000 + number}", "Still nothing!", *more)
        belongs = {"joins": first} if number < FROM_STRANGERS else {"apart": first}
        yield Specimen(name=second, raw=raw, **belongs)


def _charsets() -> Iterator[Specimen]:
    for place, (charset, words) in enumerate(PHRASES):
        for encoding, written in _ENCODINGS.items():
            name = f"<c{place}.{encoding}@example.org>"
            body = written(words.encode(CODECS.get(charset, charset)))
            heads = (f"Content-Type: text/plain; charset={charset}", f"Content-Transfer-Encoding: {encoding}")
            head = _head(name, f"charset.{place}.{encoding}@example.org", "Words", *heads)
            yield Specimen(name=name, raw=head + body + b"\r\n", says=words)


def _quotes() -> Iterator[Specimen]:
    for place, quoting in enumerate(QUOTINGS):
        for number in range(8):
            name = f"<q{place}.{number}@example.org>"
            text = quoting.format(new=f"{NEW}, {number} euros.", old=f"{OLD} {number}.")
            raw = _mail(name, f"quote.{place}.{number}@example.org", f"Kettle {place}{number}", text)
            yield Specimen(name=name, raw=raw, says=f"{NEW}, {number} euros", hides=f"{OLD} {number}")


def _plain(number: int) -> Specimen:
    name = f"<p{number}@example.org>"
    words = f"Where is order {number}? I have been waiting for two weeks, and nobody answers me!"
    return Specimen(name=name, raw=_mail(name, f"plain.{number % CUSTOMERS}@example.org", f"Order {number}", words))


def _mail(name: str, sender: str, subject: str, text: str, *more: str) -> bytes:
    heads = ("Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit", *more)
    return _head(name, sender, subject, *heads) + text.replace("\n", "\r\n").encode() + b"\r\n"


def _head(name: str, sender: str, subject: str, *more: str) -> bytes:
    lines = (
        f"From: Customer <{sender}>",
        "To: care@lumi.example",
        f"Subject: {subject}",
        f"Message-ID: {name}",
        "Date: Wed, 18 Nov 2026 09:00:00 +0000",
        "MIME-Version: 1.0",
        *more,
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


_ENCODINGS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "8bit": lambda words: words,
    "base64": base64.encodebytes,
    "quoted-printable": quopri.encodestring,
}
