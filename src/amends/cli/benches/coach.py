"""`amends bench coach`: how fast `amends coach` answers."""

import argparse
from functools import partial
from typing import Final

from amends.cli.benches import lines
from amends.cli.coach import answer

NAME: Final = "coach"
HELP: Final = """What a reply should say otherwise, without the encoder, which would remember the lines it has seen.

Each line is what `amends coach` reads. Lines are repeated until --lines are done; the first pass warms up and is not
counted. One JSON object comes out: lines per second, CPU time a line, peak memory of this process.

example:
  amends bench coach lines.jsonl --lines 1000
"""
configure: Final = lines.configure


def run(args: argparse.Namespace) -> int:
    """Print one JSON object with the figures; return the exit status."""
    return lines.report(NAME, partial(answer, tier="quick"), args)
