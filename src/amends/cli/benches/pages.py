"""`amends bench pages`: how long list pages take on a desk with very many cases."""

import argparse
from typing import Final

from amends.cli.benches import own_desk

NAME: Final = "pages"
HELP: Final = """Time of the list pages on the server, at very many cases: each part of the queue, and two searches.

A desk of its own is filled in a temporary folder and thrown away. With --postgres the desk lies in that database,
which must be empty and is left full.

One JSON object comes out: median and 95th percentile in ms for each page, pages asked for in turn.

example:
  amends bench pages --cases 100000 --rounds 40
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add how many cases, how often, and where."""
    parser.add_argument("--cases", type=int, default=100_000, help="how many cases (default 100,000)")
    parser.add_argument("--rounds", type=int, default=40, help="how often each page is asked for (default 40)")
    own_desk.configure(parser)


def run(args: argparse.Namespace) -> int:
    """Fill a desk, measure, throw it away; return the exit status."""
    return own_desk.measure("bench_pages", postgres=args.postgres, cases=args.cases, rounds=args.rounds)
