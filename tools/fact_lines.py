"""Take in messages whose authors marked every fact: data/reading/facts, or tests/quality/facts for a closed author.

    python -m tools.fact_lines th c FILE            author c of Thai joins data/reading/facts/th.jsonl
    python -m tools.fact_lines th b FILE --closed   author b is judged and never teaches

Each line of FILE is a message with `[[kind|words as written]]` for every fact.
"""

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from amends.vocabulary import FactKind
from tools.judge import Row, rows_of

MARK: Final = re.compile(r"\[\[(\w+)\|(.*?)\]\]")
ROOT: Final = Path(__file__).parents[1]
TEACHES, JUDGES = ROOT / "data" / "reading" / "facts", ROOT / "tests" / "quality" / "facts"


def parsed(line: str) -> tuple[str, list[Row]]:
    """Return a line without its marks, and the facts that they mark. Raises ValueError for a kind that is none."""
    text, facts, last = "", list[Row](), 0
    for mark in MARK.finditer(line):
        text += line[last : mark.start()]
        start, kind = len(text), FactKind(mark[1])
        text += mark[2]
        facts.append({"kind": kind.value, "start": start, "end": len(text)})
        last = mark.end()
    return text + line[last:], facts


def rows(tag: str, author: str, lines: Iterator[str]) -> Iterator[Row]:
    """Yield the rows of an author's lines."""
    for number, line in enumerate(lines, 1):
        text, facts = parsed(line.strip())
        yield {"id": f"{tag}-{author}-{number:03}", "author": author, "text": text, "facts": facts}


def read_rows(folder: Path, tag: str) -> list[Row]:
    """Return what was taken in of a language."""
    return list(rows_of(folder / f"{tag}.jsonl"))


def main() -> None:
    """Take in one file."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("tag")
    wanted.add_argument("author")
    wanted.add_argument("file", type=Path)
    wanted.add_argument("--closed", action="store_true", help="the author is judged and never teaches")
    options = wanted.parse_args()
    folder = JUDGES if options.closed else TEACHES
    kept = [row for row in read_rows(folder, options.tag) if row["author"] != options.author]
    known = {row["text"] for row in kept}
    lines = filter(str.strip, options.file.read_text("utf-8").splitlines())
    fresh = [row for row in rows(options.tag, options.author, lines) if row["text"] not in known]
    folder.mkdir(parents=True, exist_ok=True)
    written = (json.dumps(row, ensure_ascii=False) + "\n" for row in kept + fresh)
    (folder / f"{options.tag}.jsonl").write_text("".join(written), "utf-8")
    print(f"{options.tag}: {len(fresh)} of author {options.author}, {sum(len(row['facts']) for row in fresh)} facts")


if __name__ == "__main__":
    main()
