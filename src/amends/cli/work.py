"""`amends work`: do the queued work of the desk, and listen to its mailboxes."""

import argparse

from amends.cli.at_desk import run_command

HELP = """Do the queued work of the desk, and listen to its mailboxes, until Ctrl-C or SIGTERM.

`amends up` starts one by itself; more workers may run beside it, on this or, with PostgreSQL, on other machines.

example:
  amends work --threads 8
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--threads", type=int, default=4, metavar="N", help="jobs done at the same time (default 4)")
    parser.add_argument("--with-parent", action="store_true", help="stop when standard input ends")


def run(args: argparse.Namespace) -> int:
    """Work until told to stop."""
    run_command("work", threads=args.threads, with_parent=args.with_parent)
    return 0
