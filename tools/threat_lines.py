"""The lines of data/reading/threats: what customers say they will do, and what only sounds like it.

    python -m tools.threat_lines FOLDER    takes in FOLDER/<tag>.jsonl: lines of `text, kinds, near`

Each line is a sentence or two of a message. `kinds`: which claims it makes; of a look-alike none,
and `near` names the kind that it looks like. A quarter, chosen by the digest of the text, goes to tests/quality/threats
and never teaches. A line is left out when it is near one that is there (five-letter shingles, Jaccard above .6) or near
a message, or a sentence of one, that judges the reading (above .4). Prints what each language holds.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from amends.languages import load
from amends.reading.claims import KINDS
from amends.reading.cues import look, phrasebook
from amends.reading.plain import plain
from tools.judge import Row, rows_of
from tools.take_in_sentences import Shelf, sifted
from tools.train_letters import TAGS

ROOT: Final = Path(__file__).parents[1]
TEACHING: Final = ROOT / "data/reading/threats"
CLOSED: Final = ROOT / "tests/quality/threats"
KEYS: Final = {"text", "kinds", "near"}
CLOSED_ONE_IN: Final = 4


def rows() -> list[Row]:
    """Return all lines that teach, each with its language."""
    return [{"language": tag, **row} for tag in TAGS for row in rows_of(TEACHING / f"{tag}.jsonl")]


def is_closed(text: str) -> bool:
    """Return whether a line is kept apart, for judging alone."""
    return sha256(text.encode()).digest()[0] % CLOSED_ONE_IN == 0


def read(file: Path) -> list[Row]:
    """Return the lines of an author's file. Raises ValueError for a line of another shape."""
    found = list(rows_of(file))
    if wrong := [
        row for row in found if set(row) != KEYS or not {*row["kinds"]} <= {*KINDS} or not row["text"].strip()
    ]:
        raise ValueError(f"{file}: not a line of text, kinds, near: {wrong[0]}")
    return found


def judged(tag: str) -> Iterator[str]:
    """Yield the messages that judge the reading, and each of their sentences."""
    book = phrasebook(load(tag))
    for file in sorted((ROOT / "tests/quality").glob(f"**/{tag}/reading.jsonl")):
        for row in rows_of(file):
            found = look(plain(row["text"]), book)
            yield row["text"]
            yield from (span.of(found.plain.normal.text) for span in found.sentences)


def take_in(tag: str, file: Path) -> str:
    """Add what is new of one file to a language, and say what became of it."""
    kept = {folder: list(rows_of(folder / f"{tag}.jsonl")) for folder in (TEACHING, CLOSED)}
    shelf, tests = Shelf(row["text"] for some in kept.values() for row in some), Shelf(judged(tag))
    before, new = sum(map(len, kept.values())), sifted(read(file), shelf=shelf, tests=tests)
    for number, row in enumerate(new.fresh, before + 1):
        named = {"id": f"{tag}-W-{number:04}", "text": row["text"], "kinds": sorted(row["kinds"]), "near": row["near"]}
        kept[CLOSED if is_closed(row["text"]) else TEACHING].append(named)
    for folder, some in kept.items():
        folder.mkdir(parents=True, exist_ok=True)
        written = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in some)
        (folder / f"{tag}.jsonl").write_text(written, "utf-8")
    return f"{len(new.fresh)} taken in, {new.near_test + new.near_another} left out"


def main() -> None:
    """Take in every file of a folder and print the counts by kind and language."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    folder = asked.parse_args().folder
    for tag in TAGS:
        if (file := folder / f"{tag}.jsonl").exists():
            print(f"{file.name}: {take_in(tag, file)}")
    for name, shelf in (("teaching", TEACHING), ("closed", CLOSED)):
        for tag in TAGS:
            some = list(rows_of(shelf / f"{tag}.jsonl"))
            held = Counter(kind for row in some for kind in row["kinds"])
            alike = sum(not row["kinds"] for row in some)
            print(name, tag, len(some), *(f"{kind} {held[kind]}" for kind in KINDS), f"look-alikes {alike}")


if __name__ == "__main__":
    main()
