"""`amends bench promises`: how fast and how rightly `amends promises` answers, beside other finders of times."""

import argparse
import json
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from amends.cli.benches import lines
from amends.cli.benches.dating.judging import Found, judged
from amends.cli.benches.dating.peers import CHRONO, PYTHON_PEERS, asked
from amends.cli.benches.sides import show
from amends.cli.named_language import named_language
from amends.cli.promises import answer
from amends.languages.guess import language
from amends.vocabulary import AmendsError, JsonObject

NAME: Final = "promises"
HELP: Final = f"""What a reply promises, and by when.

Each line is what `amends promises` reads. Lines are repeated until --lines are done; the first pass warms up and is
counted apart. One JSON object comes out: lines per second, CPU time a line, a KB of text and a line never seen before,
peak memory of this process.

Where every line is labelled ("promises": [{{"due_end"}}], none for a trap) it also says how rightly: precision and
recall of due times to the minute and to the day, and how many traps fired, with 95 % intervals. With --peers,
{", ".join(PYTHON_PEERS.values())} and {CHRONO} answer the same lines: they are installed into a throwaway folder; one
that cannot run here is left out by name. They find times, not promises: what they do with traps is no fault of theirs.

example:
  amends bench promises lines.jsonl --lines 1000
  amends bench promises labelled.jsonl --language en --peers
"""
SHOWN: Final = (
    "due_precision",
    "due_recall",
    "day_precision",
    "day_recall",
    "traps_fired",
    "cpu_ms_p50",
    "cpu_ms_mean",
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add which lines, how many answers, their language, and whether peers answer too."""
    lines.configure(parser)
    parser.add_argument(
        "--language", type=named_language, help="the language of all lines (default: what most of them look like)"
    )
    parser.add_argument(
        "--peers", action="store_true", help="install the other libraries for the time being, and ask them"
    )


def run(args: argparse.Namespace) -> int:
    """Print a table on standard error where lines are labelled, and one JSON object; return the exit status."""
    rows = lines.rows_of(args.file)
    figures = {"bench": NAME, **lines.measured(answer, rows, lines=args.lines)}
    if all("promises" in row for row in rows):
        figures |= _judged(_told(rows, args.language), peers=args.peers)
        show(figures, SHOWN, said=_said)
    elif args.peers:
        raise AmendsError('Peers are measured on labelled lines only: give each line its "promises".')
    print(json.dumps(figures))
    return 0


def _told(rows: Sequence[JsonObject], tongue: str | None) -> list[JsonObject]:
    """Return lines that all say their language: the one given, or the one that most of them look like."""
    seen = [language(str(row["text"]))[0] for row in rows]
    return [{**row, "language": tongue or max(set(seen), key=seen.count)} for row in rows]


def _judged(rows: Sequence[JsonObject], *, peers: bool) -> JsonObject:
    found = {"amends": [_ours(row) for row in rows]}
    absent: dict[str, str] = {}
    if peers:
        with tempfile.TemporaryDirectory(prefix="amends-bench-") as folder:
            theirs, absent = asked(rows, Path(folder))
        found |= theirs
    sides = {side: judged(rows, answers) for side, answers in found.items()}
    return {"labelled": len(rows), "language": rows[0]["language"], "sides": sides, "absent": absent}


def _ours(row: JsonObject) -> Found:
    before = time.process_time_ns()
    promises = answer(row)["promises"]
    spent = (time.process_time_ns() - before) / 1e6
    return Found(cpu_ms=spent, ends=[datetime.fromisoformat(each["due_end"]) for each in promises if each["due_end"]])


def _said(figure: JsonObject) -> str:
    return f"{figure['value']:.3f} [{figure['low']:.2f}–{figure['high']:.2f}] n={figure['n']}"
