"""Where a link of a mail really leads, read the way browsers read it, disguises taken off."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

LONGEST_ADDRESS: Final = 2_000
# Browsers drop tabs and line ends anywhere in an address, and other control characters at its ends.
DROPPED: Final = re.compile(r"[\t\r\n]")
WEB: Final = re.compile(r"(https?):[/\\]*([^/\\?#]*)(.*)", re.IGNORECASE | re.DOTALL)
OTHER: Final = re.compile(r"(?:mailto|tel):[^\s<>\"]+", re.IGNORECASE)
LOOKS_LIKE_HOST: Final = re.compile(r"(?:https?://)?((?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24})(?![\w.-])", re.IGNORECASE)
PLAIN_HOST: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}")


@dataclass(frozen=True, kw_only=True)
class WebAddress:
    """An address on the web. `host` as browsers resolve it, in ASCII; `authority` with disguises as written."""

    scheme: str
    authority: str
    host: str
    rest: str

    @property
    def href(self) -> str:
        """Return the address, written plainly."""
        return f"{self.scheme}://{self.authority}{self.rest}"


def web_address(written: str) -> WebAddress | None:
    """Return what an http or https address means to a browser; None for anything else or unreadable."""
    clean = DROPPED.sub("", written).strip("".join(map(chr, range(33))))
    found = WEB.fullmatch(clean) if len(clean) <= LONGEST_ADDRESS else None
    if found is None:
        return None
    scheme, authority, rest = found.groups()
    host = ascii_host(authority.rpartition("@")[2].partition(":")[0]) if "[" not in authority else authority
    return WebAddress(scheme=scheme.lower(), authority=authority, host=host, rest=rest) if host else None


def ascii_host(written: str) -> str:
    """Return a host name as the resolver is asked for it: percent signs undone, widths folded, in punycode.

    "" when it is no name that could be resolved.
    """
    plain = unicodedata.normalize("NFKC", unquote(written)).lower().replace("\u3002", ".")
    try:
        return plain.encode("idna").decode("ascii") if not plain.isascii() else plain
    except UnicodeError:
        return ""


def safe_href(written: str) -> str:
    """Return a link that may stay, written plainly; "" for any scheme but http, https, mailto and tel."""
    found = web_address(written)
    if found is not None:
        return found.href
    clean = DROPPED.sub("", written).strip()
    return clean if OTHER.fullmatch(clean) and len(clean) <= LONGEST_ADDRESS else ""


def where_to_say(href: str, words: str) -> str:
    """Return the host to show beside a link because its words or its writing may mislead; "" when they do not.

    `words` is what the reader sees as the link. A host in other letters is shown in punycode and as it looks.
    """
    address = web_address(href)
    if address is None:
        return ""
    shown = _looks(address)
    if not PLAIN_HOST.fullmatch(address.host) or address.host != address.authority.lower() or shown != address.host:
        return f"{address.host} ({shown})" if shown != address.host else address.host
    named = LOOKS_LIKE_HOST.search(words[:LONGEST_ADDRESS])
    is_theirs = named is None or _is_within(address.host, ascii_host(named.group(1)))
    return "" if is_theirs else address.host


def _looks(address: WebAddress) -> str:
    """Return the host as a reader would see it."""
    try:
        return address.host.encode("ascii").decode("idna")
    except UnicodeError:
        return address.host


def _is_within(host: str, named: str) -> bool:
    """Return whether the words name the host the link leads to, or a parent or child of it."""
    bare, other = host.removeprefix("www."), named.removeprefix("www.")
    return bare == other or bare.endswith(f".{other}") or other.endswith(f".{bare}")
