"""The only reader of the time. Everything else is told what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

_wrong_by = timedelta()


def now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC) + _wrong_by  # noqa: TID251 - this is the one place


@contextmanager
def wrong_by(amount: timedelta) -> Iterator[None]:
    """Let the clock of this process be wrong while the context is open, as a machine's clock is when somebody sets it.

    For `amends chaos clock` only; threads begun before see it too.
    """
    global _wrong_by
    before, _wrong_by = _wrong_by, amount
    try:
        yield
    finally:
        _wrong_by = before
