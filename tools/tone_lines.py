"""The messages of data/reading/tone: kind reports of a trouble, irony, flat reports, and what only sounds like them.

    python -m tools.tone_lines FOLDER    takes in FOLDER/<tag>.jsonl

Each is a whole short message: `text, group, complaint, intensity, sarcasm, cause`. A quarter, chosen by the digest of
the text, goes to tests/quality/tone and never teaches. One is left out when it is near one that is there (five-letter
shingles, Jaccard above .6) or near a message that judges the reading (above .4). Prints what each language holds.
"""

import argparse
from collections import Counter
from pathlib import Path
from typing import Final

from amends.vocabulary import CauseKind
from tools.closed_quarter import ROOT, Folders, texts_that_judge
from tools.judge import Row, rows_of
from tools.train_letters import TAGS

FOLDERS: Final = Folders(teaching=ROOT / "data/reading/tone", closed=ROOT / "tests/quality/tone")
GROUPS: Final = ("kind", "ironic", "plain", "hot", "glad", "asking")
KEYS: Final = {"text", "group", "complaint", "intensity", "sarcasm", "cause"}


def read(file: Path) -> list[Row]:
    """Return the messages of an author's file. Raises ValueError for a line of another shape."""
    found = list(rows_of(file))
    if wrong := [row for row in found if not _is_whole(row)]:
        raise ValueError(f"{file}: not a message with its group: {wrong[0]}")
    return found


def _is_whole(row: Row) -> bool:
    said = set(row) == KEYS and bool(row["text"].strip())
    return said and row["group"] in GROUPS and row["intensity"] in range(5) and row["cause"] in {"", *CauseKind}


def take_in(tag: str, file: Path) -> str:
    """Add what is new of one file to a language, and say what became of it."""
    tests = texts_that_judge(tag, "reading")
    return FOLDERS.take_in(
        tag, read(file), named=lambda number, row: {"id": f"{tag}-T-{number:04}", **row}, tests=tests
    )


def main() -> None:
    """Take in every file of a folder and print the counts by group and language."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    folder = asked.parse_args().folder
    for tag in TAGS:
        if (file := folder / f"{tag}.jsonl").exists():
            print(f"{file.name}: {take_in(tag, file)}")
    for name, shelf in (("teaching", FOLDERS.teaching), ("closed", FOLDERS.closed)):
        for tag in TAGS:
            held = Counter(row["group"] for row in rows_of(shelf / f"{tag}.jsonl"))
            print(name, tag, held.total(), *(f"{group} {held[group]}" for group in GROUPS))


if __name__ == "__main__":
    main()
