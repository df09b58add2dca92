"""`amends receive-mail`: the mail receiver only."""

import argparse

from amends.cli.at_desk import run_command

HELP = """Receive mail by SMTP or LMTP until Ctrl-C or SIGTERM. It says "250" only when a mail is on the disk.

Bind it to loopback, behind a mail server that faces the world. `amends up` starts one with `--smtp-in` or `--lmtp-in`.

examples:
  amends receive-mail 127.0.0.1:2525
  amends receive-mail --lmtp /run/amends/lmtp
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add where to listen."""
    parser.add_argument("address", metavar="HOST:PORT", help="where; with --lmtp also the path of a socket")
    parser.add_argument("--lmtp", action="store_true", help="speak LMTP: one answer for each recipient")
    parser.add_argument("--with-parent", action="store_true", help="stop when standard input ends")


def run(args: argparse.Namespace) -> int:
    """Receive until told to stop."""
    run_command("receive_mail", args.address, lmtp=args.lmtp, with_parent=args.with_parent)
    return 0
