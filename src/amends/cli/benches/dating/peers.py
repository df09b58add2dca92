"""Install the peers for the time being, and ask them: one that cannot run here is left out, and why is said."""

import json
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from amends.cli.benches.dating import python_peer
from amends.cli.benches.dating.judging import Found
from amends.cli.benches.throwaway import Absent, done, python_with
from amends.vocabulary import JsonObject

PYTHON_PEERS: Final = {"dateparser": "dateparser==1.2.2", "parsedatetime": "parsedatetime==2.6"}
CHRONO: Final = "chrono-node@2.10.3"
TONGUES: Final = {"parsedatetime": frozenset({"en"})}
"""What a peer that reads few languages reads; of the others it says so itself."""


def asked(rows: Sequence[JsonObject], work: Path) -> tuple[dict[str, list[Found]], dict[str, str]]:
    """Return what each peer finds in every row, and why each of the others is left out.

    `rows` have "text", "at" and "language", all of one language; `work` is a folder that may be filled.
    """
    found: dict[str, list[Found]] = {}
    absent: dict[str, str] = {}
    for name in (*PYTHON_PEERS, "chrono-node"):
        try:
            found[name] = _answers(_command(name, str(rows[0]["language"]), work), rows, work)
        except Absent as why:
            absent[name] = str(why)
    return found, absent


def _command(name: str, language: str, work: Path) -> list[str]:
    if language not in TONGUES.get(name, {language}):
        raise Absent(f"no words of {language}")
    if name == "chrono-node":
        return _node(work)
    return [python_with(PYTHON_PEERS[name], work), str(python_peer.__file__), name]


def _node(work: Path) -> list[str]:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise Absent("no node and npm here")
    done([npm, "install", "--silent", "--no-fund", "--no-audit", "--prefix", str(work), CHRONO], work)
    return [node, str(Path(__file__).with_name("chrono_peer.mjs"))]


def _answers(command: list[str], rows: Sequence[JsonObject], work: Path) -> list[Found]:
    lines = (json.dumps({key: row[key] for key in ("text", "at", "language")}) for row in rows)
    said = done(command, work, given="\n".join(lines) + "\n").splitlines()
    if len(said) != len(rows):
        raise Absent(f"{len(said)} answers to {len(rows)} lines")
    return [
        Found(cpu_ms=spent, ends=[datetime.fromisoformat(end) for end in ends])
        for spent, ends in (json.loads(line) for line in said)
    ]
