"""`amends language`: which language each text is in."""

import argparse
from typing import Final

from rich.console import Console

from amends.cli import lines
from amends.languages.guess import language
from amends.vocabulary import JsonObject

NAME: Final = "language"
HELP: Final = """Say which language each text is in, with a confidence from 0 to 1; `und` when nothing tells.

Reads JSON Lines {"id", "text"} and writes {"id", "language", "confidence"}. An optional "prefer" names the language of
the conversation so far; it decides between near kin such as Indonesian and Malay.

examples:
  echo '{"id": 1, "text": "Paketti ei ole vieläkään tullut"}' | amends language
  amends language "Pesanan saya belum sampai"
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    lines.configure(parser)


def run(args: argparse.Namespace) -> int:
    """Answer every line; return the exit status."""
    return lines.run(args, answer, show=show)


def answer(line: JsonObject) -> JsonObject:
    """Return the language of one line. Raises BadLine when it has no text."""
    tag, sure = language(lines.text_of(line), prefer=lines.optional_text_of(line, "prefer"))
    return {"language": tag, "confidence": round(sure, 4)}


def show(text: str, result: JsonObject, console: Console) -> None:
    """Print the answer for people."""
    console.print(f"[bold]{result['language']}[/bold]  {result['confidence']:.0%} sure")
