"""`amends bench language`: how rightly and how fast the language of a text is told, by its length."""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from amends.cli.benches.lines import rows_of
from amends.languages import load
from amends.languages.guess import language
from amends.measures.shares import Share
from amends.vocabulary import JsonObject

NAME: Final = "language"
HELP: Final = """In which language a text is written.

Each line holds "text" and the "language" it is in. One JSON object comes out: the share told rightly with its 95 %
interval, of all lines and by their length in words, once from the text alone and once in a conversation known to be in
that language; lines per CPU second.

example:
  amends bench language lines.jsonl
"""
LENGTHS: Final = {"under 5 words": (0, 4), "5 to 20 words": (5, 20), "over 20 words": (21, sys.maxsize)}
LETTERS_OF_A_WORD: Final = 4
"""Where words are not parted, so many letters count as one."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add which lines."""
    parser.add_argument("file", type=Path, help="JSON Lines with text and language")


def run(args: argparse.Namespace) -> int:
    """Print one JSON object; return the exit status."""
    rows = rows_of(args.file)
    language(rows[0]["text"] if rows else "warm")
    began = time.process_time()
    told = measured(rows)
    spent = time.process_time() - began
    print(json.dumps({"bench": NAME, **told, "lines_per_cpu_second": round(2 * len(rows) / max(spent, 1e-9), 1)}))
    return 0


def measured(rows: Sequence[JsonObject]) -> JsonObject:
    """Return how many lines are told rightly, from the text alone and with the language of the conversation."""
    alone = [language(row["text"])[0] == row["language"] for row in rows]
    known = [language(row["text"], prefer=row["language"])[0] == row["language"] for row in rows]
    longs = [words_in(row["text"], row["language"]) for row in rows]
    parts = {
        name: [number for number, words in enumerate(longs) if least <= words <= most]
        for name, (least, most) in LENGTHS.items()
    }
    return {
        "lines": len(rows),
        "alone": {"all": _share(alone)} | {name: _share(alone[n] for n in part) for name, part in parts.items()},
        "in_conversation": {"all": _share(known)}
        | {name: _share(known[n] for n in part) for name, part in parts.items()},
    }


def words_in(text: str, tag: str) -> int:
    """Return how many words a text has, by letters where its script parts none."""
    spaced = load(tag).toml("reading.toml").get("script", "spaced") == "spaced"
    return len(text.split()) if spaced else len(text) // LETTERS_OF_A_WORD


def _share(right: Iterable[bool]) -> JsonObject:
    found = list(right)
    share = Share(hits=sum(found), n=len(found))
    if not found:
        return {"n": 0}
    low, high = share.interval
    return {"right": round(share.hits / share.n, 4), "low": round(low, 4), "high": round(high, 4), "n": share.n}
