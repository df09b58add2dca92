"""A desk served by the real server on a port of its own while it is measured, and a browser without a screen."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.core.management.base import CommandError

from amends.desk.management.page_times import browser_of
from amends.desk.models import Agent

HERE: Final = "127.0.0.1"
PATIENCE_S: Final = 60
LOOK_EVERY_S: Final = 0.1


class Server(NamedTuple):
    """A server that runs: where, and which process it is."""

    port: int
    process: int

    def cpu_ms(self) -> float | None:
        """Return how long it has computed so far; None where the system does not say (it is not Linux)."""
        about = Path(f"/proc/{self.process}/stat")
        if not about.exists():
            return None
        user, system = about.read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
        return 1000 * (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


class Browser:
    """One connection that stays open, with somebody's session, as htmx uses it."""

    def __init__(self, port: int, agent: Agent) -> None:
        self._server = HTTPConnection(HERE, port, timeout=PATIENCE_S)
        cookies = browser_of(agent).cookies
        self._session = f"{settings.SESSION_COOKIE_NAME}={cookies[settings.SESSION_COOKIE_NAME].value}"
        self._token = ""

    def open(self, address: str) -> None:
        """Open a page, and keep the token without which nothing may be changed."""
        self._server.request("GET", address, headers={"Cookie": self._session})
        answer = self._server.getresponse()
        answer.read()
        _refuse_but(200, answer.status, address)
        given = [each.partition(";")[0] for each in answer.headers.get_all("Set-Cookie") or ()]
        self._token = next((each for each in given if each.startswith(settings.CSRF_COOKIE_NAME)), self._token)

    def post_ms(self, address: str, fields: Mapping[str, str]) -> float:
        """Return how many ms pass from sending a form to the last byte of its answer."""
        headers = {
            "Cookie": f"{self._session}; {self._token}", "X-CSRFToken": self._token.partition("=")[2],
            "HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        body = urlencode(fields)
        began = time.perf_counter()
        self._server.request("POST", address, body, headers)
        answer = self._server.getresponse()
        answer.read()
        taken = 1000 * (time.perf_counter() - began)
        _refuse_but(200, answer.status, address)
        return taken


@contextmanager
def served() -> Iterator[Server]:
    """Serve this desk on a free loopback port until the block ends. Raises CommandError when no server comes up."""
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", "amends.desk.asgi:application", "--port", str(port)]
    server = subprocess.Popen([*command, "--log-level", "error"], env=os.environ)  # noqa: S603 - our own server
    try:
        _wait_for(port, server)
        yield Server(port=port, process=server.pid)
    finally:
        server.terminate()
        server.wait(PATIENCE_S)


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection((HERE, port), timeout=1).close()
            return
        except OSError:
            time.sleep(LOOK_EVERY_S)
    raise CommandError("The server of the bench did not come up.")


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind((HERE, 0))
        return int(asked.getsockname()[1])


def _refuse_but(wanted: int, status: int, address: str) -> None:
    if status != wanted:
        raise CommandError(f"{address} answered {status}")
