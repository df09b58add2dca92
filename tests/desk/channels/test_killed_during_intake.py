"""kill -9 at any moment: what was said yes to is on the disk, and nothing is there twice."""

import smtplib
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from subprocess import DEVNULL

import pytest

from tests.servers import desk_environment, free_port, listens, soon

MAILS = 60
KILLS = 7


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A desk of its own on the disk."""
    assert run(tmp_path, "django", "migrate", "-v0").wait(timeout=60) == 0
    return tmp_path


def run(home: Path, *words: str) -> "subprocess.Popen[bytes]":
    """Start a Python module as a program of its own, with its own desk."""
    return subprocess.Popen([sys.executable, "-m", *words], env=desk_environment(home), stdout=DEVNULL, stderr=DEVNULL)


@contextmanager
def receiver(home: Path, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """Run our mail receiver as a program of its own."""
    program = run(home, "amends", "receive-mail", f"127.0.0.1:{port}")
    try:
        assert soon(lambda: listens(port), at_most_s=30)
        yield program
    finally:
        program.kill()
        program.wait(timeout=10)


def kept(home: Path) -> list[str]:
    with closing(sqlite3.connect(home / "desk.sqlite3")) as database:
        rows = database.execute("SELECT body FROM raw_message")
        return sorted(bytes(body).decode().split("number ")[1].strip() for (body,) in rows)


def test_a_receiver_killed_while_mail_pours_in_loses_none_it_said_yes_to(home: Path) -> None:
    port, waiting, said_yes = free_port(), list(range(MAILS)), list[int]()
    for kill in range(KILLS + 1):
        until = MAILS if kill == KILLS else (kill + 1) * MAILS // (KILLS + 1)
        with receiver(home, port) as program:
            _pour(port, waiting, said_yes, program=program, until=until)
        assert {f"{number}" for number in said_yes} <= set(kept(home))
    assert kept(home) == sorted(f"{number}" for number in range(MAILS))


def _pour(
    port: int, waiting: list[int], said_yes: list[int], *, program: "subprocess.Popen[bytes]", until: int
) -> None:
    """Send what is waiting, as a mail server does: only a "250" takes a mail off the list. Kill when `until` are in."""
    with suppress(OSError, smtplib.SMTPException), smtplib.SMTP("127.0.0.1", port, timeout=10) as smtp:
        smtp.ehlo()
        while waiting:
            smtp.mail("noi@example.org")
            smtp.rcpt("care@lumi.example")
            smtp.docmd("DATA")
            smtp.send(f"Subject: x\r\n\r\nnumber {waiting[0]}\r\n.\r\n")
            if len(said_yes) == until:
                program.kill()  # it has the whole text, and may or may not have kept it
            if smtp.getreply()[0] == 250:
                said_yes.append(waiting.pop(0))
