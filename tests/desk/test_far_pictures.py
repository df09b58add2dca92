"""Pictures from elsewhere: asked for once, at the address that was judged, and only on the open internet."""

import io
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from PIL import Image

from amends.desk.far_pictures import MOST_BYTES, Fetched, fetch
from amends.desk.operations.pictures import drawn_again

PUBLIC = "93.184.216.34"
Answer = Callable[[BaseHTTPRequestHandler], None]


def png() -> bytes:
    made = io.BytesIO()
    Image.new("RGBA", (40, 20), (200, 30, 30, 128)).save(made, "PNG")
    return made.getvalue()


def gives(content: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


class Elsewhere:
    """A web server on loopback that stands for the whole internet; it writes down what it was asked."""

    def __init__(self, answer: Answer) -> None:
        asked: list[tuple[str, dict[str, str]]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                answer(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.asked, self.names, self.lines = asked, list[str](), list[tuple[str, int]]()
        self.server = HTTPServer(("127.0.0.1", 0), Handler)

    def resolve(self, host: str, port: int) -> list[str]:
        self.names.append(host)
        return ["127.0.0.1"] if host.startswith("inside.") else [PUBLIC]

    def connect(self, address: str, port: int) -> socket.socket:
        self.lines.append((address, port))
        return socket.create_connection(("127.0.0.1", self.server.server_port), timeout=5)

    def fetch(self, address: str) -> Fetched:
        return fetch(address, resolve=self.resolve, connect=self.connect)


@contextmanager
def elsewhere(answer: Answer) -> Iterator[Elsewhere]:
    world = Elsewhere(answer)
    threading.Thread(target=world.server.serve_forever, daemon=True).start()
    try:
        yield world
    finally:
        world.server.shutdown()
        world.server.server_close()


def test_a_picture_comes_whole() -> None:
    with elsewhere(gives(png())) as world:
        assert world.fetch("http://cdn.lumi.shop/a.png?x=1").content == png()
    assert (world.names, world.lines) == (["cdn.lumi.shop"], [(PUBLIC, 80)])


def test_the_other_side_learns_nothing_about_the_reader() -> None:
    with elsewhere(gives(png())) as world:
        world.fetch("http://cdn.lumi.shop/a.png")
    headers = world.asked[0][1]
    assert set(headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}


def test_a_name_that_leads_inside_is_not_called() -> None:
    with elsewhere(gives(png())) as world:
        assert "not public" in world.fetch("http://inside.lumi.shop/a.png").why_not
    assert world.lines == []


def test_one_public_address_beside_a_private_one_is_not_enough() -> None:
    found = fetch("http://cdn.lumi.shop/", resolve=lambda host, port: [PUBLIC, "10.0.0.1"], connect=_nobody)
    assert "not public" in found.why_not


def test_a_name_is_resolved_once_and_called_where_it_was_judged() -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    called: list[str] = []

    def connect(address: str, port: int) -> socket.socket:
        called.append(address)
        raise OSError

    fetch("http://cdn.lumi.shop/", resolve=lambda host, port: next(answers), connect=connect)
    assert called == [PUBLIC]


@pytest.mark.parametrize(
    "to", ["http://inside.lumi.shop/", "http://127.0.0.1/", "file:///etc/passwd", "http://lumi.shop:22/", "//[::1]/"]
)
def test_a_redirect_is_judged_like_an_address(to: str) -> None:
    with elsewhere(gives(b"", 302, Location=to)) as world:
        assert world.fetch("http://cdn.lumi.shop/a.png").content == b""
    assert len(world.asked) == 1


def test_redirects_end() -> None:
    with elsewhere(gives(b"", 302, Location="/again")) as world:
        assert world.fetch("http://cdn.lumi.shop/").why_not == "redirected too often"
    assert len(world.asked) == 4


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (gives(b"x" * (MOST_BYTES + 1)), "larger than 8 MB"),
        (gives(b"x", Content_Encoding="gzip"), "packed, though we asked for it plain"),
        (gives(b"x", 404), "the host answered 404"),
        (lambda handler: handler.connection.close(), "on the way"),
        (lambda handler: handler.wfile.write(b"no http at all\r\n\r\n") and None, "on the way"),
    ],
)
def test_what_is_no_picture_is_said_and_not_raised(answer: Answer, why: str) -> None:
    with elsewhere(answer) as world:
        found = world.fetch("http://cdn.lumi.shop/a.png")
    assert (found.content, why in found.why_not) == (b"", True)


def test_a_picture_is_drawn_again_without_what_it_carried() -> None:
    made = io.BytesIO()
    Image.new("RGB", (3000, 10), "red").save(made, "JPEG", exif=b"Exif\x00\x00secret place")
    drawn = drawn_again(made.getvalue() + b"<script>")
    assert drawn is not None
    assert (drawn.media_type, drawn.content[:4], Image.open(io.BytesIO(drawn.content)).size[0]) == (
        "image/webp",
        b"RIFF",
        1600,
    )
    assert b"secret place" not in drawn.content
    assert b"script" not in drawn.content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<html>",
        png()[:60],
        b"%PDF-1.4",
        b"II*\x00",
    ],
)
def test_what_is_no_picture_is_not_drawn(content: bytes) -> None:
    assert drawn_again(content) is None


def test_a_picture_that_unfolds_to_too_many_points_is_not_drawn() -> None:
    made = io.BytesIO()
    Image.new("1", (6000, 6000)).save(made, "PNG")
    assert drawn_again(made.getvalue()) is None


def _nobody(address: str, port: int) -> socket.socket:
    raise AssertionError("called")
