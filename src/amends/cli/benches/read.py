"""`amends bench read`: how fast `amends read` answers."""

import argparse
from functools import partial
from typing import Final

from amends.cli.benches import lines
from amends.cli.read import answer

NAME: Final = "read"
HELP: Final = """What a customer feels, reports and asks for; no encoder, which would remember lines it has seen.

Each line is what `amends read` reads. Lines are repeated until --lines are done; the first pass warms up and is not
counted. One JSON object comes out: lines per second, CPU time a line, peak memory of this process.

example:
  amends bench read lines.jsonl --lines 1000
"""
configure: Final = lines.configure


def run(args: argparse.Namespace) -> int:
    """Print one JSON object with the figures; return the exit status."""
    return lines.report(NAME, partial(answer, tier="quick"), args)
