"""What a Python developer would pick instead: installed for the time being, asked about the same lines."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from amends.cli.benches.feelings import python_peer
from amends.cli.benches.feelings.judging import Scored
from amends.cli.benches.throwaway import Absent, done, python_with
from amends.vocabulary import JsonObject, LanguageTag

PEERS: Final = {
    "VADER": "vaderSentiment==3.3.2",
    "TextBlob": "textblob==0.20.1",
    "AFINN": "afinn==0.1",
    "AFINN (fi)": "afinn==0.1",
}
TONGUES: Final[dict[str, LanguageTag]] = {"VADER": "en", "TextBlob": "en", "AFINN": "en", "AFINN (fi)": "fi"}


def asked(rows: Sequence[JsonObject], work: Path) -> tuple[dict[str, list[Scored]], dict[str, str]]:
    """Return how each peer scores every row, and why each of the others is left out.

    `rows` have "text" and "language", all of one language; `work` is a folder that may be filled.
    """
    scored: dict[str, list[Scored]] = {}
    absent: dict[str, str] = {}
    for name, requirement in PEERS.items():
        try:
            scored[name] = _answers(name, requirement, rows, work)
        except Absent as why:
            absent[name] = str(why)
    return scored, absent


def _answers(name: str, requirement: str, rows: Sequence[JsonObject], work: Path) -> list[Scored]:
    if rows[0]["language"] != TONGUES[name]:
        raise Absent(f"it has no words of {rows[0]['language']}")
    command = [python_with(requirement, work), str(python_peer.__file__), name]
    said = done(command, work, given="".join(json.dumps({"text": row["text"]}) + "\n" for row in rows)).splitlines()
    if len(said) != len(rows):
        raise Absent(f"{len(said)} answers to {len(rows)} lines")
    pairs = [json.loads(line) for line in said]
    # They give one score for all: how negative a text is has to stand for how angry its writer is.
    return [Scored(cpu_ms=spent, anger=negative, negative=negative) for spent, negative in pairs]
