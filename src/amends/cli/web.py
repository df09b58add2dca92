"""Serve the pages of the desk with uvicorn, on the next free port, until Ctrl-C or SIGTERM."""

import signal
import socket
from collections.abc import Callable
from types import FrameType
from typing import Final

import uvicorn

from amends.vocabulary import AmendsError

PORTS_TRIED: Final = 50
GOODBYE_WITHIN_S: Final = 3


class NoFreePort(AmendsError):
    """No port is free here. End what holds them, or name another one with --port."""


def bound_socket(host: str, port: int) -> socket.socket:
    """Return a listening socket on the port, or on the next one that is free. Raises NoFreePort, OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for tried in range(port, min(port + PORTS_TRIED, 65536)):
        try:
            return socket.create_server((host, tried), family=family)
        except OSError as refused:
            if "in use" not in str(refused):
                raise
    raise NoFreePort(f"No port from {port} on is free here. Name another one with --port.")


def serve(listening: socket.socket, *, when_ready: Callable[[], None]) -> None:
    """Serve until told to stop; `when_ready` is called once requests are answered."""
    # The live pages hold their connections open for ever, so goodbye is limited.
    config = uvicorn.Config(
        "amends.desk.asgi:application",
        log_level="warning",
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=GOODBYE_WITHIN_S,
    )
    # After its own clean stop uvicorn raises the signal once more for whoever listened before: that is us, content.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _content)
    _Server(config, when_ready).run(sockets=[listening])


class _Server(uvicorn.Server):
    """A server that says when it is ready."""

    def __init__(self, config: uvicorn.Config, when_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._when_ready = when_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, then say so."""
        await super().startup(sockets)
        self._when_ready()


def _content(number: int, frame: FrameType | None) -> None:
    """Do nothing: the stop has been done."""
