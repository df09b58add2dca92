"""Child processes that come back: whoever dies is started again, whoever is told to end gets the time to."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import Final

LOOK_EVERY_S: Final = 0.2
FIRST_PAUSE_S: Final = 0.5
LONGEST_PAUSE_S: Final = 30.0
LIVED_WELL_S: Final = 30.0
END_WITHIN_S: Final = 20.0

Say = Callable[[str], None]


def amends_command(*words: str) -> list[str]:
    """Return the command that runs another `amends` with this same Python."""
    return [sys.executable, "-m", "amends", *words]


class Children:
    """Processes kept alive until `end`. Each holds our end of a pipe: if we die, it notices and ends too."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def keep(self, name: str, command: Sequence[str]) -> None:
        """Start a process, and start it again whenever it ends by itself."""
        thread = threading.Thread(target=self._keep_alive, args=[name, command], name=name)
        self._threads.append(thread)
        thread.start()

    def end(self) -> None:
        """Tell all to end, and wait until they have."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _keep_alive(self, name: str, command: Sequence[str]) -> None:
        pause_s = FIRST_PAUSE_S
        while not self._stop.is_set():
            began = time.monotonic()
            child = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603  # our own Python, our own words
            while child.poll() is None and not self._stop.wait(LOOK_EVERY_S):
                pass
            if child.poll() is None:
                _end(child)
                return
            pause_s = FIRST_PAUSE_S if time.monotonic() - began > LIVED_WELL_S else min(LONGEST_PAUSE_S, pause_s * 2)
            self._say(f"The {name} ended ({_how(child.returncode)}). It starts again in {pause_s:.0f} s.")
            self._stop.wait(pause_s)


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Close its input, which tells it to end; kill it only when it does not."""
    if child.stdin:
        child.stdin.close()
    try:
        child.wait(END_WITHIN_S)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _how(returncode: int) -> str:
    return f"signal {-returncode}" if returncode < 0 else f"exit status {returncode}"
