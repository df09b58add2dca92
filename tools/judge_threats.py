"""How well threats and calls for somebody senior are heard in a sentence or two that stand alone, and in look-alikes.

    python -m tools.judge_threats [FOLDER]       FOLDER/<tag>.jsonl; default tests/quality/threats

Prints for each language and tier precision and recall of threats and of calls, how many look-alikes alarm, with n and
95 % intervals (Wilson), then what is right, wrong and missed of each kind.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from amends.engines.choose import embedder
from amends.ports import Embedder
from amends.reading.alike import MANAGER
from amends.reading.claims import KINDS
from amends.reading.read import read
from tools.judge import Row, rows_of, sets, share
from tools.train_letters import TAGS

FOLDER: Final = Path(__file__).parents[1] / "tests/quality/threats"
THREATS: Final = frozenset(KINDS) - {MANAGER}

Pair = tuple[set[str], set[str]]
"""What a line says, and what is heard."""


def pairs(rows: Iterable[Row], language: str, embed: Embedder | None) -> list[Pair]:
    """Return what each line says and what is heard in it; without an encoder, by the quick tier."""
    return [(set(row["kinds"]), _heard(row["text"], language, embed)) for row in rows]


def _heard(text: str, language: str, embed: Embedder | None) -> set[str]:
    told = read(text, language=language, tier="full" if embed else "quick", embed=embed)
    return {str(threat.kind) for threat in told.threats} | ({MANAGER} if told.demands_manager else set())


def of_kinds(these: list[Pair], kinds: Iterable[str]) -> list[Pair]:
    """Return the pairs with these kinds alone."""
    wanted = set(kinds)
    return [(said & wanted, heard & wanted) for said, heard in these]


def main() -> None:
    """Judge every language in both tiers."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    folder = asked.parse_args().folder
    for tier, embed in (("quick", None), ("full", embedder())):
        for tag in TAGS:
            these = pairs(rows_of(folder / f"{tag}.jsonl"), tag, embed)
            alike = [bool(heard) for said, heard in these if not said]
            print(f"{tag} {tier:5} threats  {sets(of_kinds(these, THREATS))}")
            print(f"{tag} {tier:5} manager  {sets(of_kinds(these, {MANAGER}))}")
            print(f"{tag} {tier:5} look-alikes that alarm  {share(sum(alike), len(alike))}")
            tallies = {kind: sets(of_kinds(these, {kind})) for kind in KINDS}
            print("   ", *(f"{kind} {t.right} right {t.wrong} wrong {t.missed} missed " for kind, t in tallies.items()))


if __name__ == "__main__":
    main()
