"""Programs of the desk that we start, kill without warning, and start again."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

STARTS_WITHIN_S: Final = 30.0
ENDS_WITHIN_S: Final = 30.0


class Program:
    """One `amends` command as a process of its own, its words in a file beside the database.

    `port`: where it listens, so that `start` can wait for it. `before` runs in the new process before Python does.
    """

    def __init__(
        self, home: Path, *words: str, port: int | None = None, before: Callable[[], None] | None = None
    ) -> None:
        self._words = [sys.executable, "-m", "amends", *words, *(["--with-parent"] if words[0] != "serve" else [])]
        self._log = home / f"{words[0]}.log"
        self._port, self._before = port, before
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it listens when it has a port. Raises TimeoutError."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  # our own Python, our own words
                self._words, stdin=subprocess.PIPE, stdout=log, stderr=log, preexec_fn=self._before
            )
        if self._port and not soon(lambda: listens(self._port or 0), at_most_s=STARTS_WITHIN_S):
            raise TimeoutError(f"{self._words[3]} does not listen; see {self._log}")

    def kill(self) -> None:
        """End it as a power cut does: kill -9."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def end(self) -> None:
        """Ask it to end, and wait until it has."""
        if not self._process or self._process.poll() is not None:
            return
        if self._process.stdin:
            self._process.stdin.close()
        self._process.terminate()
        try:
            self._process.wait(ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.kill()


@contextmanager
def running(*programs: Program) -> Iterator[None]:
    """Keep programs running while the context is open."""
    try:
        for program in programs:
            program.start()
        yield
    finally:
        for program in programs:
            program.end()


def free_port() -> int:
    """Return a loopback port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def listens(port: int) -> bool:
    """Return whether somebody answers on that loopback port."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def soon(claim: Callable[[], bool], *, at_most_s: float, every_s: float = 0.02) -> bool:
    """Return whether a claim about another thread or program becomes true in time."""
    end = time.monotonic() + at_most_s
    while not (held := claim()) and time.monotonic() < end:
        time.sleep(every_s)
    return held
