"""`amends chaos`: do to a desk of its own what the world will do to yours, and count what is lost."""

import argparse
import importlib
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

from amends.cli.at_desk import run_command
from amends.desk.chaos.plan import Plan

CHAOSES: Final = {
    "intake": "mail pours in while the receiver and the worker are killed with kill -9",
    "sending": "replies leave while the worker is killed and the mail server hangs up; two people send at once",
    "database": "the database is locked, or its connections are cut, while mail comes in",
    "disk": "the disk fills up while mail comes in, and is freed again",
    "imap": "an IMAP server drops the line, counts anew, repeats itself",
    "clock": "the clock jumps by days, by the hour of summer time, by a second",
    "load": "so many mails a second while people look at pages",
}
HELP: Final = """Start a desk in a throwaway home, make things go wrong, and count.

{table}

One JSON line comes out. The exit status is 1 when a promise of ours was broken: a mail we said yes to is on no case,
a message is there twice, a reply left again though it may have arrived. Then the home is kept for you to look at.

examples:
  amends chaos intake --kills 20 --mails 400
  amends chaos load --rate 100 --seconds 30
""".format(table="\n".join(f"  {name:<10}{words}" for name, words in CHAOSES.items()))
OPTIONS: Final = (
    ("--seconds", float, 60.0, "give up after so long"),
    ("--kills", int, 10, "how often a process is killed (intake, sending)"),
    ("--mails", int, 200, "how many mails come in"),
    ("--replies", int, 50, "how many replies leave (sending)"),
    ("--races", int, 50, "how often two people send at once (sending)"),
    ("--rate", float, 20.0, "mails a second (load)"),
    ("--senders", int, 8, "how many mail servers send to us at once"),
    ("--seed", int, 1, "the same seed makes the same choices"),
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what goes wrong, and how much of it."""
    parser.add_argument("name", choices=list(CHAOSES), metavar="NAME", help="what goes wrong")
    for option, kind, default, words in OPTIONS:
        parser.add_argument(option, type=kind, default=default, metavar="N", help=f"{words} (default {default:g})")
    parser.add_argument("--database-url", default="", help="an empty PostgreSQL database instead of SQLite")
    parser.add_argument("--keep", action="store_true", help="keep the throwaway home")


def run(args: argparse.Namespace) -> int:
    """Do it, print the counts; return 1 when a promise of ours was broken."""
    home = Path(tempfile.mkdtemp(prefix="amends-chaos-"))
    _choose_home(home, database_url=args.database_url)
    run_command("migrate", verbosity=0)
    chosen = {option.lstrip("-"): getattr(args, option.lstrip("-")) for option, *_ in OPTIONS}
    # Loaded late like all of the desk: it needs Django, and Django the home that was chosen above.
    toll = importlib.import_module(f"amends.desk.chaos.{args.name}").run(
        Plan(name=args.name, home=home, **chosen), _say
    )
    found = {"chaos": args.name, **toll.as_json()}
    if toll.violations or args.keep:
        found["home"] = str(home)
    else:
        shutil.rmtree(home, ignore_errors=True)
    print(json.dumps(found))
    return 1 if toll.violations else 0


def _choose_home(home: Path, *, database_url: str) -> None:
    """Point the settings, which are not loaded yet, at a desk of its own that sends to loopback only."""
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {
        "AMENDS_HOME": str(home),
        "AMENDS_SENDING": "smtp",
        "AMENDS_UNDO_SECONDS": "0",
        "AMENDS_ENCODER": "none",
        "AMENDS_LOG_LEVEL": "ERROR",
        **({"DATABASE_URL": database_url} if database_url else {}),
    }


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
