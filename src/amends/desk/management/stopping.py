"""How a process of the desk learns that it should end."""

import os
import signal
import sys
import threading


def stop_event(*, with_parent: bool) -> threading.Event:
    """Return an event that is set by SIGTERM, by Ctrl-C or, `with_parent`, when our standard input ends.

    A parent that dies, however, closes its end: no orphan goes on working beside its successor.
    """
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    if with_parent:
        # Ctrl-C reaches the whole terminal group; the parent decides, and tells us by closing our input.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        threading.Thread(target=_wait_for_the_end_of_input, args=[stop], daemon=True).start()
    else:
        signal.signal(signal.SIGINT, lambda *_: stop.set())
    return stop


def _wait_for_the_end_of_input(stop: threading.Event) -> None:
    # Not through sys.stdin: a thread that waits in its buffer makes the interpreter abort on its way out.
    while os.read(sys.stdin.fileno(), 1024):
        pass
    stop.set()
