"""How well kind reports of a trouble, mock praise and flat reports are heard, and what only sounds like them.

    python -m tools.judge_tone [FOLDER]       FOLDER/<tag>.jsonl; default tests/quality/tone

Prints for each language and tier AUROC of complaint and anger, then for each group how many are heard as a complaint,
are within one step of how upset they are, show joy, and name the main cause, with n and 95 % intervals (Wilson).
"""

import argparse
from pathlib import Path
from typing import Final

from amends.engines.choose import embedder
from amends.measures.ranking import auroc
from amends.measures.shares import Share
from amends.ports import Embedder
from amends.reading.read import Tier, read
from amends.reading.values import Reading
from tools.judge import Row, rows_of
from tools.tone_lines import FOLDERS, GROUPS
from tools.train_letters import TAGS

HEARD: Final = 0.35
"""From so likely a complaint on a message counts as one here; a cause shows from .2."""
JOYFUL: Final = 0.5
ANGRY: Final = 2

Pair = tuple[Row, Reading]


def pairs(folder: Path, tag: str, embed: Embedder | None) -> list[Pair]:
    """Return each message with its reading; without an encoder, by the quick tier."""
    tier: Tier = "full" if embed else "quick"
    return [(row, read(row["text"], language=tag, tier=tier, embed=embed)) for row in rows_of(folder / f"{tag}.jsonl")]


def of_group(some: list[Pair], group: str) -> list[Pair]:
    """Return the messages of a group."""
    return [(row, found) for row, found in some if row["group"] == group]


def heard(some: list[Pair]) -> Share:
    """Return how many are heard as complaints."""
    return Share(hits=sum(found.complaint >= HEARD for _, found in some), n=len(some))


def joyful(some: list[Pair]) -> Share:
    """Return how many show joy."""
    return Share(hits=sum(found.emotions["joy"] > JOYFUL for _, found in some), n=len(some))


def within_one(some: list[Pair]) -> Share:
    """Return how many are read within one step of how upset they are."""
    return Share(hits=sum(abs(found.intensity - row["intensity"]) <= 1 for row, found in some), n=len(some))


def caused(some: list[Pair]) -> Share:
    """Return how many name the main cause first, of those that complain."""
    told = [(row["cause"], found.causes) for row, found in some if row["complaint"]]
    return Share(hits=sum(bool(causes) and causes[0].kind == cause for cause, causes in told), n=len(told))


def areas(some: list[Pair]) -> tuple[float, float]:
    """Return AUROC of complaint and of anger."""
    complains, angry = [row["complaint"] for row, _ in some], [row["intensity"] >= ANGRY for row, _ in some]
    return (
        auroc([found.complaint for _, found in some], complains).value,
        auroc([found.anger for _, found in some], angry).value,
    )


def main() -> None:
    """Judge every language in both tiers."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path, nargs="?", default=FOLDERS.closed)
    folder = asked.parse_args().folder
    for tier, embed in (("quick", None), ("full", embedder())):
        for tag in TAGS:
            some = pairs(folder, tag, embed)
            complaint, anger = areas(some)
            print(f"{tag} {tier:5} n={len(some)} AUROC complaint {complaint:.3f} anger {anger:.3f}", flush=True)
            for group in GROUPS:
                mine = of_group(some, group)
                told = f"heard {heard(mine)} within 1 {within_one(mine)} joy {joyful(mine)} cause {caused(mine)}"
                print(f"{tag} {tier:5}   {group:7} {told}", flush=True)


if __name__ == "__main__":
    main()
