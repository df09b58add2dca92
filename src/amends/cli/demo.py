"""`amends demo`: a seeded desk that needs no network, in a home of its own."""

import argparse
import os

from amends.cli.at_desk import run_command
from amends.cli.up import configure_pages, serve_desk
from amends.desk.home import folder

HELP = """Start a desk full of customers, offline: nothing leaves it, replies end on its outbox page.

It lives in its own home (AMENDS_HOME/demo, default ./var/demo) and keeps what you do; while it is closed, its time
stands still. Remove that folder to begin anew.

example:
  amends demo
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add where to listen."""
    configure_pages(parser)
    parser.add_argument("--seed-only", action="store_true", help="seed it and print the way in, serve nothing")


def run(args: argparse.Namespace) -> int:
    """Seed the demo if it is new, and serve it."""
    _choose_demo()
    if args.seed_only:
        run_command("migrate", verbosity=0)
        run_command("seed_demo")
        return 0
    worker = {"worker": ["work", "--with-parent"]}
    return serve_desk(host=args.host, port=args.port, children=worker, prepare=(("seed_demo",), ("demo_ways_in",)))


def _choose_demo() -> None:
    """Point the settings, which are not loaded yet, at the demo: its own home and database, sending into the outbox."""
    os.environ["AMENDS_HOME"] = str(folder() / "demo")
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"AMENDS_DEMO": "1", "AMENDS_SENDING": "outbox"}
