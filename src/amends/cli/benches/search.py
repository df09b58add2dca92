"""`amends bench search`: how long a search takes on a desk with very many messages."""

import argparse
from typing import Final

from amends.cli.benches import own_desk

NAME: Final = "search"
HELP: Final = """Time of the search page on the server, at very many messages in four languages.

A desk of its own is filled in a temporary folder and thrown away; with --postgres the desk lies in that database, which
must be empty and is left full. One JSON object comes out: p50 and p95 in ms over all questions and for each kind,
megabytes of the index and of the whole, and how many cases a second the index reads.

example:
  amends bench search --messages 1000000 --rounds 20
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add how many messages, how often, and where."""
    parser.add_argument("--messages", type=int, default=1_000_000, help="how many messages (default 1,000,000)")
    parser.add_argument("--rounds", type=int, default=20, help="how often each question is asked (default 20)")
    own_desk.configure(parser)


def run(args: argparse.Namespace) -> int:
    """Fill a desk, ask, throw it away; return the exit status."""
    return own_desk.measure("bench_search", postgres=args.postgres, messages=args.messages, rounds=args.rounds)
