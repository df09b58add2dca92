"""`amends bench promises`: how fast `amends promises` answers."""

import argparse
from typing import Final

from amends.cli.benches import lines
from amends.cli.promises import answer

NAME: Final = "promises"
HELP: Final = """What a reply promises, and by when.

Each line is what `amends promises` reads. Lines are repeated until --lines are done; the first pass warms up and is not
counted. One JSON object comes out: lines per second, CPU time a line, peak memory of this process.

example:
  amends bench promises lines.jsonl --lines 1000
"""
configure: Final = lines.configure


def run(args: argparse.Namespace) -> int:
    """Print one JSON object with the figures; return the exit status."""
    return lines.report(NAME, answer, args)
