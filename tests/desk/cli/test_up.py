"""The whole desk in one command: it opens, it survives a killed worker, it closes cleanly, it leaves no orphan."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.servers import free_port

PATIENCE_S = 90
OTHERS = ("AMENDS_", "DJANGO_", "DATABASE_URL")  # each desk here has a home and a database of its own
AT_WORK = re.compile(r"The worker is at work \(process (\d+)\)")
OPEN = re.compile(r"The desk is open: (http://\S+)")
RECEIVES = re.compile(r"Mail is received at \S+:(\d+) ")
Heard = Callable[[re.Pattern[str]], str]


class Desk:
    """A running `amends up` and what it says."""

    def __init__(self, home: Path, *words: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OTHERS)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "amends", *words],
            env={**kept, "AMENDS_HOME": str(home)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said: list[str] = []

    def hears(self, *wanted: re.Pattern[str]) -> list[str]:
        """Read on until each was said; return what their groups caught, in the order asked."""
        caught: dict[re.Pattern[str], str] = {}
        while len(caught) < len(wanted) and self.process.stdout and (line := self.process.stdout.readline()):
            self.said.append(line)
            caught |= {pattern: found[1] for pattern in wanted if (found := pattern.search(line))}
        assert len(caught) == len(wanted), "".join(self.said)
        return [caught[pattern] for pattern in wanted]

    def ends(self, number: signal.Signals) -> int:
        """Send the signal, and return the exit status once everybody who held its output has ended."""
        self.process.send_signal(number)
        rest, _ = self.process.communicate()
        self.said.append(rest)
        return self.process.returncode


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    started: list[Desk] = []

    def begun(*words: str) -> Desk:
        started.append(Desk(tmp_path / "desk", *words))
        return started[-1]

    alarm = threading.Timer(PATIENCE_S, lambda: [desk.process.kill() for desk in started])
    alarm.start()
    yield begun
    alarm.cancel()
    for desk in started:
        desk.process.kill()
        desk.process.wait()


def lives(number: str) -> bool:
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    return True


def test_a_killed_worker_comes_back_and_the_desk_closes_cleanly(start: Callable[..., Desk]) -> None:
    desk = start("up", "--port", str(free_port()))
    address, first = desk.hears(OPEN, AT_WORK)
    assert urllib.request.urlopen(f"{address}/health").status == 200
    os.kill(int(first), signal.SIGKILL)
    [second] = desk.hears(AT_WORK)
    assert desk.ends(signal.SIGTERM) == 0
    assert "The desk is closed. Nothing was lost." in desk.said[-1]
    assert not lives(second)


def test_a_new_desk_says_how_to_get_in(start: Callable[..., Desk]) -> None:
    desk = start("serve", "--port", str(free_port()))
    desk.hears(OPEN)
    assert desk.ends(signal.SIGINT) == 0


def test_a_busy_port_leads_to_the_next_one(start: Callable[..., Desk]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        [address] = start("serve", "--port", str(port)).hears(OPEN)
    assert port < int(address.rpartition(":")[2]) <= port + 50


def test_a_killed_desk_leaves_no_orphan_at_work(start: Callable[..., Desk]) -> None:
    desk = start("up", "--port", str(free_port()))
    desk.hears(OPEN, AT_WORK)
    desk.process.kill()
    # `communicate` returns when the last process that holds the output has ended: the worker too.
    rest, _ = desk.process.communicate()
    assert "Traceback" not in rest


def test_the_mail_receiver_comes_up_with_the_desk(start: Callable[..., Desk]) -> None:
    port = free_port()
    desk = start("up", "--port", str(free_port()), "--smtp-in", f"127.0.0.1:{port}")
    desk.hears(OPEN, RECEIVES)
    with socket.create_connection(("127.0.0.1", port)) as line:
        assert line.recv(100).startswith(b"220 ")
    assert desk.ends(signal.SIGTERM) == 0
