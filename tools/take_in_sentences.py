"""Take new labelled sentences into data/coach/<tag>.jsonl: `python -m tools.take_in_sentences FOLDER`.

FOLDER/<tag>-<batch>.jsonl holds lines of `id, text, labels`. A line is left out when it is near one that is there
already (five-letter shingles, Jaccard above .6) or near a sentence of the replies of tests/quality that judge the coach
(above .4). Ids become <tag>-<batch>-001 …; a batch already taken in is left alone. Prints what each language holds.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from amends.coach.pack import rules_of
from amends.coach.page import lay_out
from amends.languages import load

ROOT: Final = Path(__file__).parents[1]
DATA: Final = ROOT / "data/coach"
JUDGED: Final = tuple(
    f"tests/quality{folder}/{{}}/coach.jsonl"
    for folder in ("", "/studied", "/blind", "/blind2", "/blind3", "/blind4", "/blind5")
)
TAGS: Final = ("en", "id", "th", "fi")
SHINGLE: Final = 5
NEAR_ANOTHER: Final = 0.6
NEAR_A_TEST: Final = 0.4
KEYS: Final = {"id", "text", "labels"}

Row = dict[str, Any]
Shingles = frozenset[str]


class Shelf:
    """Texts by their shingles, so that only those which share one are compared."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._held: list[Shingles] = []
        self._by_shingle: dict[str, list[int]] = {}
        for text in texts:
            self.add(text)

    def add(self, text: str) -> None:
        """Take in one text."""
        for shingle in (held := shingles(text)):
            self._by_shingle.setdefault(shingle, []).append(len(self._held))
        self._held.append(held)

    def nearest(self, text: str) -> float:
        """Return the highest share of shingles, 0–1, that a text has in common with one on the shelf."""
        asked = shingles(text)
        common = Counter(number for shingle in asked for number in self._by_shingle.get(shingle, ()))
        return max((n / (len(asked) + len(self._held[number]) - n) for number, n in common.items()), default=0.0)


@dataclass(frozen=True, kw_only=True)
class Sifted:
    """Of an author's lines what is new, and how many are near a text that judges, or near another line."""

    fresh: list[Row]
    near_test: int
    near_another: int


def sifted(lines: Iterable[Row], *, shelf: Shelf, tests: Shelf) -> Sifted:
    """Return what is new; it is put on the shelf, so that later lines are compared with it too."""
    fresh, near_test, near_another = list[Row](), 0, 0
    for row in lines:
        text = row["text"].strip()
        if tests.nearest(text) > NEAR_A_TEST:
            near_test += 1
        elif shelf.nearest(text) > NEAR_ANOTHER:
            near_another += 1
        else:
            shelf.add(text)
            fresh.append(row | {"text": text})
    return Sifted(fresh=fresh, near_test=near_test, near_another=near_another)


def shingles(text: str) -> Shingles:
    """Return the five-letter stretches of a text in lower case, its letters and digits alone."""
    letters = " ".join("".join(c if c.isalnum() or ord(c) > 0x300 else " " for c in text.lower()).split())
    return frozenset(letters[at : at + SHINGLE] for at in range(max(1, len(letters) - SHINGLE + 1)))


def read(file: Path) -> list[Row]:
    """Return the lines of a file. Raises ValueError for a line of another shape."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    if wrong := [row for row in rows if set(row) != KEYS or not row["text"].strip()]:
        raise ValueError(f"{file}: not a labelled sentence: {wrong[0]}")
    return rows


def judged(tag: str) -> Iterator[str]:
    """Yield the sentences of the replies that judge the coach, and the words marked in them."""
    rules = rules_of(load(tag)).pack.sentence_rules
    for pattern in JUDGED:
        for line in (ROOT / pattern.format(tag)).read_text("utf-8").splitlines():
            row = json.loads(line)
            page = lay_out(row["reply"], rules)
            yield from (page.stretch(span).of(row["reply"]) for span in page.sentences)
            yield from row["quotes"].values()


def take_in(tag: str, file: Path) -> str:
    """Add what is new of one batch to a language's sentences, and say what became of it."""
    batch, kept = file.stem.removeprefix(f"{tag}-"), read(DATA / f"{tag}.jsonl")
    if any(row["id"].startswith(f"{tag}-{batch}-") for row in kept):
        return "taken in before"
    shelf, tests = Shelf(row["text"] for row in kept), Shelf(judged(tag))
    new = sifted(read(file), shelf=shelf, tests=tests)
    fresh = [
        {"id": f"{tag}-{batch}-{number:03}", "text": row["text"], "labels": row["labels"]}
        for number, row in enumerate(new.fresh, 1)
    ]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in (*kept, *fresh))
    (DATA / f"{tag}.jsonl").write_text(lines, "utf-8")
    return f"{len(fresh)} taken in, {new.near_another} near another, {new.near_test} near a test"


def main() -> None:
    """Take in every batch of a folder and print the counts by label and language."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    folder = asked.parse_args().folder
    for tag in TAGS:
        for file in sorted(folder.glob(f"{tag}-*.jsonl")):
            print(f"{file.name}: {take_in(tag, file)}")
    held = {
        tag: Counter(label for row in read(DATA / f"{tag}.jsonl") for label in row["labels"] or ["[]"]) for tag in TAGS
    }
    print(f"{'':17}", *(f"{tag:>5}" for tag in TAGS))
    for label in sorted(set().union(*held.values())):
        print(f"{label:17}", *(f"{held[tag][label]:5}" for tag in TAGS))
    print(f"{'sentences':17}", *(f"{len(read(DATA / f'{tag}.jsonl')):5}" for tag in TAGS))


if __name__ == "__main__":
    main()
