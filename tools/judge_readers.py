"""How far a second reader agrees with the author of a labelled set: `python -m tools.judge_readers FOLDER`.

FOLDER/<tag>/coach.jsonl and reading.jsonl hold the author's labels, coach.second.jsonl and reading.second.jsonl
those of somebody who saw the texts and the meaning of the labels alone. Precision and recall are the second reader's,
with the author taken for right: nobody who judges these texts can be asked for more than they reach.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.judge import ERROR_RULES, Row, rows_of, sets, share

Pair = tuple[Row, Row]
SECOND = "second"


def main() -> int:
    """Tell every language that two have read."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    for language in sorted(path for path in asked.parse_args().folder.iterdir() if path.is_dir()):
        for part, agreed in (("coach", coach), ("reading", reading)):
            for name, figure in agreed(pairs(language, part)):
                print(f"{language.name}  {part:9} {name:24} {figure}")
    return 0


def pairs(language: Path, part: str) -> list[Pair]:
    """Return each row of the author beside that of the second reader; [] where nobody read it again."""
    second = {row["id"]: row for row in rows_of(language / f"{part}.{SECOND}.jsonl")}
    return [(row, second[row["id"]]) for row in rows_of(language / f"{part}.jsonl") if row["id"] in second]


def coach(read: list[Pair]) -> Iterator[tuple[str, str]]:
    """Yield how often both name each error rule, and all of them."""
    named = [({*first["fires"]}, {*second["fires"]}) for first, second in read]
    for rule in ERROR_RULES if read else ():
        yield rule, str(sets((true & {rule}, said & {rule}) for true, said in named))
    if read:
        yield "all six", str(sets((true & {*ERROR_RULES}, said & {*ERROR_RULES}) for true, said in named))


def reading(read: list[Pair]) -> Iterator[tuple[str, str]]:
    """Yield how often both read a message alike."""
    if not read:
        return
    yield "complaint", _alike(read, lambda row: row["complaint"])
    yield "intensity exact", _alike(read, lambda row: row["intensity"])
    yield "manager", _alike(read, lambda row: row["demands_manager"])
    yield "cause, first", _alike([pair for pair in read if pair[0]["cause"]], lambda row: row["cause"])
    yield "threats", str(sets((_kinds(first), _kinds(second)) for first, second in read))
    yield "wishes", str(sets(({*first["wishes"]}, {*second["wishes"]}) for first, second in read))


def _alike(read: list[Pair], said: Callable[[Row], object]) -> str:
    return share(sum(said(first) == said(second) for first, second in read), len(read))


def _kinds(row: Row) -> set[str]:
    return {threat if isinstance(threat, str) else threat["kind"] for threat in row["threats"]}


if __name__ == "__main__":
    sys.exit(main())
