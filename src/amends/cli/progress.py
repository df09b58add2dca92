"""Show how far a long run is, on standard error, and only to people."""

import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn


class Line(NamedTuple):
    """One raw line of input, and where it stands in its file, from 1."""

    number: int
    raw: bytes


def counted(lines: Iterable[Line], *, total_bytes: int | None) -> Iterator[Line]:
    """Yield the lines unchanged; draw a bar by bytes when the total is known, else a count."""
    if not sys.stderr.isatty():
        yield from lines
        return
    with _bar(total_bytes) as progress:
        task = progress.add_task("lines", total=total_bytes, lines=0)
        for number, line in enumerate(lines, 1):
            yield line
            progress.update(task, advance=len(line.raw), lines=number)


def _bar(total_bytes: int | None) -> Progress:
    console = Console(stderr=True)
    count = TextColumn("{task.fields[lines]} lines")
    if total_bytes is None:
        return Progress(count, TimeElapsedColumn(), console=console, transient=True)
    return Progress(count, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console, transient=True)
