"""Lines per second of one pure command: what the benches of `read`, `coach` and `promises` share."""

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from amends.measures.times import p50, p95
from amends.vocabulary import AmendsError, JsonObject

KIB_PER_MIB: Final = 1024
BYTES_PER_KIB: Final = 1024
Answer = Callable[[JsonObject], JsonObject]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add which lines, and how many answers."""
    parser.add_argument("file", type=Path, help="JSON Lines that the command reads")
    parser.add_argument("--lines", type=int, default=1000, help="how many answers to time (default 1000)")


def report(name: str, answer: Answer, args: argparse.Namespace) -> int:
    """Print one JSON object with the figures; return the exit status."""
    rows = rows_of(args.file)
    print(json.dumps({"bench": name, **measured(answer, rows, lines=args.lines)}))
    return 0


def rows_of(path: Path) -> list[JsonObject]:
    """Return the JSON objects of a file of lines, blank ones passed over. Raises AmendsError with the line at fault."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as wrong:
        raise AmendsError(f"{path}: cannot be read: {wrong.strerror}") from wrong
    except UnicodeDecodeError as wrong:
        raise AmendsError(f"{path}: is not written in UTF-8") from wrong
    return [_row(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _row(path: Path, number: int, line: str) -> JsonObject:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as wrong:
        raise AmendsError(f"{path}, line {number}: not JSON: {wrong}") from wrong
    if not isinstance(row, dict):
        raise AmendsError(f"{path}, line {number}: a line must be a JSON object")
    return row


def measured(answer: Answer, rows: list[JsonObject], *, lines: int) -> JsonObject:
    """Return figures over `lines` answers, taken in turn from `rows`. Raises AmendsError without rows.

    `first_…`: of rows seen for the first time, the very first apart, which loads everything; `new_…`: of their second
    half, by a process that has read the first, as one at work has; `…_per_kb`: of 1,024 bytes of the text itself.
    A text seen before costs less, as a draft does while it grows: the engine remembers its states.
    """
    if not rows:
        raise AmendsError("There is nothing to measure: the file is empty.")
    first = [_cpu_ms(answer, row) for row in rows]
    new = first[max(1, len(first) // 2) :]
    asked = [rows[number % len(rows)] for number in range(lines)]
    spent = [_cpu_ms(answer, row) for row in asked]
    return {
        "lines": lines,
        "lines_per_cpu_second": round(1000 * lines / sum(spent), 1),
        "cpu_ms_p50": round(p50(spent), 3),
        "cpu_ms_p95": round(p95(spent), 3),
        "cpu_ms_per_kb_p95": round(p95([ms / _kib(row) for ms, row in zip(spent, asked, strict=True)]), 3),
        "new_lines": len(new),
        "new_lines_per_cpu_second": round(1000 * len(new) / sum(new), 1) if new else None,
        "first_cpu_ms_p95": round(p95(first[1:] or first), 3),
        "peak_memory_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB, 1),
        "python": sys.version.split()[0],
    }


def _kib(row: JsonObject) -> float:
    text = str(row.get("reply") or row.get("text") or "")
    return max(1, len(text.encode("utf-8", "surrogatepass"))) / BYTES_PER_KIB


def _cpu_ms(answer: Answer, row: JsonObject) -> float:
    before = time.process_time_ns()
    answer(row)
    return (time.process_time_ns() - before) / 1e6
