"""Install the peers for the time being, and ask them: one that cannot run here is left out, and why is said."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from amends.cli.benches.prose import python_peer
from amends.cli.benches.prose.judging import Found
from amends.cli.benches.throwaway import Absent, done, python_with

NODE_PEERS: Final = {
    "write-good": ("write-good@1.0.8",),
    "alex": ("alex@11.0.1",),
    "textlint": ("textlint@15.8.0", "textlint-rule-stop-words@5.2.0"),
}
PROSELINT: Final = "proselint==0.16.0"
PEERS: Final = (*NODE_PEERS, "proselint")


def asked(texts: Sequence[str], work: Path) -> tuple[dict[str, list[Found]], dict[str, str]]:
    """Return what each peer finds in every text, and why each of the others is left out. `work` may be filled."""
    found: dict[str, list[Found]] = {}
    absent: dict[str, str] = {}
    for name in PEERS:
        try:
            found[name] = _answers(_command(name, work), texts, work)
        except Absent as why:
            absent[name] = str(why)
    return found, absent


def _command(name: str, work: Path) -> list[str]:
    if name not in NODE_PEERS:
        return [python_with(PROSELINT, work), str(python_peer.__file__)]
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise Absent("no node and npm here")
    done([npm, "install", "--silent", "--no-fund", "--no-audit", "--prefix", str(work), *NODE_PEERS[name]], work)
    # A module finds others beside itself only, so it goes where they are.
    script = work / "node_peer.mjs"
    shutil.copyfile(Path(__file__).with_name(script.name), script)
    return [node, str(script), name]


def _answers(command: list[str], texts: Sequence[str], work: Path) -> list[Found]:
    said = done(command, work, given="".join(f"{json.dumps(text)}\n" for text in texts)).splitlines()
    if len(said) != len(texts):
        raise Absent(f"{len(said)} answers to {len(texts)} replies")
    return [Found(cpu_ms=spent, alarms=len(spans)) for spent, spans in map(json.loads, said)]
