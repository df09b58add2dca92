"""A desk of a bench's own: filled, measured, thrown away."""

import argparse
import os
import tempfile
from typing import Any

from amends.cli.at_desk import run_command


def configure(parser: argparse.ArgumentParser) -> None:
    """Add where the desk lies."""
    parser.add_argument("--postgres", metavar="URL", default="", help="an empty PostgreSQL database instead of SQLite")


def measure(command: str, *, postgres: str, **options: Any) -> int:
    """Run a measuring command on an empty desk; return the exit status. A PostgreSQL database is left full."""
    with tempfile.TemporaryDirectory(prefix="amends-bench-") as folder:
        os.environ["AMENDS_HOME"] = folder
        os.environ.pop("DATABASE_URL", None)
        if postgres:
            os.environ["DATABASE_URL"] = postgres
        run_command("migrate", verbosity=0)
        run_command(command, **options)
    return 0
