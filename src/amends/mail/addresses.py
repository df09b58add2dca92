"""Mailboxes as people and programs really write them in From, To and Cc."""

import re
from collections.abc import Iterator

from amends.mail.headers import UNSAFE, Words
from amends.mail.letter import Address

MOST_ADDRESSES = 500
LONGEST_EMAIL = 320
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
BARE = re.compile(r"[^\s<>,;:\"()\[\]]{1,64}@[^\s<>,;:\"()]{1,255}")


def addresses(raw: bytes, words: Words) -> tuple[Address, ...]:
    """Return the mailboxes of a header, groups opened, at most 500; what holds no mailbox is left out.

    A value is cut into mailboxes *before* its encoded words are read, so that a comma or `<` inside a word
    ("=?utf-8?q?Shop=2C_Inc?=") can never invent an address.
    """
    value = words.unfolded(raw)
    found = (_address(piece, words) for piece in _pieces(value))
    return tuple(address for _, address in zip(range(MOST_ADDRESSES), filter(None, found), strict=False))


def _pieces(value: str) -> Iterator[str]:
    """Return the stretches between commas and semicolons that are not inside quotes, brackets or comments."""
    start, quoted, depth, escaped = 0, False, 0, False
    for place, letter in enumerate(value):
        if escaped or letter == "\\":
            escaped = not escaped
        elif letter == '"':
            quoted = not quoted
        elif not quoted:
            depth = max(0, depth + (letter in "<(") - (letter in ">)"))
            if letter in ",;" and depth == 0:
                yield value[start:place]
                start = place + 1
    rest = value[start:]
    # A quote or bracket that was never closed swallowed the commas: cut plainly rather than lose people.
    yield from re.split(r"[,;]", rest) if (quoted or depth) else [rest]


def _address(piece: str, words: Words) -> Address | None:
    before, bracket, after = piece.rpartition("<")
    if bracket:
        email = after.partition(">")[0].strip()
        name = before
    else:
        match = BARE.search(piece)
        email = match.group() if match else ""
        name = re.sub(r"[()]", " ", piece.replace(email, "", 1))
    email = re.sub(r"\s+", "", email.removeprefix("mailto:")).strip("'\"")
    if "@" not in email and (inside := BARE.search(name)):
        email = inside.group()
    if "@" not in email or len(email) > LONGEST_EMAIL:
        return None
    return Address(email=_lowered(email), name=_name(name, words))


def _lowered(email: str) -> str:
    """Return the address with its domain in lower case; the part before @ stays, as its host may care."""
    local, _, domain = UNSAFE.sub("", email).rpartition("@")
    return f"{local}@{domain.lower().rstrip('.')}"


def _name(written: str, words: Words) -> str:
    # "Team: Ann <…>" opens a group; its name is not Ann's.
    written = written.strip().rpartition(":")[2] if '"' not in written else written.strip()
    plain = QUOTED.sub(lambda quote: re.sub(r"\\(.)", r"\1", quote.group(1)), written)
    if plain == written and plain.startswith('"'):
        plain = plain.strip('"')  # opened and never closed
    decoded = words.of(plain.encode("utf-8", "replace"))
    bare = " ".join(decoded.split())
    # Outlook writes 'Ann Lee' <…>: quotes around the whole name are no part of it.
    return bare[1:-1].strip() if len(bare) > 2 and bare[0] == bare[-1] == "'" else bare
