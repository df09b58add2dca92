"""Real servers beside a desk, and mails of one customer."""

from collections.abc import Callable, Iterator

import pytest

from tests.servers import Post, Sink, dovecot_server, smtp_sink


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Post]:
    """One Dovecot for all tests of a worker; each test has a folder of its own."""
    with dovecot_server() as post:
        yield post


@pytest.fixture
def post(dovecot: Post, request: pytest.FixtureRequest) -> Post:
    """The IMAP server, with its inbox empty."""
    dovecot.empty()
    return dovecot


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A mail server that takes everything until its mood is changed."""
    with smtp_sink() as server:
        yield server


@pytest.fixture
def mail() -> Callable[..., bytes]:
    """Write a mail: `mail("1", "Where is it?")`; the number makes its Message-ID."""

    def written(number: str, text: str = "Where is my parcel?", *, sender: str = "noi@example.org") -> bytes:
        head = f"From: Noi <{sender}>\r\nTo: care@lumi.example\r\nSubject: Parcel\r\nMessage-ID: <{number}@example.org>"
        return f"{head}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n".encode()

    return written
