"""Filling the demo takes a minute: whoever waits sees how far it is."""

from io import StringIO

import pytest
from django.core.management.base import OutputWrapper

from amends.desk.management.commands.seed_demo import Progress


class Terminal(StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        """Return that they do."""
        return True


@pytest.mark.parametrize(
    ("stream", "said"),
    [
        (StringIO(), "2 of 15 letters and decisions told\n"),
        (Terminal(), "\r1 of 15 letters and decisions told\r2 of 15"),
    ],
)
def test_a_pipe_gets_plain_lines_and_a_terminal_one_line_that_counts(stream: StringIO, said: str) -> None:
    tell = Progress(OutputWrapper(stream))
    for done in range(1, 16):
        tell(done, 15)
    assert stream.getvalue().startswith(said)
    assert stream.getvalue().endswith("15 of 15 letters and decisions told\n")
    assert stream.getvalue().count("\n") == (1 if stream.isatty() else 10)
