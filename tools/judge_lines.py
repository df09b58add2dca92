"""How well threats, calls for somebody senior and wishes are heard in a sentence or two that stand alone.

    python -m tools.judge_lines threats [FOLDER]       FOLDER/<tag>.jsonl; default tests/quality/threats
    python -m tools.judge_lines wishes [FOLDER]

Prints for each language and tier precision and recall, how many look-alikes alarm, with n and 95 % intervals (Wilson),
then what is right, wrong and missed of each kind.
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
from tools.claim_lines import SUBJECTS, WISHES, Subject
from tools.claim_lines import THREATS as LINES_OF_THREATS
from tools.judge import Row, rows_of, sets, share
from tools.train_letters import TAGS

THREATS: Final = frozenset(KINDS) - {MANAGER}
PARTS: Final = {
    LINES_OF_THREATS.name: {"threats": THREATS, "manager": frozenset({MANAGER})},
    WISHES.name: {"wishes": frozenset(WISHES.kinds)},
}
"""What is told of each subject: a name, and the kinds it counts."""

Pair = tuple[set[str], set[str]]
"""What a line says, and what is heard."""


def pairs(rows: Iterable[Row], language: str, embed: Embedder | None, *, subject: Subject) -> list[Pair]:
    """Return what each line says and what is heard in it; without an encoder, by the quick tier."""
    return [(set(row["kinds"]), _heard(row["text"], language, embed) & {*subject.kinds}) for row in rows]


def _heard(text: str, language: str, embed: Embedder | None) -> set[str]:
    told = read(text, language=language, tier="full" if embed else "quick", embed=embed)
    claims = {str(threat.kind) for threat in told.threats} | {str(wish.kind) for wish in told.wishes}
    return claims | ({MANAGER} if told.demands_manager else set())


def of_kinds(these: list[Pair], kinds: Iterable[str]) -> list[Pair]:
    """Return the pairs with these kinds alone."""
    wanted = set(kinds)
    return [(said & wanted, heard & wanted) for said, heard in these]


def main() -> None:
    """Judge every language in both tiers."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("subject", choices=SUBJECTS)
    asked.add_argument("folder", type=Path, nargs="?")
    given = asked.parse_args()
    subject = SUBJECTS[given.subject]
    for tier, embed in (("quick", None), ("full", embedder())):
        for tag in TAGS:
            rows = list(rows_of((given.folder or subject.folders.closed) / f"{tag}.jsonl"))
            report(f"{tag} {tier:5}", pairs(rows, tag, embed, subject=subject), subject)


def report(title: str, these: list[Pair], subject: Subject) -> None:
    """Print the figures of one language and tier."""
    for name, kinds in PARTS[subject.name].items():
        print(f"{title} {name:8} {sets(of_kinds(these, kinds))}")
    alike = [bool(heard) for said, heard in these if not said]
    print(f"{title} look-alikes that alarm  {share(sum(alike), len(alike))}")
    tallies = {kind: sets(of_kinds(these, {kind})) for kind in subject.kinds}
    print(
        "   ",
        *(f"{kind} {t.right} right {t.wrong} wrong {t.missed} missed " for kind, t in tallies.items()),
        flush=True,
    )


if __name__ == "__main__":
    main()
