"""`amends admin`: the acts that come before anybody can log in."""

import argparse
import os

from amends.cli.at_desk import need_desk, run_command
from amends.cli.up import ADDRESS
from amends.desk.home import folder, written_settings

HELP = """Make the first administrator, or print a link that logs somebody in once, or what people said of promises.

Everything else about people and mailboxes is on the page "People & channels".

examples:
  amends admin create aino --name "Aino" --language fi --brand "Lumi & Co"
  amends admin link aino
  amends admin labels > labels.jsonl
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the acts."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    create = acts.add_parser("create", help="make an administrator, who comes in by a one-time link")
    create.add_argument("username")
    create.add_argument("--name", default="", help="how customers see them (default: the user name)")
    create.add_argument("--language", default="en", choices=["en", "id", "th", "fi"], help="of the screens")
    create.add_argument("--brand", default="", help='what customers call the company (default: "Our shop")')
    link = acts.add_parser("link", help="print a link that logs somebody in once, within 15 minutes")
    link.add_argument("username")
    acts.add_parser("labels", help="write what people said of proposed promises as JSON Lines, without names")


def run(args: argparse.Namespace) -> int:
    """Do the act."""
    if args.act != "create":
        need_desk()
    _meet_the_open_desk()
    run_command("migrate", verbosity=0)
    if args.act == "labels":
        run_command("promise_labels")
        return 0
    if args.act == "create":
        run_command("make_admin", args.username, name=args.name, language=args.language, brand=args.brand)
    run_command("log_in_link", args.username)
    return 0


def _meet_the_open_desk() -> None:
    """Let links lead to the desk that is open now, unless the settings name an address."""
    note = folder() / ADDRESS
    if note.exists() and not written_settings().get("public_url"):
        os.environ.setdefault("AMENDS_PUBLIC_URL", note.read_text(encoding="utf-8"))
