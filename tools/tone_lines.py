"""The messages of data/reading/tone: kind reports of a trouble, irony, flat reports, and what only sounds like them.

    python -m tools.tone_lines FOLDER    takes in FOLDER/<tag>.jsonl

Each is a whole short message: `text, group, complaint, intensity, sarcasm, cause`. A quarter, chosen by the digest of
the text, goes to tests/quality/tone and never teaches. One is left out when it is near one that is there (five-letter
shingles, Jaccard above .6) or near a message that judges the reading (above .4). Prints what each language holds.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from amends.vocabulary import CauseKind
from tools.judge import Row, rows_of
from tools.take_in_sentences import Shelf, sifted
from tools.train_letters import TAGS

ROOT: Final = Path(__file__).parents[1]
TEACHING: Final = ROOT / "data/reading/tone"
CLOSED: Final = ROOT / "tests/quality/tone"
GROUPS: Final = ("kind", "ironic", "plain", "hot", "glad", "asking")
KEYS: Final = {"text", "group", "complaint", "intensity", "sarcasm", "cause"}
CLOSED_ONE_IN: Final = 4


def rows(tag: str) -> list[Row]:
    """Return the messages of a language that teach."""
    return list(rows_of(TEACHING / f"{tag}.jsonl"))


def is_closed(text: str) -> bool:
    """Return whether a message is kept apart, for judging alone."""
    return sha256(text.encode()).digest()[0] % CLOSED_ONE_IN == 0


def read(file: Path) -> list[Row]:
    """Return the messages of an author's file. Raises ValueError for a line of another shape."""
    found = list(rows_of(file))
    if wrong := [row for row in found if not _is_whole(row)]:
        raise ValueError(f"{file}: not a message with its group: {wrong[0]}")
    return found


def _is_whole(row: Row) -> bool:
    said = set(row) == KEYS and bool(row["text"].strip())
    return said and row["group"] in GROUPS and row["intensity"] in range(5) and row["cause"] in {"", *CauseKind}


def judged(tag: str) -> Iterator[str]:
    """Yield the messages that judge the reading."""
    for file in sorted((ROOT / "tests/quality").glob(f"**/{tag}/reading.jsonl")):
        yield from (row["text"] for row in rows_of(file))


def take_in(tag: str, file: Path) -> str:
    """Add what is new of one file to a language, and say what became of it."""
    kept = {folder: list(rows_of(folder / f"{tag}.jsonl")) for folder in (TEACHING, CLOSED)}
    shelf, tests = Shelf(row["text"] for some in kept.values() for row in some), Shelf(judged(tag))
    before, new = sum(map(len, kept.values())), sifted(read(file), shelf=shelf, tests=tests)
    for number, row in enumerate(new.fresh, before + 1):
        kept[CLOSED if is_closed(row["text"]) else TEACHING].append({"id": f"{tag}-T-{number:04}", **row})
    for folder, some in kept.items():
        folder.mkdir(parents=True, exist_ok=True)
        written = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in some)
        (folder / f"{tag}.jsonl").write_text(written, "utf-8")
    return f"{len(new.fresh)} taken in, {new.near_test + new.near_another} left out"


def main() -> None:
    """Take in every file of a folder and print the counts by group and language."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    folder = asked.parse_args().folder
    for tag in TAGS:
        if (file := folder / f"{tag}.jsonl").exists():
            print(f"{file.name}: {take_in(tag, file)}")
    for name, shelf in (("teaching", TEACHING), ("closed", CLOSED)):
        for tag in TAGS:
            held = Counter(row["group"] for row in rows_of(shelf / f"{tag}.jsonl"))
            print(name, tag, held.total(), *(f"{group} {held[group]}" for group in GROUPS))


if __name__ == "__main__":
    main()
