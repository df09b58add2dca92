"""`amends search`: look after the index of the search."""

import argparse

from amends.cli.at_desk import need_desk, run_command

HELP = """Read every case anew into the search, newest first. A rebuild that was stopped goes on where it was.

The search goes on working meanwhile. Needed after the analyser changed, or when the index was lost; what happens on the
desk is followed by the worker anyway.

examples:
  amends search rebuild
  amends search rebuild --anew
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the one act."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    rebuild = acts.add_parser("rebuild", help="read every case anew, or go on with it")
    rebuild.add_argument("--anew", action="store_true", help="begin again with the newest case")


def run(args: argparse.Namespace) -> int:
    """Do the act."""
    need_desk()
    run_command("migrate", verbosity=0)
    run_command("rebuild_search", anew=args.anew)
    return 0
