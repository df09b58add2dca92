"""The process that reads mails for the sandbox: `python -m amends.engines.letter_child`. Not for people."""

import os
import resource
import sys
from typing import BinaryIO, Final

from amends.engines.letter_pipe import BrokenPipe, receive, send, send_letter
from amends.mail.parse import all_packs, parse

MEMORY_BYTES: Final = 1_500_000_000
CPU_S: Final = 10
MOST_FILES: Final = 32
ANSWERED, FAILED = b"letter", b"failed"


def main() -> None:
    """Read mails from standard input until it ends; each answer is a letter, or the name of what went wrong."""
    mails, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not run into the answers.
    os.dup2(2, 1)
    _limit()
    all_packs()
    send(answers, ANSWERED)
    while True:
        try:
            desk, raw = receive(mails).decode(), receive(mails)
        except BrokenPipe:
            return
        _answer(raw, desk, answers)


def _answer(raw: bytes, desk: str, answers: BinaryIO) -> None:
    _allow_cpu()
    try:
        letter = parse(raw, desk=desk)
    except Exception as wrong:  # noqa: BLE001 - the parent makes a letter of it either way, and must know why
        send(answers, FAILED, type(wrong).__name__.encode())
        return
    send(answers, ANSWERED)
    send_letter(answers, letter)


def _limit() -> None:
    """Bound what a hostile mail can cost. Not every system knows every limit; the parent's own time limit stays."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, MOST_FILES),
    ):
        try:
            resource.setrlimit(limit, (most, most))
        except (ValueError, OSError):
            continue


def _allow_cpu() -> None:
    """Let this mail have ten seconds of the processor from now on; beyond, the system ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + CPU_S
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    main()
