"""`amends orders import`: what the shop tells of its orders."""

import argparse

from amends.cli.at_desk import need_desk, run_command

HELP = """Take in orders from the shop: one JSON object a line, from FILES or standard input.

A new order needs number, state, email, amount, currency and placed_at; items, due_at and name may come along. Of one
that is here already, number and state are enough. States: placed shipped late delivered cancelled returned. A parcel
that was shipped or has arrived keeps what was promised of it; one that is late makes its promise likelier to be late.

Each line is answered by a line: {"number": …, "result": "new" | "moved" | "same", "kept": [promises]} or
{"number": …, "error": …}. A bad line never stops the others; the exit status is 1 then.

examples:
  amends orders import orders.jsonl
  echo '{"number": "LC-20418", "state": "delivered"}' | amends orders import
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the files."""
    parser.add_argument("paths", nargs="*", metavar="FILE", help="JSON Lines (default: standard input)")


def run(args: argparse.Namespace) -> int:
    """Take them in; 1 when a line could not be."""
    need_desk()
    run_command("migrate", verbosity=0)
    run_command("import_orders", *args.paths)
    return 0
