"""Pictures from elsewhere, fetched by the desk so that the sender never meets the reader."""

import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Final
from urllib.parse import urljoin

from amends.mail.public_host import Target, is_public, target

MOST_BYTES: Final = 8_000_000
MOST_REDIRECTS: Final = 3
STEP_SECONDS: Final = 5
WHOLE_SECONDS: Final = 12
AT_ONCE: Final = threading.BoundedSemaphore(8)
WAIT_FOR_TURN_SECONDS: Final = 10
MOVED: Final = frozenset({301, 302, 303, 307, 308})
ASKING: Final = {
    "User-Agent": "Mozilla/5.0 (compatible; Amends picture proxy)",
    "Accept": "image/png,image/jpeg,image/webp,image/gif",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
"""The same for every reader and every letter: no cookie, no referrer, no language."""

Resolver = Callable[[str, int], list[str]]
Connector = Callable[[str, int], socket.socket]


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """The bytes that came, or why none did."""

    content: bytes = b""
    why_not: str = ""


def addresses_of(host: str, port: int) -> list[str]:
    """Return every address of a name, as the system's resolver gives them."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def connected(address: str, port: int) -> socket.socket:
    """Return a line to that very address."""
    return socket.create_connection((address, port), timeout=STEP_SECONDS)


def fetch(address: str, *, resolve: Resolver = addresses_of, connect: Connector = connected) -> Fetched:
    """Return what stands at an address somebody wrote into a letter, if it lies on the open internet.

    Follows at most 3 redirects, each judged anew. A name is resolved once and the line is opened to the address that
    was judged, so that a name cannot change its meaning in between. At most 8 MB, 12 seconds a step of the way.
    """
    if not AT_ONCE.acquire(timeout=WAIT_FOR_TURN_SECONDS):
        return Fetched(why_not="too many pictures are being fetched")
    try:
        return _followed(address, resolve, connect)
    except (OSError, HTTPException, ValueError) as error:
        return Fetched(why_not=f"{type(error).__name__} on the way")
    finally:
        AT_ONCE.release()


def _followed(address: str, resolve: Resolver, connect: Connector) -> Fetched:
    for _ in range(MOST_REDIRECTS + 1):
        wanted = target(address)
        if wanted is None:
            return Fetched(why_not="not an address on the open web")
        found = resolve(wanted.host, wanted.port)
        if not found or not all(is_public(one) for one in found):
            return Fetched(why_not="the name leads to an address that is not public")
        answer = _asked(wanted, connect(found[0], wanted.port))
        if isinstance(answer, Fetched):
            return answer
        address = urljoin(f"{wanted.scheme}://{wanted.host}{wanted.path}", answer)
    return Fetched(why_not="redirected too often")


def _asked(wanted: Target, line: socket.socket) -> Fetched | str:
    """Return what the host gives, or the address it sends us on to."""
    # A host that sends a byte now and then never runs into the time-out of a step, so the line is cut from outside.
    patience = threading.Timer(WHOLE_SECONDS, _cut, [line])
    patience.daemon = True
    patience.start()
    try:
        with line:
            return _read(wanted, secured(line, wanted))
    finally:
        patience.cancel()


def secured(line: socket.socket, wanted: Target) -> socket.socket:
    """Return the line as its scheme asks for it, the host's certificate judged. Raises OSError."""
    if wanted.scheme == "http":
        return line
    return ssl.create_default_context().wrap_socket(line, server_hostname=wanted.host)


def _read(wanted: Target, line: socket.socket) -> Fetched | str:
    with line:
        asking = HTTPConnection(wanted.host, wanted.port, timeout=STEP_SECONDS)
        asking.sock = line
        asking.request("GET", wanted.path, headers=ASKING)
        answer = asking.getresponse()
        if answer.status in MOVED:
            return answer.getheader("Location") or ""
        return _content(answer)


def _content(answer: HTTPResponse) -> Fetched:
    if answer.status != 200:
        return Fetched(why_not=f"the host answered {answer.status}")
    if answer.getheader("Content-Encoding", "identity") != "identity":
        return Fetched(why_not="packed, though we asked for it plain")
    content = answer.read(MOST_BYTES + 1)
    return Fetched(why_not="larger than 8 MB") if len(content) > MOST_BYTES else Fetched(content=content)


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
