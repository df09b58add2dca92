"""`amends read`: what a customer feels, reports and asks for."""

import argparse
from functools import partial
from typing import Final, get_args

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from amends.cli import lines
from amends.cli.named_language import language_of
from amends.engines.choose import embedder
from amends.reading.read import Tier, read
from amends.vocabulary import JsonObject

NAME: Final = "read"
HELP: Final = """Read customers' messages: language, feelings, anger, complaint, threats, causes, wishes, facts.

Reads JSON Lines {"id", "text", "language"?} and writes one JSON line each. Offsets are Unicode code points, half-open.
intensity: 0 neutral or pleased, 1 mildly dissatisfied, 2 annoyed or disappointed, 3 angry, 4 furious (towards us).

examples:
  amends read messages.jsonl --workers 2 > readings.jsonl
  amends read "Where is my parcel? This is the third time I ask!"
"""
INTENSITIES: Final = ("neutral or pleased", "mildly dissatisfied", "annoyed or disappointed", "angry", "furious")
COLOURS: Final = {"anger": "bold red", "complaint": "yellow", "calm": "green", "demands_manager": "bold magenta"}
THREAT_COLOUR: Final = "bold white on red"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    lines.configure(parser)
    parser.add_argument(
        "--tier", choices=get_args(Tier), default="full", help="quick: no encoder and fewer heads, forty times faster"
    )


def run(args: argparse.Namespace) -> int:
    """Answer every line; return the exit status."""
    return lines.run(args, partial(answer, tier=args.tier), show=show)


def answer(line: JsonObject, *, tier: Tier) -> JsonObject:
    """Return the reading of one line. Raises BadLine when it has no text."""
    text = lines.text_of(line)
    embed = embedder() if tier == "full" else None
    return read(text, language=language_of(line), tier=tier, embed=embed).as_json()


def show(text: str, result: JsonObject, console: Console) -> None:
    """Print a reading for people: the text with its telling words marked, then what was read."""
    console.print(_marked(text, result))
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for name, value in _rows(text, result):
        table.add_row(f"[dim]{name}[/dim]", escape(value))
    console.print(table)


def _rows(text: str, result: JsonObject) -> list[tuple[str, str]]:
    feelings = sorted(result["emotions"].items(), key=lambda pair: -pair[1])
    rows = [
        ("language", f"{result['language']} ({result['language_confidence']:.0%})"),
        ("intensity", f"{result['intensity']} {INTENSITIES[result['intensity']]}"),
        ("anger", f"{result['anger']:.0%}"),
        ("complaint", f"{result['complaint']:.0%}"),
        ("feelings", ", ".join(f"{name} {score:.0%}" for name, score in feelings[:3])),
        ("causes", ", ".join(f"{cause['cause']} {cause['confidence']:.0%}" for cause in result["causes"])),
        ("manager", "asks for somebody senior" if result["demands_manager"] else ""),
        ("threats", _quoted(text, result["threats"])),
        ("wishes", _quoted(text, result["wishes"])),
        ("facts", _quoted(text, result["facts"])),
        ("engine", result["engine"]),
    ]
    return [(name, value) for name, value in rows if value]


def _quoted(text: str, claims: list[JsonObject]) -> str:
    return ", ".join(f"{claim['kind']} “{text[claim['start'] : claim['end']]}”" for claim in claims)


def _marked(text: str, result: JsonObject) -> Text:
    marked = Text(text)
    for claim in result["evidence"]:
        marked.stylize(COLOURS.get(claim["why"], THREAT_COLOUR), claim["start"], claim["end"])
    return marked
