"""How often the coach warns of a letter an expert would send: `python -m tools.judge_good FOLDER` (FOLDER/<tag>.jsonl).

Each line of a file is {id, message, case: {customer_name, fault}, reply}; every error or warning there is a false one.
Prints per language and tier both per 1,000 words, with 95 % intervals (letters drawn again 2,000 times), the share of
letters with none at all (Wilson), and what fired. `--tier` runs one tier, `--rule` also shows where a rule fired.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from amends.coach.finding import Finding, Severity
from amends.coach.pack import case_of
from amends.coach.review import review
from amends.coach.suspecting import FULL, TIERS
from amends.engines.choose import embedder
from amends.languages import load
from amends.languages.pack import LanguagePack
from amends.measures.shares import Share
from amends.ports import Embedder
from amends.text.segments import words

LOUD: Final = (Severity.ERROR, Severity.WARNING)
PER: Final = 1000
DRAWS: Final = 2000
SEED: Final = 5


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One good letter and what the coach warned of in it."""

    id: str
    reply: str
    words: int
    found: tuple[Finding, ...]

    def count(self, severity: Severity) -> int:
        """Return how many findings of one level it has."""
        return sum(finding.severity is severity for finding in self.found)


def main() -> int:
    """Judge every language found in the folder, by each tier."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--tier", choices=TIERS)
    asked.add_argument("--rule", default="")
    args = asked.parse_args()
    for path in sorted(args.folder.glob("*.jsonl")):
        for tier in [args.tier] if args.tier else TIERS:
            judged = judge(path, embed=embedder() if tier == FULL else None)
            print(f"{path.stem}  {tier:5} {told(judged)}")
            print("".join(f"      {line}\n" for line in fired(judged)), end="")
            print("".join(f"      > {line}\n" for line in shown(judged, args.rule)), end="")
    return 0


def judge(path: Path, *, embed: Embedder | None) -> list[Judged]:
    """Return every letter of a file, named by its language, with what the coach warned of."""
    pack = load(path.stem)
    return [judge_one(json.loads(line), pack, embed) for line in path.read_text(encoding="utf-8").splitlines()]


def judge_one(row: dict[str, Any], pack: LanguagePack, embed: Embedder | None) -> Judged:
    """Return one reply with what the coach warned of; a row may know neither case nor message."""
    reply, case = row["reply"], case_of(row["case"]) if "case" in row else None
    found = review(reply, case=case, message=row.get("message"), pack=pack, embed=embed).findings
    return Judged(
        id=row["id"],
        reply=reply,
        words=len(words(reply, pack.sentence_rules)),
        found=tuple(finding for finding in found if finding.severity in LOUD),
    )


def rate(judged: Sequence[Judged]) -> float:
    """Return errors and warnings together per 1,000 words."""
    return PER * sum(len(one.found) for one in judged) / sum(one.words for one in judged)


def told(judged: Sequence[Judged]) -> str:
    """Return the figures of some letters in a line."""
    alarms = {name: np.array([one.count(name) for one in judged]) for name in LOUD}
    sizes, both = np.array([one.words for one in judged]), np.array([len(one.found) for one in judged])
    rates = "  ".join(f"{name}s {per_words(count, sizes)}" for name, count in alarms.items())
    calm = Share(hits=sum(not one.found for one in judged), n=len(judged))
    return f"{rates}  both {per_words(both, sizes)}  of {sizes.sum()} words; letters with none {calm}"


def per_words(counts: NDArray[np.int_], sizes: NDArray[np.int_]) -> str:
    """Return a rate per 1,000 words with its interval, letters being what is drawn again."""
    drawn = np.random.default_rng(SEED).integers(len(sizes), size=(DRAWS, len(sizes)))
    low, high = np.percentile(PER * counts[drawn].sum(axis=1) / sizes[drawn].sum(axis=1), (2.5, 97.5))
    return f"{PER * counts.sum() / sizes.sum():.2f} [{low:.2f}–{high:.2f}]"


def fired(judged: Sequence[Judged]) -> list[str]:
    """Return what fired and how often, most often first."""
    counts = Counter((finding.severity, finding.rule) for one in judged for finding in one.found)
    return [f"{count:3} {severity:8} {rule}" for (severity, rule), count in counts.most_common()]


def shown(judged: Sequence[Judged], rule: str) -> list[str]:
    """Return where a rule fired."""
    return [
        f"{one.id}  {finding.span.of(one.reply) or one.reply[:200]!r}"
        for one in judged
        for finding in one.found
        if finding.rule == rule
    ]


if __name__ == "__main__":
    sys.exit(main())
