"""`amends bench`: figures that anybody can make again, one file a bench in `benches/`, loaded when it is called."""

import argparse
import importlib
import sys
from typing import Final

from amends.vocabulary import AmendsError

NAME: Final = "bench"
WHICH: Final = 2
"""Exit status of a call that does not say which bench."""
BENCHES: Final = {
    "read": "lines per second of `amends read`, and its memory",
    "language": "how rightly the language of a text is told, by its length",
    "coach": "lines per second of `amends coach`, and what it finds beside linters of prose",
    "promises": "lines per second of `amends promises`, and how rightly, beside other finders of times",
    "mail": "mails per second kept and filed, and how rightly, beside another help desk",
    "search": "time of the search page at very many messages",
    "pages": "time of the list pages at very many cases",
}
"""Name → what it measures. The module of that name in `benches/` has `HELP`, `configure`, `run` like a command."""
HELP: Final = """Measure speed and memory. Each bench says more with `amends bench NAME --help`.

benches:
{table}

example:
  amends bench read messages.jsonl --lines 1000
""".format(table="\n".join(f"  {name:<10}{words}" for name, words in BENCHES.items()))


def configure(parser: argparse.ArgumentParser) -> None:
    """Add which bench; the rest is that bench's own."""
    parser.add_argument(
        "name", nargs="?", choices=sorted(BENCHES), metavar="NAME", help=f"which bench: {', '.join(BENCHES)}"
    )
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="its arguments")


def run(args: argparse.Namespace) -> int:
    """Load the bench and run it; return its exit status."""
    if args.name is None:
        print(HELP, file=sys.stderr)
        return WHICH
    try:
        bench = importlib.import_module(f"amends.cli.benches.{args.name}")
    except ModuleNotFoundError as missing:
        if str(missing.name).startswith("amends"):
            raise
        raise AmendsError(f"This bench needs {missing.name}. Install it: pip install 'amends[desk]'") from missing
    parser = argparse.ArgumentParser(
        prog=f"amends bench {args.name}",
        description=bench.HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    bench.configure(parser)
    return int(bench.run(parser.parse_args(args.rest)))
