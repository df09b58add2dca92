"""`amends mail`: what mails say, without a desk."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.progress import track
from rich.text import Text

from amends.cli.pool import in_order
from amends.engines.sandbox import letter_reader
from amends.mail.letter import Letter

Read = TypeVar("Read")

NAME = "mail"
HELP = """Read mails: words written now, quoted history, attachments, and whether a person wrote them.

Files come in, one line of JSON a file goes out, in the order given; a file that cannot be read gives a line with
`error`, and the exit status is then 1. A mail that hangs or ends its reader is shown by its headers and first words,
with a doubt. On a terminal the letters are shown for people.

examples:
  amends mail parse complaint.eml
  amends mail parse --workers 2 archive/*.eml > letters.jsonl
  cat complaint.eml | amends mail parse -
"""


class Act(NamedTuple):
    """One word after `amends mail`."""

    summary: str
    configure: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


class Source(NamedTuple):
    """One mail to read: what the user called it, and its bytes when they came on standard input."""

    name: str
    raw: bytes | None = None


class Outcome(NamedTuple):
    """One mail read, or why not."""

    name: str
    letter: Letter | None
    error: str | None


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the acts."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    for name, act in ACTS.items():
        act.configure(acts.add_parser(name, help=act.summary, description=act.summary))


def run(args: argparse.Namespace) -> int:
    """Do the act and return its exit status."""
    return ACTS[args.act].run(args)


def _configure_parse(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help=".eml files, folders of them, or - for one mail on standard input"
    )
    parser.add_argument("--workers", type=_count, default=1, metavar="N", help="use N processes (default 1)")
    parser.add_argument("--json", action="store_true", help="print JSON even on a terminal")


def _count(written: str) -> int:
    count = int(written)
    if count < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return count


def _run_parse(args: argparse.Namespace) -> int:
    write = _show_letters if sys.stdout.isatty() and not args.json else _write_lines
    files = [file for name in args.files for file in _files_of(name)]
    return 0 if write(_sources(files), len(files), args.workers) else 1


def _files_of(name: str) -> list[str]:
    """Return the .eml files of a folder, by name; of anything else itself."""
    folder = Path(name)
    return sorted(map(str, folder.rglob("*.eml"))) or [name] if folder.is_dir() else [name]


def _write_lines(sources: Iterator[Source], total: int, workers: int) -> bool:
    good = True
    for line, fine in _with_bar(in_order(read_line, sources, workers=workers), total):
        sys.stdout.buffer.write(line)
        good = good and fine
    sys.stdout.buffer.flush()
    return good


def _show_letters(sources: Iterator[Source], total: int, workers: int) -> bool:
    console, good = Console(), True
    for outcome in in_order(read_letter, sources, workers=workers):
        _show(outcome, console)
        good = good and outcome.error is None
    return good


def _sources(files: list[str]) -> Iterator[Source]:
    for name in files:
        yield Source(name, sys.stdin.buffer.read() if name == "-" else None)


def _with_bar(outcomes: Iterable[Read], total: int) -> Iterable[Read]:
    if total < 50 or not sys.stderr.isatty():
        return outcomes
    return track(outcomes, description="mails", total=total, console=Console(stderr=True), transient=True)


def read_letter(source: Source) -> Outcome:
    """Return the letter in one file; whatever is wrong with the file becomes its `error`, never an exception."""
    try:
        raw = Path(source.name).read_bytes() if source.raw is None else source.raw
        letter = letter_reader().read(raw, desk="")
    except OSError as wrong:
        return Outcome(source.name, None, f"cannot be read: {wrong.strerror or wrong}")
    except Exception as wrong:  # noqa: BLE001  # the promise of the contract: one bad file never stops the rest
        return Outcome(source.name, None, f"{type(wrong).__name__}: {wrong}")
    return Outcome(source.name, letter, letter.error)


def read_line(source: Source) -> tuple[bytes, bool]:
    """Return the JSON line of one file, ended by a newline, and whether the file was good."""
    outcome = read_letter(source)
    said = outcome.letter.as_json() if outcome.letter else {"error": outcome.error}
    line = {"file": outcome.name, **said}
    written = json.dumps(line, ensure_ascii=False)
    # A lone surrogate (half a sign, from a file name or a broken charset) cannot be written as UTF-8; escaped, it can.
    if any("\ud800" <= letter <= "\udfff" for letter in written):
        written = json.dumps(line)
    return written.encode() + b"\n", outcome.error is None


def _show(outcome: Outcome, console: Console) -> None:
    letter = outcome.letter
    if letter is None:
        console.print(f"[bold red]{escape(outcome.name)}[/]: {escape(outcome.error or '')}")
        return
    about = Text.assemble(
        ("From  ", "dim"), str(letter.sender or "—"), ("\nTo    ", "dim"), ", ".join(map(str, letter.to)) or "—",
        ("\nDate  ", "dim"), letter.date.isoformat(" ") if letter.date else "—", ("\nKind  ", "dim"), letter.kind.value,
    )  # fmt: skip
    for part in letter.attachments:
        about.append(f"\nFile  {part.name} ({part.media_type}, {part.size:,} bytes)", style="cyan")
    for doubt in (*letter.doubts, *([letter.error] if letter.error else [])):
        about.append(f"\nDoubt {doubt}", style="yellow")
    about.append(f"\n\n{letter.new_text}\n")
    folded = sum(len(span) for span in letter.folded)
    if folded:
        about.append(f"\n({folded:,} characters of history and signature folded)", style="dim")
    console.print(Panel(about, title=escape(letter.subject or outcome.name), title_align="left"))


ACTS = {"parse": Act("Print what mails hold, one line of JSON a file.", _configure_parse, _run_parse)}
