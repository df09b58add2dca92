"""Headers of our own, in bytes that all hosts and clients read the same: encoded, folded, closed to injection."""

import re
from base64 import b64encode
from email.utils import format_datetime
from urllib.parse import quote

from amends.mail.letter import Address
from amends.vocabulary import AmendsError, Moment

LINE_OCTETS = 76
# With these, an encoded word fits on the line of the longest header name we write (RFC 2047 §2: 76 octets).
WORD_OCTETS = 39
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Signs that turn text around, and so can make an address or file name look like another (Unicode TR 36).
TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
PLAIN_PHRASE = re.compile(r"[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~ ]{0,60}")
# A letter with the Thai vowels and tones, or other marks, that sit on it; at most eight, as a hostile name may stack.
CLUSTER = re.compile(r".[\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200d\ufe0f]{0,8}", re.DOTALL)
LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~.]{1,64}")
DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.\-]{0,251}[A-Za-z0-9])?")


class BadAddress(AmendsError):
    """A mail cannot be sent to this address as it is written. Look at it again, or ask the customer for another."""


def plain(text: str) -> str:
    """Return a text on one line, without control characters and signs that turn text around."""
    return " ".join(CONTROL.sub(" ", TURNING.sub("", text)).split())


def header(name: str, value: str) -> bytes:
    """Return a header line of free words, encoded where needed and folded; nothing in `value` can end it."""
    words = plain(value)
    return fold(name, words.split(" ") if _is_plain(words) else encoded_words(words))


def _is_plain(words: str) -> bool:
    return words.isascii() and "=?" not in words and all(len(word) < LINE_OCTETS - 2 for word in words.split(" "))


def encoded_words(words: str) -> list[str]:
    """Return RFC 2047 words of at most 64 octets, cut after a space where one is, never before a mark on a letter."""
    pieces: list[bytes] = [b""]
    for cluster in CLUSTER.findall(words):
        raw = cluster.encode("utf-8", "replace")
        if len(pieces[-1]) + len(raw) > WORD_OCTETS:
            head, space, tail = pieces[-1].rpartition(b" ")
            pieces[-1:] = [head + space, tail] if space and len(tail) + len(raw) <= WORD_OCTETS else [pieces[-1], b""]
        pieces[-1] += raw
    return [f"=?utf-8?b?{b64encode(piece).decode('ascii')}?=" for piece in pieces if piece]


def fold(name: str, words: list[str]) -> bytes:
    """Return `Name: word word` with line ends between words before they get longer than 76 octets."""
    lines = [f"{name}:"]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > LINE_OCTETS and lines[-1] != f"{name}:":
            lines.append("")
        lines[-1] += f" {word}"
    return ("\r\n".join(lines) + "\r\n").encode("ascii")


def mailbox(address: Address) -> str:
    """Return `name <address>` for a header, in ASCII. Raises BadAddress."""
    local, _, domain = address.email.strip().rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii") if not domain.isascii() else domain
    except UnicodeError as wrong:
        raise BadAddress(address.email) from wrong
    if not (LOCAL.fullmatch(local) and DOMAIN.fullmatch(ascii_domain)):
        raise BadAddress(address.email)
    name = plain(address.name)
    return f"{_phrase(name)} <{local}@{ascii_domain}>" if name else f"{local}@{ascii_domain}"


def _phrase(name: str) -> str:
    """Return a display name: bare, quoted, or encoded when it holds more than ASCII."""
    if PLAIN_PHRASE.fullmatch(name) and "=?" not in name:
        return name
    if name.isascii() and "=?" not in name and len(name) <= 60:
        escaped = re.sub(r'(["\\])', r"\\\1", name)
        return f'"{escaped}"'
    return " ".join(encoded_words(name))


def mailboxes(name: str, addresses: tuple[Address, ...]) -> bytes:
    """Return an address header, one mailbox after the other. Raises BadAddress."""
    written = [mailbox(address) for address in addresses]
    words = [word for piece in ",\n".join(written).split("\n") for word in piece.split(" ")]
    return fold(name, words)


def date(at: Moment) -> bytes:
    """Return the Date header of an aware time."""
    return header("Date", format_datetime(at))


def name_parameter(name: str) -> str:
    """Return `; name="…"` for Content-Type: encoded words where it holds more than ASCII, as old clients expect."""
    words = plain(name)
    if words.isascii():
        return f';\r\n name="{_without_quotes(words)}"'
    return ';\r\n name="' + "\r\n ".join(encoded_words(words)) + '"'


def filename_parameter(name: str) -> str:
    """Return `; filename="…"` for Content-Disposition, after RFC 2231 where it is long or holds more than ASCII."""
    words = plain(name)
    if words.isascii() and len(words) < 60:
        return f';\r\n filename="{_without_quotes(words)}"'
    return _continued("filename", words)


def _without_quotes(words: str) -> str:
    return re.sub(r'["\\]', "_", words)


def _continued(name: str, words: str) -> str:
    """Return RFC 2231 pieces of at most 76 octets a line."""
    percent = quote(words.encode("utf-8", "replace"), safe="")
    pieces = re.findall(r"(?:%..|[^%]){1,18}", percent)
    if len(pieces) == 1:
        return f";\r\n {name}*=utf-8''{percent}"
    head = [f";\r\n {name}*0*=utf-8''{pieces[0]}"]
    return "".join(head + [f";\r\n {name}*{number}*={piece}" for number, piece in enumerate(pieces[1:], start=1)])
