"""Lines of authors in two folders: those that teach, and a quarter, chosen by the digest of the text, that judges."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from tools.judge import Row, rows_of
from tools.take_in_sentences import Shelf, sifted

ROOT: Final = Path(__file__).parents[1]
CLOSED_ONE_IN: Final = 4


@dataclass(frozen=True, kw_only=True)
class Folders:
    """Where the lines that teach are, and those that judge."""

    teaching: Path
    closed: Path

    def rows(self, tag: str) -> list[Row]:
        """Return the lines of a language that teach."""
        return list(rows_of(self.teaching / f"{tag}.jsonl"))

    def take_in(self, tag: str, lines: Iterable[Row], *, named: Callable[[int, Row], Row], tests: Iterable[str]) -> str:
        """Add what is new of an author's lines to a language, and say what became of them.

        `named` gives a line its id by its number; `tests` are texts that judge, to which no line may be near.
        """
        kept = {folder: list(rows_of(folder / f"{tag}.jsonl")) for folder in (self.teaching, self.closed)}
        shelf = Shelf(row["text"] for some in kept.values() for row in some)
        before, new = sum(map(len, kept.values())), sifted(lines, shelf=shelf, tests=Shelf(tests))
        for number, row in enumerate(new.fresh, before + 1):
            kept[self.closed if is_closed(row["text"]) else self.teaching].append(named(number, row))
        for folder, some in kept.items():
            folder.mkdir(parents=True, exist_ok=True)
            written = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in some)
            (folder / f"{tag}.jsonl").write_text(written, "utf-8")
        return f"{len(new.fresh)} taken in, {new.near_test + new.near_another} left out"


def is_closed(text: str, *, byte: int = 0) -> bool:
    """Return whether a line is kept apart, for judging alone. `byte`: which of its digest tells."""
    return sha256(text.encode()).digest()[byte] % CLOSED_ONE_IN == 0


def texts_that_judge(tag: str, what: str) -> Iterator[str]:
    """Yield the texts of tests/quality that judge `what` ("reading", "promises") in a language."""
    for file in sorted((ROOT / "tests/quality").glob(f"**/{tag}/{what}.jsonl")):
        yield from (row["text"] for row in rows_of(file))
