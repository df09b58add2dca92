"""The sentences of data/coach/further: what the first authors were not asked for (`python -m tools.further_sentences`).

    python -m tools.further_sentences FOLDER    takes in FOLDER/<tag>*.jsonl: lines of `text, label, yes`

Each line was written about one label: it does what the label says (`yes`), or is a look-alike that does not. A line may
name in `also` what else of the labels it does. A line is left out when it is near one that is there (five-letter
shingles, Jaccard above .6) or near a sentence that judges the coach (above .4). Prints what each language holds.
"""

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Final

from amends.coach.suspecting import FURTHER
from tools.judge import Row, rows_of
from tools.labelled_sentences import TAGS
from tools.take_in_sentences import Shelf, judged, sifted

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / "data/coach/further"
AGAIN: Final = (
    "non_apology", "blame_department", "blame_customer", "excuse", "minimise", "refuse", "deflect", "condescend",
)  # fmt: skip
"""Labels that the first authors were asked for too; their lines here wait until the encoder is taught anew."""
LABELS: Final = (*FURTHER, *AGAIN)
KEYS: Final = {"text", "label", "yes"}
MAYBE: Final = {"also"}


def rows() -> list[Row]:
    """Return all lines, each with its language."""
    return [{"language": tag, **row} for tag in TAGS for row in _held(tag)]


def _held(tag: str) -> list[Row]:
    return list(rows_of(FOLDER / f"{tag}.jsonl"))


def read(file: Path) -> list[Row]:
    """Return the lines of an author's file. Raises ValueError for a line of another shape."""
    found = list(rows_of(file))
    if wrong := [row for row in found if not _is_line(row)]:
        raise ValueError(f"{file}: not a line of text, label, yes: {wrong[0]}")
    return found


def _is_line(row: Row) -> bool:
    named = {row.get("label"), *row.get("also", [])}
    return KEYS <= set(row) <= KEYS | MAYBE and named <= {*LABELS} and bool(row["text"].strip())


def does(row: Row) -> frozenset[str]:
    """Return the labels whose meaning a line carries."""
    return frozenset((row["label"], *row.get("also", ())) if row["yes"] else ())


def take_in(tag: str, file: Path) -> str:
    """Add what is new of one file to a language, and say what became of it."""
    kept = _held(tag)
    shelf, tests = Shelf(row["text"] for row in kept), Shelf(judged(tag))
    new, fresh = sifted(read(file), shelf=shelf, tests=tests), list[Row]()
    for number, row in enumerate(new.fresh, len(kept) + 1):
        also = {"also": row["also"]} if row.get("also") else {}
        fresh.append(
            {"id": f"{tag}-V-{number:04}", "text": row["text"], "label": row["label"], "yes": row["yes"], **also}
        )
    written = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in (*kept, *fresh))
    (FOLDER / f"{tag}.jsonl").write_text(written, "utf-8")
    return f"{len(fresh)} taken in, {new.near_test + new.near_another} left out"


def main() -> None:
    """Take in every file of a folder and print the counts by label and language."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    folder = asked.parse_args().folder
    FOLDER.mkdir(exist_ok=True)
    for tag in TAGS:
        for file in sorted(folder.glob(f"{tag}*.jsonl")):
            print(f"{file.name}: {take_in(tag, file)}")
    held = Counter((row["language"], row["label"], row["yes"]) for row in rows())
    for label in LABELS:
        print(f"{label:16}", *(f"{tag} {held[tag, label, True]} + {held[tag, label, False]}  " for tag in TAGS))


if __name__ == "__main__":
    main()
