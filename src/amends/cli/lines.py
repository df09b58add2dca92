"""JSON Lines in, JSON Lines out: the frame of every command that answers line by line.

A command gives one function, a parsed line in, its answer out; this module owns order, bad lines, processes, progress
and the exit status. With `--workers` the function is sent to other processes, so it must be one of a module's top level
(or a `functools.partial` of one).
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from rich.console import Console

from amends.cli.pool import in_order
from amends.cli.progress import Line, counted
from amends.vocabulary import AmendsError, JsonObject

Answer = Callable[[JsonObject], JsonObject]
Show = Callable[[str, JsonObject, Console], None]

LINES_OF: Final = (".jsonl", ".ndjson", ".json")
NO_SUCH_FILE: Final = 2


class BadLine(AmendsError):
    """This line is not what the command reads. Mend it and send it again; the other lines are answered."""


class Answered(NamedTuple):
    """One line of output, and whether its input was good."""

    line: str
    good: bool


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what every line-by-line command takes: FILES or a text, and `--workers`."""
    parser.add_argument(
        "inputs", nargs="*", metavar="FILE | TEXT", help="JSON Lines files, or a text; default: JSON Lines on stdin"
    )
    parser.add_argument("--workers", type=_count, default=1, metavar="N", help="use N processes (default 1)")
    parser.add_argument("--json", action="store_true", help="print JSON even for a text given as an argument")


def run(args: argparse.Namespace, answer: Answer, *, text_key: str = "text", show: Show | None = None) -> int:
    """Answer every line of the input in order and return 0, or 1 when a line was bad.

    `answer` takes a line's JSON object and returns the fields of its result, without `id`; it raises BadLine (or any
    AmendsError) with words for the user. A text on the command line (or typed, when standard input is a terminal) is
    answered as `{text_key: text}` and printed for people by `show`.
    """
    if missing := [path for path in args.inputs if path.endswith(LINES_OF) and not _is_file(path)]:
        print(f"amends: no such file: {', '.join(missing)}", file=sys.stderr)
        return NO_SUCH_FILE
    text = _text(args.inputs)
    if text is not None:
        return _for_people(text, answer, text_key, None if args.json else show or _pretty)
    return _for_pipes(args, answer)


def text_of(line: JsonObject, key: str = "text") -> str:
    """Return a line's text. Raises BadLine when it has none or it is not a string."""
    text = line.get(key)
    if not isinstance(text, str):
        raise BadLine(f"`{key}` is missing" if text is None else f"`{key}` must be a string")
    return text


def optional_text_of(line: JsonObject, key: str) -> str | None:
    """Return a line's optional text, None when absent or null. Raises BadLine when it is not a string."""
    return None if line.get(key) is None else text_of(line, key)


def answered(given: Line, *, answer: Answer) -> Answered:
    """Return the line that answers one raw line; whatever is wrong with it becomes its `error`, never an exception."""
    line: object = None
    try:
        line = json.loads(given.raw)
        if not isinstance(line, dict):
            raise BadLine("a line must be a JSON object")
        return Answered(_written({"id": line.get("id"), **answer(line)}), True)
    except (ValueError, RecursionError) as wrong:
        detail = f"not JSON: {wrong}" if line is None else f"{type(wrong).__name__}: {wrong}"
    except AmendsError as wrong:
        detail = str(wrong)
    except Exception as wrong:  # noqa: BLE001  # the promise of the contract: one bad line never stops the rest
        detail = f"{type(wrong).__name__}: {wrong}"
    name = line.get("id") if isinstance(line, dict) else None
    return Answered(_written({"id": name, "line": given.number, "error": detail}), False)


def _for_pipes(args: argparse.Namespace, answer: Answer) -> int:
    good = True
    lines = _said(args.inputs)
    for result in in_order(partial(answered, answer=answer), lines, workers=args.workers):
        sys.stdout.buffer.write(result.line.encode() + b"\n")
        # Whoever feeds us one line and waits for its answer must get it now.
        sys.stdout.buffer.flush()
        good = good and result.good
    return 0 if good else 1


def _for_people(text: str, answer: Answer, text_key: str, show: Show | None) -> int:
    result = answer({text_key: text})
    if show is None:
        print(_written({"id": None, **result}))
    else:
        show(text, result, Console())
    return 0


def _pretty(text: str, result: JsonObject, console: Console) -> None:
    console.print_json(json.dumps(result, ensure_ascii=False))


def is_for_people(inputs: list[str]) -> bool:
    """Return whether a text is answered, not JSON Lines."""
    return not all(path == "-" or _is_file(path) for path in inputs) if inputs else sys.stdin.isatty()


def _text(inputs: list[str]) -> str | None:
    """Return the text meant for people, or None when the input is JSON Lines."""
    if not is_for_people(inputs):
        return None
    return " ".join(inputs) if inputs else sys.stdin.read()


def _said(inputs: list[str]) -> Iterator[Line]:
    """Yield the lines that say something; blank ones only count."""
    raw = counted(_raw(inputs), total_bytes=_size(inputs))
    return (line for line in raw if line.raw.strip())


def _raw(inputs: list[str]) -> Iterator[Line]:
    for path in inputs or ["-"]:
        if path == "-":
            yield from map(Line, count(1), sys.stdin.buffer)
        else:
            with Path(path).open("rb") as file:
                yield from map(Line, count(1), file)


def _size(inputs: list[str]) -> int | None:
    return sum(Path(path).stat().st_size for path in inputs) if inputs and "-" not in inputs else None


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except (OSError, ValueError):  # a long text is no file name
        return False


def _written(result: JsonObject) -> str:
    line = json.dumps(result, ensure_ascii=False)
    # A lone surrogate ("\ud83d" cut in half by a chat system) cannot be written as UTF-8; escaped, it can.
    return json.dumps(result) if any("\ud800" <= letter <= "\udfff" for letter in line) else line


def _count(written: str) -> int:
    count = int(written)
    if count < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return count
