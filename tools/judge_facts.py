"""How well facts are found in messages whose authors marked every one.

    python -m tools.judge_facts [FOLDER] [--quick]       FOLDER/<tag>.jsonl; default tests/quality/facts

Prints precision, recall and F1 of each kind and language: `exact` where the words are those marked, `near` where some
of them are, with n and 95 % intervals (Wilson).
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from amends.engines.choose import embedder
from amends.languages import load
from amends.measures.shares import Share
from amends.reading.read import Tier, read
from amends.reading.tagger import tagged
from amends.text.spans import Span
from amends.vocabulary import FIRST_CLASS, FactKind
from tools.fact_lines import JUDGES, read_rows
from tools.judge import Row

FIGURES: Final = (FactKind.ORDER, FactKind.AMOUNT, FactKind.DATE)
ALL: Final = "all"
FIGURED: Final = "orders, sums, dates"

Marked = frozenset[tuple[FactKind, Span]]


@dataclass(kw_only=True)
class Count:
    """How many facts were marked and found, and how many of each are right, by exact words or by some of them."""

    marked: int = 0
    found: int = 0
    hit: dict[str, int] = field(default_factory=lambda: {"exact": 0, "near": 0})
    true: dict[str, int] = field(default_factory=lambda: {"exact": 0, "near": 0})

    def f1(self, how: str) -> float:
        """Return the F1 score, 0–1."""
        precision, recall = self.true[how] / max(1, self.found), self.hit[how] / max(1, self.marked)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def line(self, how: str) -> str:
        """Return the three figures."""
        right, there = Share(hits=self.true[how], n=self.found), Share(hits=self.hit[how], n=self.marked)
        return f"{how:5} P {right}  R {there}  F1 {self.f1(how):.3f}"


def told(row: Row) -> Marked:
    """Return the facts that an author marked."""
    return frozenset((FactKind(fact["kind"]), Span(fact["start"], fact["end"])) for fact in row["facts"])


def heard(row: Row, tag: str, tier: Tier) -> Marked:
    """Return the facts that are found; in the full tier the tagger alone is asked, which is all that facts need."""
    quick = read(row["text"], language=tag, tier="quick").facts
    found = tagged(row["text"], quick, pack=load(tag), embed=embedder()) if tier == "full" else quick
    return frozenset((fact.kind, fact.span) for fact in found)


def counted(pairs: Iterable[tuple[Marked, Marked]]) -> dict[str, Count]:
    """Return the counts of each kind, of orders, sums and dates together, and of all, from facts marked and found."""
    counts: dict[str, Count] = defaultdict(Count)
    for marked, found in pairs:
        for kind in FactKind:
            wanted, here = _of(marked, kind), _of(found, kind)
            if wanted or here:
                for name in (kind.value, ALL, *([FIGURED] if kind in FIGURES else [])):
                    _count(counts[name], wanted, here)
    return counts


def _of(facts: Marked, kind: FactKind) -> list[Span]:
    return [span for one, span in facts if one is kind]


def _count(count: Count, wanted: Sequence[Span], found: Sequence[Span]) -> None:
    count.marked += len(wanted)
    count.found += len(found)
    for left, right, into in ((wanted, found, count.hit), (found, wanted, count.true)):
        into["exact"] += sum(span in right for span in left)
        into["near"] += sum(any(span.overlaps(other) for other in right) for span in left)


def show(counts: Mapping[str, Count], tag: str) -> None:
    """Print the figures of each kind."""
    for name, count in sorted(counts.items()):
        for how in ("exact", "near"):
            print(f"{tag}  {name:20} {count.line(how)}")


def main() -> None:
    """Judge, and print."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("folder", type=Path, nargs="?", default=JUDGES)
    wanted.add_argument("--quick", action="store_true", help="by the quick tier")
    options = wanted.parse_args()
    tier: Tier = "quick" if options.quick else "full"
    for tag in FIRST_CLASS:
        counts = counted((told(row), heard(row, tag, tier)) for row in read_rows(options.folder, tag))
        show(counts, tag)


if __name__ == "__main__":
    main()
