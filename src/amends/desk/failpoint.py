"""The named steps of intake and sending, at each of which a test can make the desk fail. Nothing else ever arms one.

The table is the list of moments at which a disk fills, a line breaks or a process dies; tests/desk/failpoints goes
through all of them and shows that nothing is lost, doubled, or sent again after it may have arrived.
"""

from collections.abc import Callable
from typing import Final

STEPS: Final = (
    "receive.begun",
    "receive.blob_kept",
    "receive.rows_written",
    "receive.committed",
    "file.begun",
    "file.understood",
    "file.sketched",
    "file.rows_written",
    "file.committed",
    "send.reviewed",
    "send.rows_written",
    "send.committed",
    "deliver.begun",
    "deliver.rows_claimed",
    "deliver.claimed",
    "deliver.composed",
    "deliver.letter_kept",
    "smtp.connected",
    "smtp.recipient_taken",
    "smtp.text_given",
    "smtp.answered",
    "deliver.handed_over",
    "deliver.rows_written",
    "deliver.written",
)
"""In the order in which a mail, and then its answer, passes them."""
INTAKE: Final = tuple(step for step in STEPS if step.startswith(("receive.", "file.")))
SENDING: Final = tuple(step for step in STEPS if step not in INTAKE)

_armed: dict[str, Callable[[], None]] = {}


def failpoint(step: str) -> None:
    """Pass a named step: nothing, unless a test has armed it."""
    if _armed:
        _armed.get(step, _nothing)()


def arm(step: str, failure: Callable[[], None]) -> None:
    """Let the next passing of a step fail in that way, once. Raises ValueError for a step that is not in the table."""
    if step not in STEPS:
        raise ValueError(f"no step is called {step!r}")

    def fail_once() -> None:
        del _armed[step]
        failure()

    _armed[step] = fail_once


def is_armed() -> bool:
    """Return whether an armed step was not passed yet."""
    return bool(_armed)


def _nothing() -> None:
    pass
