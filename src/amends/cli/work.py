"""`amends work`: do the queued work of the desk, and listen to its mailboxes."""

import argparse
import sys
from typing import Final

from amends.cli.at_desk import run_command
from amends.cli.children import Children, amends_command

HELP = """Do the queued work of the desk, and listen to its mailboxes, until Ctrl-C or SIGTERM.

`amends up` starts one by itself; more workers may run beside it, on this or, with PostgreSQL, on other machines.

example:
  amends work --threads 8
"""

NEW_MAIL: Final = "intake"
"""The lane of work that files new mail. It has a process of its own: threads of one share one core with readings."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--threads", type=int, default=4, metavar="N", help="jobs done at the same time (default 4)")
    parser.add_argument("--only", default="", help=argparse.SUPPRESS)
    parser.add_argument("--with-parent", action="store_true", help="stop when standard input ends")


def run(args: argparse.Namespace) -> int:
    """Work until told to stop; new mail is filed beside it, by a process that comes back when it dies."""
    if args.only:
        run_command("work", only=args.only, with_parent=args.with_parent)
        return 0
    beside = Children(_say)
    beside.keep("filing of new mail", amends_command("work", "--only", NEW_MAIL, "--with-parent"))
    try:
        run_command("work", threads=args.threads, with_parent=args.with_parent, without=NEW_MAIL)
    finally:
        beside.end()
    return 0


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
