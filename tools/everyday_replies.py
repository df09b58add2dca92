"""The lines of data/promises/everyday: what support staff write ten times a day, and which times they promise.

    python -m tools.everyday_replies FOLDER    takes in FOLDER/<tag>.txt: a reply a line, promised times in [ ]

All are written on Tuesday 24 November 2026 at 10:15. A quarter, chosen by the digest of the text, goes to
tests/quality/everyday and never teaches. A line is left out when it is near one that is there (five-letter shingles,
Jaccard above .6) or near a reply that judges promises (above .4). Prints what each language holds.
"""

import argparse
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from amends.text.spans import Span
from tools.closed_quarter import ROOT, is_closed, texts_that_judge
from tools.take_in_sentences import Shelf, sifted

TEACHING: Final = ROOT / "data/promises/everyday"
CLOSED: Final = ROOT / "tests/quality/everyday"
WRITTEN_AT: Final = datetime.fromisoformat("2026-11-24T10:15:00+07:00")
PROMISED: Final = re.compile(r"\[([^\[\]]*)\]")
DIGEST_BYTE: Final = -1


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A reply, and where in it the times stand that it promises."""

    text: str
    ours: list[Span]


def marked(line: str) -> Marked:
    """Return a line without its brackets."""
    ours = [Span(m.start() - 2 * n, m.end() - 2 * n - 2) for n, m in enumerate(PROMISED.finditer(line))]
    return Marked(text=PROMISED.sub(r"\1", line), ours=ours)


def lines_of(file: Path) -> list[str]:
    """Return the lines of a file with their brackets; none where there is no file."""
    if not file.exists():
        return []
    return [line for line in map(str.strip, file.read_text("utf-8").splitlines()) if line and line[0] != "#"]


def take_in(tag: str, file: Path) -> str:
    """Add what is new of an author's lines to a language, and say what became of them."""
    kept = {folder: lines_of(folder / f"{tag}.txt") for folder in (TEACHING, CLOSED)}
    shelf = Shelf(marked(line).text for lines in kept.values() for line in lines)
    by_text = {marked(line).text: line for line in lines_of(file)}
    new = sifted(({"text": text} for text in by_text), shelf=shelf, tests=Shelf(texts_that_judge(tag, "promises")))
    for row in new.fresh:
        folder = CLOSED if is_closed(row["text"], byte=DIGEST_BYTE) else TEACHING
        kept[folder].append(by_text[row["text"]])
    for folder, lines in kept.items():
        folder.mkdir(exist_ok=True)
        (folder / f"{tag}.txt").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return f"{len(new.fresh)} taken in, {new.near_another} near another, {new.near_test} near a test"


def main() -> None:
    """Take in the lines of each language."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    for file in sorted(asked.parse_args().folder.glob("*.txt")):
        print(f"{file.stem}: {take_in(file.stem, file)}")


if __name__ == "__main__":
    main()
