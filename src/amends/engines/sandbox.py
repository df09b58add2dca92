"""Mails read in a process of their own, bounded in time and memory: docs/decisions/0072."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from typing import BinaryIO, Final, cast

from amends.engines.letter_child import ANSWERED
from amends.engines.letter_pipe import BrokenPipe, receive, receive_letter, send
from amends.mail.letter import Letter
from amends.mail.rescue import rescued
from amends.vocabulary import AmendsError

LONGEST_S: Final = 30.0
"""Of the clock on the wall; the child bounds its own processor time to ten seconds, so this ends only what hangs."""
STARTING_S: Final = 60.0
ENDING_S: Final = 2.0
MOST_CHILDREN: Final = 2
MOST_MAILS: Final = 5_000
LARGEST_TO_STAY: Final = 4_000_000
"""Bytes. After a larger mail the child is let go, so that its memory comes back."""
COMMAND: Final = (sys.executable, "-m", "amends.engines.letter_child")
NEEDED: Final = ("PATH", "PYTHONPATH", "LANG", "LC_ALL")
"""Of the environment: no settings and no secrets go to a process that reads strangers' bytes."""


class CannotRead(AmendsError):
    """The process that reads mails could not be started. No mail is lost; they wait until it can. Look at memory."""


class Unreadable(Exception):
    """The reading process ended, was ended, or could not read this mail. Never seen outside this module."""


class Ended(Unreadable):
    """The reading process ended by itself, or the system ended it."""


@dataclass(kw_only=True)
class Child:
    """One reading process, kept warm from mail to mail."""

    process: "subprocess.Popen[bytes]"
    questions: BinaryIO
    answers: BinaryIO
    mails: int = 0

    def read(self, raw: bytes, *, desk: str, longest_s: float) -> Letter:
        """Return the letter. Raises Unreadable, after which this child is of no more use."""
        self.mails += 1
        with self._for_at_most(longest_s):
            send(self.questions, desk.encode(), raw)
            self._expect_an_answer()
            return receive_letter(self.answers)

    def begin(self) -> None:
        """Wait until it has loaded its packs. Raises Unreadable."""
        with self._for_at_most(STARTING_S):
            self._expect_an_answer()

    def end(self) -> None:
        """Let it go."""
        self.process.kill()
        for pipe in (self.questions, self.answers):
            with suppress(OSError):
                pipe.close()
        self.process.wait()

    def _expect_an_answer(self) -> None:
        if receive(self.answers) != ANSWERED:
            raise Unreadable(receive(self.answers).decode("ascii", "replace")[:60])

    def _used_up_its_time(self) -> bool:
        """Return whether the system ended it for its share of the processor, so that trying again would be in vain."""
        try:
            return self.process.wait(ENDING_S) == -signal.SIGXCPU
        except subprocess.TimeoutExpired:
            return False

    @contextmanager
    def _for_at_most(self, seconds: float) -> Iterator[None]:
        """Kill the process when it takes longer: its pipes then end, and so does our waiting on them."""
        late = threading.Event()

        def end_it() -> None:
            late.set()
            self.process.kill()

        alarm = threading.Timer(seconds, end_it)
        alarm.start()
        try:
            yield
        except (BrokenPipe, OSError, ValueError) as wrong:
            too_long = late.is_set() or self._used_up_its_time()
            raise (Unreadable("it took too long") if too_long else Ended("the reading process ended")) from wrong
        finally:
            alarm.cancel()


@dataclass(kw_only=True)
class SandboxReader:
    """Reads letters in warm processes of their own; a mail that kills its reader harms nobody else.

    What cannot be read is rescued: a letter of the headers and first plain words with the mail attached, and a doubt.
    """

    command: tuple[str, ...] = COMMAND
    longest_s: float = LONGEST_S
    free: list[Child] = field(default_factory=list)
    places: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(MOST_CHILDREN))

    def read(self, raw: bytes, *, desk: str) -> Letter:
        """Return the letter; whatever the mail does to its reader, there is one. Raises CannotRead."""
        with self.places:
            try:
                return self._read_twice(raw, desk)
            except Unreadable as wrong:
                return rescued(raw, why=f"this mail could not be read safely ({wrong})", desk=desk)

    def close(self) -> None:
        """Let every idle child go."""
        while self.free:
            self.free.pop().end()

    def _read_twice(self, raw: bytes, desk: str) -> Letter:
        """Try once more when the process ended: another mail, or a system short of memory, may have ended it."""
        try:
            return self._read(raw, desk)
        except Ended:
            return self._read(raw, desk)

    def _read(self, raw: bytes, desk: str) -> Letter:
        child = self._child()
        stays = False
        try:
            letter = child.read(raw, desk=desk, longest_s=self.longest_s)
            stays = len(raw) <= LARGEST_TO_STAY and child.mails < MOST_MAILS
        finally:
            if stays:
                self.free.append(child)
            else:
                child.end()
        return letter

    def _child(self) -> Child:
        """Return an idle child that still lives, else a new one. Raises CannotRead when none can be started."""
        while True:
            try:
                child = self.free.pop()
            except IndexError:
                return self._new()
            if child.process.poll() is None:
                return child
            child.end()

    def _new(self) -> Child:
        try:
            process = subprocess.Popen(  # noqa: S603 - our own module, no words from outside
                self.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in NEEDED if name in os.environ},
                # Ctrl-C in the terminal is for the worker, which lets its work end; the child ends when its pipe does.
                start_new_session=True,
            )
        except OSError as wrong:
            raise CannotRead from wrong
        child = Child(process=process, questions=cast(BinaryIO, process.stdin), answers=cast(BinaryIO, process.stdout))
        try:
            child.begin()
        except Unreadable as wrong:
            child.end()
            raise CannotRead from wrong
        return child


@cache
def letter_reader() -> SandboxReader:
    """Return the reader of this process: one for all callers."""
    return SandboxReader()
