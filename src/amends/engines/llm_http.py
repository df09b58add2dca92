"""A text model behind an OpenAI-shaped endpoint: asked once, with limits on time and size, off unless it is set."""

import http.client
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from amends.vocabulary import AmendsError

LARGEST_ANSWER: Final = 400_000
CHUNK: Final = 16_384
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
OK: Final = 200
KEYS: Final = frozenset({"url", "model", "seconds"})


class BadWriter(AmendsError):
    """The table `writer` of amends.toml is not right. docs/howto/rewrite-with-a-model.md says what may stand there."""


class WriterFailed(AmendsError):
    """The model did not answer as it should. Your words are untouched; write on, or try again later."""


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """Where the model is: `url` up to and with `/chat/completions`, its name, and how long an answer may take."""

    url: str
    model: str
    seconds: float = 20.0

    @property
    def host(self) -> str:
        """Return who will read what is sent."""
        return urlsplit(self.url).hostname or ""


def endpoint_in(table: Mapping[str, Any]) -> Endpoint | None:
    """Return the endpoint a table of settings names, None for an empty one. Raises BadWriter.

    Words of customers leave the house only under TLS, unless the model runs on this machine.
    """
    if not table:
        return None
    if unknown := set(table) - KEYS:
        raise BadWriter(f"writer: there is no setting {', '.join(sorted(unknown))}")
    url, model, seconds = str(table.get("url", "")), str(table.get("model", "")), table.get("seconds", 20.0)
    parts = urlsplit(url)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not is_safe or not parts.hostname or not model:
        raise BadWriter("writer: url (https, or http on this machine) and model are both needed")
    if not isinstance(seconds, int | float) or not 1 <= seconds <= 120:
        raise BadWriter(f"writer: seconds is a number from 1 to 120, not {seconds!r}")
    return Endpoint(url=url, model=model, seconds=float(seconds))


def asked(endpoint: Endpoint, *, key: str, messages: Sequence[Mapping[str, str]]) -> str:
    """Return what the model writes. Raises WriterFailed with what happened; the key is never in it."""
    parts = urlsplit(endpoint.url)
    maker = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = maker(parts.hostname or "", parts.port, timeout=endpoint.seconds)
    body = json.dumps({"model": endpoint.model, "messages": list(messages), "temperature": 0.2})
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {key}"} if key else {})}
    until = time.monotonic() + endpoint.seconds
    try:
        connection.request("POST", parts.path + (f"?{parts.query}" if parts.query else ""), body.encode(), headers)
        answer = connection.getresponse()
        said = _read(answer, until)
    except TimeoutError as late:
        raise WriterFailed(f"{endpoint.host} took longer than {endpoint.seconds:g} seconds.") from late
    except (OSError, http.client.HTTPException) as gone:
        raise WriterFailed(f"{endpoint.host} cannot be reached: {type(gone).__name__}.") from gone
    finally:
        connection.close()
    if answer.status != OK:
        raise WriterFailed(f"{endpoint.host} refused: status {answer.status}.")
    return _text(said, endpoint)


def _read(answer: http.client.HTTPResponse, until: float) -> bytes:
    """Return the body. Raises TimeoutError where it trickles in, HTTPException where it is too much."""
    pieces: list[bytes] = []
    while piece := answer.read1(CHUNK):
        pieces.append(piece)
        if time.monotonic() > until:
            raise TimeoutError
        if sum(map(len, pieces)) > LARGEST_ANSWER:
            raise http.client.HTTPException("too long")
    return b"".join(pieces)


def _text(said: bytes, endpoint: Endpoint) -> str:
    try:
        text = json.loads(said)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError) as odd:
        raise WriterFailed(f"{endpoint.host} answered in a form nobody can read.") from odd
    if not isinstance(text, str) or not text.strip():
        raise WriterFailed(f"{endpoint.host} wrote nothing.")
    return text.strip()
