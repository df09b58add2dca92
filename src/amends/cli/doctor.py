"""`amends doctor`: what is installed, what is missing, what it costs, and how the desk is."""

import argparse
import io
import json
import sys
from dataclasses import asdict
from importlib.util import find_spec
from typing import Final

from rich.console import Console
from rich.table import Table

from amends.cli.at_desk import run_command
from amends.cli.installed import NEEDED, PARTS, Installed, installed
from amends.desk.home import folder, has_desk
from amends.desk.written import BadSettings
from amends.vocabulary import JsonObject

HELP = """Say what is installed, what is missing and what it costs on the disk; and, where there is a desk, how it is.

Exit status 0: all is well, warnings included. 1: something is broken, or a needed package is missing. Prints JSON into
a pipe.

example:
  amends doctor
"""
COLOURS: Final = {"ok": "green", "warning": "yellow", "missing": "yellow", "broken": "red"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--json", action="store_true", help="print JSON even to a terminal")
    parser.add_argument("--no-desk", action="store_true", help="look at what is installed only")


def run(args: argparse.Namespace) -> int:
    """Look, print, and say by the exit status whether all is well."""
    parts = installed()
    desk = [] if args.no_desk else _desk()
    ok = _is_well(parts, desk)
    if args.json or not sys.stdout.isatty():
        report = {"ok": ok, "installed": [asdict(part) for part in parts], "desk": desk}
        print(json.dumps(report, ensure_ascii=False))
    else:
        _show(parts, desk, Console())
    return 0 if ok else 1


def _is_well(parts: list[Installed], desk: list[JsonObject]) -> bool:
    missing = any(part.state == "missing" and part.part in NEEDED for part in parts)
    return not missing and all(sign["state"] != "broken" for sign in desk)


def _desk() -> list[JsonObject]:
    """Return the signs of the desk; a desk that cannot be opened is itself a sign."""
    if find_spec("django") is None:
        return []
    lines = io.StringIO()
    try:
        if not has_desk():
            return []
        run_command("desk_signs", stdout=lines)
    except BadSettings as wrong:
        return [{"what": "settings", "state": "broken", "detail": str(wrong)}]
    except Exception as trouble:  # noqa: BLE001  # a doctor must not fall ill with the patient
        return [{"what": "desk", "state": "broken", "detail": f"{type(trouble).__name__}: {trouble}"}]
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def _show(parts: list[Installed], desk: list[JsonObject], console: Console) -> None:
    for part, meaning in PARTS.items():
        mine = [found for found in parts if found.part == part]
        table = Table("", "", "", "MB", title=meaning, title_justify="left", box=None)
        for found in mine:
            table.add_row(found.what, _coloured(found.state), found.detail, f"{found.megabytes:.1f}")
        console.print(table)
    table = Table("", "", "", title=f"the desk in {folder()}", title_justify="left", box=None)
    for sign in desk:
        table.add_row(sign["what"], _coloured(sign["state"]), sign["detail"])
    if not desk:
        table.add_row("none yet", "", "`amends up` makes one, `amends demo` one to try")
    console.print(table)


def _coloured(state: str) -> str:
    return f"[{COLOURS[state]}]{state}[/]"
