"""`amends import`, `amends mail import`: file mails that lie on a disk into the desk."""

import argparse
import sys

from amends.cli.at_desk import run_command

HELP = """File mails that lie on a disk into the desk: .eml files, folders of them, mbox archives.

Each mail becomes a message on its case, or waits in quarantine, where people see it. The same mail twice is one
message, so an import that broke off may simply be run again.

example:
  amends mail import ~/old-mails angry-customer.eml
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the paths."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help=".eml file, folder or .mbox archive")


def run(args: argparse.Namespace) -> int:
    """Import, with a bar on standard error when somebody looks; 1 when one was lost or not readable."""
    run_command("migrate", verbosity=0)
    run_command("import_mail", *args.paths, show_progress=sys.stderr.isatty())
    return 0
