"""A child process that dies comes back; one that is told to end does."""

import os
import signal
import sys
from pathlib import Path

import pytest

from amends.cli.children import Children


def named_pipe(tmp_path: Path) -> Path:
    pipe = tmp_path / "births"
    os.mkfifo(pipe)
    return pipe


def child_that_writes_to(pipe: Path) -> list[str]:
    return [sys.executable, "-c", f"import os, sys; open({str(pipe)!r}, 'w').write(str(os.getpid())); sys.stdin.read()"]


def next_birth(pipe: Path) -> int:
    return int(pipe.read_text())  # a named pipe: waits until a child has written and closed it


def test_a_killed_child_comes_back(tmp_path: Path) -> None:
    said: list[str] = []
    pipe = named_pipe(tmp_path)
    children = Children(said.append)
    children.keep("worker", child_that_writes_to(pipe))
    first = next_birth(pipe)
    os.kill(first, signal.SIGKILL)
    second = next_birth(pipe)
    children.end()
    assert first != second
    assert "worker ended (signal 9)" in said[0]


def test_children_end_when_they_are_told_to(tmp_path: Path) -> None:
    pipe = named_pipe(tmp_path)
    children = Children(print)
    children.keep("worker", child_that_writes_to(pipe))
    number = next_birth(pipe)
    children.end()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
