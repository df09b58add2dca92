"""`amends demo`: a seeded desk that needs no network, in a home of its own."""

import argparse
import os
import subprocess
import sys

from amends.cli.at_desk import run_command
from amends.cli.children import amends_command
from amends.cli.up import configure_pages, serve_desk
from amends.desk.home import folder, has_desk

HELP = """Start a desk full of customers, offline: nothing leaves it, replies end on its outbox page.

It lives in its own home (AMENDS_HOME/demo, default ./var/demo) and keeps what you do; while it is closed, its time
stands still. Remove that folder to begin anew.

example:
  amends demo
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add where to listen."""
    configure_pages(parser)
    parser.add_argument("--seed-only", action="store_true", help="seed it, serve nothing")


def run(args: argparse.Namespace) -> int:
    """Seed the demo if it is new, and serve it."""
    _choose_demo()
    if args.seed_only:
        if not has_desk():
            print("Making the demo, once: a minute or two.", file=sys.stderr)
        run_command("migrate", verbosity=0)
        run_command("seed_demo")
        return 0
    # In a process of its own: seeding loads everything the desk can do, and the pages would keep it in memory.
    if status := subprocess.run(amends_command("demo", "--seed-only"), check=False).returncode:  # noqa: S603
        return status
    worker = {"worker": ["work", "--with-parent"]}
    return serve_desk(host=args.host, port=args.port, children=worker, prepare=(("demo_ways_in",),))


def _choose_demo() -> None:
    """Point the settings, which are not loaded yet, at the demo: its own home and database, sending into the outbox.

    Our children find that done already.
    """
    if os.environ.get("AMENDS_DEMO") == "1":
        return
    os.environ["AMENDS_HOME"] = str(folder() / "demo")
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"AMENDS_DEMO": "1", "AMENDS_SENDING": "outbox"}
