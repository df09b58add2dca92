"""The lines of data/reading/threats and data/reading/wishes: what customers say, and what only sounds like it.

    python -m tools.claim_lines threats FOLDER     takes in FOLDER/<tag>.jsonl: lines of `text, kinds, near`
    python -m tools.claim_lines wishes FOLDER

Each line is a sentence or two of a message. `kinds`: which claims it makes; of a look-alike none, or others, and `near`
names the kind that it looks like. A quarter, chosen by the digest of the text, goes to tests/quality/threats or wishes
and never teaches. A line is left out when it is near one that is there (five-letter shingles, Jaccard above .6) or near
a message, or a sentence of one, that judges the reading (above .4). Prints what each language holds.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from amends.languages import load
from amends.reading.claims import KINDS
from amends.reading.cues import look, phrasebook
from amends.reading.plain import plain
from amends.vocabulary import WishKind
from tools.judge import Row, rows_of
from tools.take_in_sentences import Shelf, sifted
from tools.train_letters import TAGS

ROOT: Final = Path(__file__).parents[1]
KEYS: Final = {"text", "kinds", "near"}
CLOSED_ONE_IN: Final = 4


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What lines are about: the kinds they may claim, and the letter of their ids."""

    name: str
    kinds: tuple[str, ...]
    letter: str

    @property
    def teaching(self) -> Path:
        """Return where the lines that teach are."""
        return ROOT / "data/reading" / self.name

    @property
    def closed(self) -> Path:
        """Return where the lines that judge are."""
        return ROOT / "tests/quality" / self.name


THREATS: Final = Subject(name="threats", kinds=KINDS, letter="W")
WISHES: Final = Subject(name="wishes", kinds=tuple(map(str, WishKind)), letter="A")
SUBJECTS: Final = {subject.name: subject for subject in (THREATS, WISHES)}


def rows(subject: Subject) -> list[Row]:
    """Return all lines that teach, each with its language."""
    return [{"language": tag, **row} for tag in TAGS for row in rows_of(subject.teaching / f"{tag}.jsonl")]


def is_closed(text: str) -> bool:
    """Return whether a line is kept apart, for judging alone."""
    return sha256(text.encode()).digest()[0] % CLOSED_ONE_IN == 0


def read(file: Path, subject: Subject) -> list[Row]:
    """Return the lines of an author's file. Raises ValueError for a line of another shape."""
    found = list(rows_of(file))
    if wrong := [
        row for row in found if set(row) != KEYS or not {*row["kinds"]} <= {*subject.kinds} or not row["text"].strip()
    ]:
        raise ValueError(f"{file}: not a line of text, kinds, near: {wrong[0]}")
    return found


def judged(tag: str, subject: Subject) -> Iterator[str]:
    """Yield the messages that judge the reading, each of their sentences, and the lines that judge other claims."""
    book = phrasebook(load(tag))
    for file in sorted((ROOT / "tests/quality").glob(f"**/{tag}/reading.jsonl")):
        for row in rows_of(file):
            found = look(plain(row["text"]), book)
            yield row["text"]
            yield from (span.of(found.plain.normal.text) for span in found.sentences)
    for other in SUBJECTS.values():
        if other is not subject:
            yield from (row["text"] for row in rows_of(other.closed / f"{tag}.jsonl"))


def take_in(tag: str, file: Path, subject: Subject) -> str:
    """Add what is new of one file to a language, and say what became of it."""
    kept = {folder: list(rows_of(folder / f"{tag}.jsonl")) for folder in (subject.teaching, subject.closed)}
    shelf, tests = Shelf(row["text"] for some in kept.values() for row in some), Shelf(judged(tag, subject))
    before, new = sum(map(len, kept.values())), sifted(read(file, subject), shelf=shelf, tests=tests)
    for number, row in enumerate(new.fresh, before + 1):
        named = {
            "id": f"{tag}-{subject.letter}-{number:04}", "text": row["text"], "kinds": sorted(row["kinds"]),
            "near": row["near"],
        }  # fmt: skip
        kept[subject.closed if is_closed(row["text"]) else subject.teaching].append(named)
    for folder, some in kept.items():
        folder.mkdir(parents=True, exist_ok=True)
        written = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in some)
        (folder / f"{tag}.jsonl").write_text(written, "utf-8")
    return f"{len(new.fresh)} taken in, {new.near_test + new.near_another} left out"


def main() -> None:
    """Take in every file of a folder and print the counts by kind and language."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("subject", choices=SUBJECTS)
    asked.add_argument("folder", type=Path)
    given = asked.parse_args()
    subject = SUBJECTS[given.subject]
    for tag in TAGS:
        if (file := given.folder / f"{tag}.jsonl").exists():
            print(f"{file.name}: {take_in(tag, file, subject)}")
    for name, shelf in (("teaching", subject.teaching), ("closed", subject.closed)):
        for tag in TAGS:
            some = list(rows_of(shelf / f"{tag}.jsonl"))
            held = Counter(kind for row in some for kind in row["kinds"])
            alike = sum(not row["kinds"] for row in some)
            print(name, tag, len(some), *(f"{kind} {held[kind]}" for kind in subject.kinds), f"look-alikes {alike}")


if __name__ == "__main__":
    main()
