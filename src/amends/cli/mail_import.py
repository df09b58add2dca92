"""`amends import`, `amends mail import`: file mails that lie on a disk into the desk."""

import argparse
import sys

from amends.cli.at_desk import need_desk, run_command

HELP = """File mails that lie on a disk into the desk: .eml files, folders of them, Maildirs, mbox archives.

Each mail becomes a message on its case, or waits in quarantine, where people see it. The same mail twice is one
message, so an import that broke off may simply be run again.

Each mail counts from its own date: who wrote last week has waited since. What is older than --history-after days is
filed as history: it stands on its customer's case, and nobody waits.

examples:
  amends mail import ~/old-mails angry-customer.eml
  amends mail import --history-after 3 archive.mbox ~/Maildir
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the paths."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help=".eml file, folder, Maildir or mbox archive")
    parser.add_argument(
        "--history-after", type=int, default=14, metavar="DAYS",
        help="older mails are history and wait for nobody (default 14; 0: none is)",
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Import, with a bar on standard error when somebody looks; 1 when one was lost or not readable."""
    need_desk()
    run_command("migrate", verbosity=0)
    run_command("import_mail", *args.paths, history_after=args.history_after, show_progress=sys.stderr.isatty())
    return 0
