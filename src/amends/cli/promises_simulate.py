"""`amends promises simulate`: a quarter of promises, lived through with and without looking ahead."""

import argparse
import json
from typing import Final

from amends.flow.quarter.report import simulate

NAME: Final = "promises simulate"
HELP: Final = """Simulate a quarter: people promise, fall behind, fall ill and overlook things; the real ledger and
forecast run over it. The same quarter is lived through twice: warned by the ledger alone, and looking ahead.

One JSON object comes out: per arm the states in which promises ended, the share of the late ones whose customer was
told before the due time (95 % Wilson interval), the price (told, though it was then kept), the alerts, and how well
lateness was forecast (Brier score beside that of the share that came true).

example:
  amends promises simulate --promises 1000 --agents 12 --seed 1
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the size of the quarter."""
    parser.add_argument("--promises", type=_positive, default=1000, metavar="N", help="how many (default 1000)")
    parser.add_argument("--agents", type=_positive, default=12, metavar="A", help="who make them (default 12)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed gives the same quarter")


def run(args: argparse.Namespace) -> int:
    """Print what came of it; return the exit status."""
    print(json.dumps(simulate(number=args.promises, agents=args.agents, seed=args.seed)))
    return 0


def _positive(word: str) -> int:
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number
