"""The lines of data/reading/threats and data/reading/wishes: what customers say, and what only sounds like it.

    python -m tools.claim_lines threats FOLDER     takes in FOLDER/<tag>.jsonl: lines of `text, kinds, near`
    python -m tools.claim_lines wishes FOLDER

Each line is a sentence or two of a message. `kinds`: which claims it makes; of a look-alike none, or others, and `near`
names the kind that it looks like. A quarter, chosen by the digest of the text, goes to tests/quality/threats or wishes
and never teaches. A line is left out when it is near one that is there (five-letter shingles, Jaccard above .6) or near
a message, or a sentence of one, that judges the reading (above .4). Prints what each language holds.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from amends.languages import load
from amends.reading.claims import KINDS
from amends.reading.cues import look, phrasebook
from amends.reading.plain import plain
from amends.vocabulary import WishKind
from tools.closed_quarter import ROOT, Folders, texts_that_judge
from tools.judge import Row, rows_of
from tools.train_letters import TAGS

KEYS: Final = {"text", "kinds", "near"}


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What lines are about: the kinds they may claim, and the letter of their ids."""

    name: str
    kinds: tuple[str, ...]
    letter: str

    @property
    def folders(self) -> Folders:
        """Return where the lines are."""
        return Folders(teaching=ROOT / "data/reading" / self.name, closed=ROOT / "tests/quality" / self.name)


THREATS: Final = Subject(name="threats", kinds=KINDS, letter="W")
WISHES: Final = Subject(name="wishes", kinds=tuple(map(str, WishKind)), letter="A")
SUBJECTS: Final = {subject.name: subject for subject in (THREATS, WISHES)}


def rows(subject: Subject) -> list[Row]:
    """Return all lines that teach, each with its language."""
    return [{"language": tag, **row} for tag in TAGS for row in subject.folders.rows(tag)]


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
    for text in texts_that_judge(tag, "reading"):
        found = look(plain(text), book)
        yield text
        yield from (span.of(found.plain.normal.text) for span in found.sentences)
    for other in SUBJECTS.values():
        if other is not subject:
            yield from (row["text"] for row in rows_of(other.folders.closed / f"{tag}.jsonl"))


def take_in(tag: str, file: Path, subject: Subject) -> str:
    """Add what is new of one file to a language, and say what became of it."""

    def named(number: int, row: Row) -> Row:
        kinds = sorted(row["kinds"])
        return {
            "id": f"{tag}-{subject.letter}-{number:04}", "text": row["text"], "kinds": kinds, "near": row["near"],
        }  # fmt: skip

    return subject.folders.take_in(tag, read(file, subject), named=named, tests=judged(tag, subject))


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
    for name, shelf in (("teaching", subject.folders.teaching), ("closed", subject.folders.closed)):
        for tag in TAGS:
            some = list(rows_of(shelf / f"{tag}.jsonl"))
            held = Counter(kind for row in some for kind in row["kinds"])
            alike = sum(not row["kinds"] for row in some)
            print(name, tag, len(some), *(f"{kind} {held[kind]}" for kind in subject.kinds), f"look-alikes {alike}")


if __name__ == "__main__":
    main()
