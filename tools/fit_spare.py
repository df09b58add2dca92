"""Fit with how little doubt the encoder is spared: src/amends/reading/weights/spare.toml.

    python -m tools.fit_spare [--folder tests/quality]

Run it last, whenever any weights of reading were made anew. Reads FOLDER/<tag>/reading.jsonl with and without the
encoder, none of which was learnt from. Of DOUBTS it takes the largest up to which anger loses no more than MOST_LOST of
its AUROC in any language, and complaint no more on their average. Prints the curve.
"""

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any, Final

from amends.engines.choose import embedder
from amends.measures.ranking import auroc
from amends.reading.read import read
from amends.reading.sparing import FILE, is_sure
from amends.reading.values import Reading
from tools.train_letters import TAGS, WEIGHTS

DOUBTS: Final = (0.0, 0.05, 0.1, 0.15, 0.2)
"""No more: above it a plain sentence of despair ("En enää edes odota teiltä vastausta.") was never asked about."""
MOST_LOST: Final = 0.005
ANGRY: Final = 2

Row = dict[str, Any]
Both = list[tuple[Row, Reading, Reading]]
"""Each labelled message, read without the encoder and with it."""


def rows(file: Path) -> list[Row]:
    """Return the labelled messages of a file."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def mixed(both: Both, doubt: float) -> list[tuple[Row, Reading]]:
    """Return the reading of each message when so much doubt spares the encoder."""
    return [(row, first if is_sure(first, doubt) else full) for row, first, full in both]


def areas(both: Both, doubt: float) -> tuple[float, float]:
    """Return the AUROC of anger and of complaint."""
    read_so = mixed(both, doubt)
    anger = auroc([each.anger for _, each in read_so], [row["intensity"] >= ANGRY for row, _ in read_so])
    complaint = auroc([each.complaint for _, each in read_so], [bool(row["complaint"]) for row, _ in read_so])
    return anger.value, complaint.value


def asked(every: Mapping[str, Both], doubt: float) -> float:
    """Return the share of messages that the encoder is asked about."""
    sure = [is_sure(first, doubt) for both in every.values() for _, first, _ in both]
    return 1 - sum(sure) / len(sure)


def lost(every: Mapping[str, Both], doubt: float) -> dict[str, tuple[float, float]]:
    """Return how much AUROC of anger and of complaint is lost against asking always, language by language."""
    before = {tag: areas(both, 0.0) for tag, both in every.items()}
    after = {tag: areas(both, doubt) for tag, both in every.items()}
    return {tag: (before[tag][0] - after[tag][0], before[tag][1] - after[tag][1]) for tag in every}


def chosen(curve: Sequence[tuple[float, Mapping[str, tuple[float, float]]]]) -> float:
    """Return the largest doubt up to which no more is lost than may be."""

    def is_little(of_each: Mapping[str, tuple[float, float]]) -> bool:
        anger, complaint = ([each[side] for each in of_each.values()] for side in (0, 1))
        return max(*anger, sum(complaint) / len(complaint)) <= MOST_LOST

    return max((doubt for doubt, _ in takewhile(lambda each: is_little(each[1]), curve)), default=0.0)


def main() -> None:
    """Fit, report, write."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--folder", type=Path, default=Path("tests/quality"))
    folder, embed, began = wanted.parse_args().folder, embedder(), time.process_time()
    every: dict[str, Both] = {}
    for tag in TAGS:
        every[tag] = [
            (row, read(row["text"], language=tag), read(row["text"], language=tag, embed=embed, spare=0))
            for row in rows(folder / tag / "reading.jsonl")
        ]
    n, spent = sum(map(len, every.values())), time.process_time() - began
    curve = [(doubt, lost(every, doubt)) for doubt in DOUBTS]
    best = chosen(curve)
    print(f"n={n}, {n / spent:.1f} texts a CPU second with both tiers asked always; {best} is taken")
    lines = [
        "# Made by tools/fit_spare.py: with so little doubt the encoder is spared.",
        f"spare = {best}",
        "",
        "# curve",
    ]
    for doubt, of_each in curve:
        told = ", ".join(f"{tag} {anger:+.4f} {complaint:+.4f}" for tag, (anger, complaint) in of_each.items())
        lines.append(f"# doubt {doubt}: asked {asked(every, doubt):.3f}; lost of AUROC, anger and complaint: {told}")
    print("\n".join(lines[4:]))
    (WEIGHTS / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
