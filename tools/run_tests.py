"""Run every test: all of them on SQLite, those of the desk again on PostgreSQL where it is installed."""

import os
import subprocess
import sys
import time

from tools.postgres import throwaway_server
from tools.system_parts import postgres_folder

ONCE = "not browser and not dovecot and not one_database"
"""What is left out on PostgreSQL: tests that show nothing more there."""


def main() -> int:
    """Return 0 when everything passed, and say what to do next."""
    began = time.perf_counter()
    failed = _pytest([], {}) or _on_postgres()
    minutes = (time.perf_counter() - began) / 60
    if failed:
        print(
            f"\nSomething failed ({minutes:.1f} min). Next: run the failing test alone, .venv/bin/pytest -x <its file>"
        )
        return 1
    print(f"\nEvery test passed in {minutes:.1f} min. Next: make run, and open the address it prints.")
    return 0


def _on_postgres() -> int:
    if postgres_folder() is None:
        print("\nSKIPPED tests/desk on PostgreSQL: it is not installed. To get it: apt-get install postgresql")
        return 1 if os.environ.get("CI") == "true" else 0
    print("\nThe tests of the desk once more, on PostgreSQL:", flush=True)
    with throwaway_server() as url:
        return _pytest(["tests/desk", "-m", ONCE], {"DATABASE_URL": url})


def _pytest(words: list[str], extra: dict[str, str]) -> int:
    # Whole files go to the workers, the longest first (tests/conftest.py), so that none is left alone with one.
    split = ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]
    # The desks that tests start would compile themselves anew each time, and each worker every test.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "pytest", "-q", *split, *words]
    return subprocess.run(command, check=False, env={**environment, **extra}).returncode


if __name__ == "__main__":
    sys.exit(main())
