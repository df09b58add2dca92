"""`amends bench`: how fast the pure commands are, and with how much memory, so that figures can be made again."""

import argparse
import importlib
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from amends.vocabulary import AmendsError, JsonObject

NAME: Final = "bench"
HELP: Final = """Measure one command over JSON Lines: lines per second, CPU time per line, peak memory of this process.

Names: read, coach, promises; read and coach without the encoder, which would remember the lines it has seen. Each line
is what that command reads. Lines are repeated until --lines are done; the first pass warms up and is not counted.

example:
  amends bench read messages.jsonl --lines 1000
"""
ANSWERS: Final = {
    "read": ("amends.cli.read", {"tier": "quick"}),
    "coach": ("amends.cli.coach", {"tier": "quick"}),
    "promises": ("amends.cli.promises", {}),
}
KIB_PER_MIB: Final = 1024


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("name", choices=sorted(ANSWERS), help="which command")
    parser.add_argument("file", type=Path, help="JSON Lines that the command reads")
    parser.add_argument("--lines", type=int, default=1000, help="how many answers to time (default 1000)")


def run(args: argparse.Namespace) -> int:
    """Print one JSON object with the figures; return the exit status."""
    rows = [json.loads(line) for line in args.file.read_text(encoding="utf-8").splitlines()]
    print(json.dumps({"bench": args.name, **measured(_answer(args.name), rows, lines=args.lines)}))
    return 0


def measured(answer: Callable[[JsonObject], JsonObject], rows: list[JsonObject], *, lines: int) -> JsonObject:
    """Return figures over `lines` answers, taken in turn from `rows`. Raises AmendsError without rows."""
    if not rows:
        raise AmendsError("There is nothing to measure: the file is empty.")
    for row in rows:
        answer(row)
    spent = [_cpu_ms(answer, rows[number % len(rows)]) for number in range(lines)]
    return {
        "lines": lines,
        "lines_per_cpu_second": round(1000 * lines / sum(spent), 1),
        "cpu_ms_p50": round(statistics.median(spent), 3),
        "cpu_ms_p95": round(statistics.quantiles(spent, n=20)[-1], 3) if lines > 1 else round(spent[0], 3),
        "peak_memory_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB, 1),
        "python": sys.version.split()[0],
    }


def _cpu_ms(answer: Callable[[JsonObject], JsonObject], row: JsonObject) -> float:
    before = time.process_time_ns()
    answer(row)
    return (time.process_time_ns() - before) / 1e6


def _answer(name: str) -> Callable[[JsonObject], JsonObject]:
    module, options = ANSWERS[name]
    answer: Callable[..., JsonObject] = importlib.import_module(module).answer
    return partial(answer, **options)
