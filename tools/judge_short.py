"""How well short replies are judged: one or two sentences, each about one of 26 rules, or a look-alike of one.

    python -m tools.judge_short [FOLDER]         FOLDER/<tag>.jsonl; default tests/quality/short_replies

Prints for each language, half and tier precision, recall and how many look-alikes alarm, with n and 95 % intervals
(Wilson), then what is right, wrong and missed of each rule. Lines of odd number were studied; the others were not.
"""

import argparse
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from amends.coach.review import review
from amends.engines.choose import embedder
from amends.languages import load
from amends.measures.shares import Share
from amends.ports import Embedder
from tools.labelled_sentences import TAGS

FOLDER: Final = Path(__file__).parents[1] / "tests/quality/short_replies"
RULES: Final = (
    *("apology.non", "apology.inconvenience", "apology.hedged", "excuse", "blame.department", "org.internal"),
    *("blame.customer", "argue.fairness", "refuse.fast", "minimise", "isolate", "condescend", "impatient"),
    *("indifference", "tone.heated", "tone.defensive", "staff.shamed", "canned.important", "deflect.selfserve"),
    *("upsell.angry", "promise.vague_time", "promise.never_again", "remedy.owed_as_gift", "unsure.hedge", "evasive"),
    "var.unresolved",
)
SAID_AS: Final = {"apology.hedged": {"apology.non", "apology.inconvenience"}}
"""What a rule may also be found as: "sorry if you were upset" is said once."""
HALVES: Final = ("studied", "closed")


@dataclass(kw_only=True)
class Judged:
    """What came of some replies, by rule. `alarmed`: look-alikes, of `lookalikes`, in which anything was found."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    alarmed: int = 0
    lookalikes: int = 0

    def add(self, true: set[str], found: set[str]) -> None:
        """Count one reply: the rules it breaks, and those that were found."""
        meant = true | {other for rule in true for other in SAID_AS.get(rule, ())}
        for rule in true:
            (self.right if found & {rule, *SAID_AS.get(rule, ())} else self.missed)[rule] += 1
        self.wrong.update(found - meant)
        self.lookalikes += not true
        self.alarmed += bool(found and not true)

    @property
    def precision(self) -> Share:
        """Return how many of the findings are right."""
        return Share(hits=self.right.total(), n=self.right.total() + self.wrong.total())

    @property
    def recall(self) -> Share:
        """Return how many of the broken rules are found."""
        return Share(hits=self.right.total(), n=self.right.total() + self.missed.total())


def rows(tag: str, half: str, folder: Path = FOLDER) -> list[dict[str, Any]]:
    """Return the replies of one half."""
    read = map(json.loads, (folder / f"{tag}.jsonl").read_text("utf-8").splitlines())
    return [row for row in read if int(row["id"].rsplit("-", 1)[1]) % 2 == (half == "studied")]


def judged(some: list[dict[str, Any]], tag: str, embed: Embedder | None) -> Judged:
    """Return what comes of some replies."""
    made = Judged()
    for row in some:
        findings = review(row["reply"], pack=load(tag), embed=embed).findings
        made.add(set(row["rules"]), {finding.rule for finding in findings} & set(RULES))
    return made


def main() -> None:
    """Judge both halves of each language in both tiers."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    folder, full = asked.parse_args().folder, dict[str, Judged]()
    for tag in TAGS:
        for half in HALVES:
            for tier, embed in (("quick", None), ("full", embedder())):
                made = judged(rows(tag, half, folder), tag, embed)
                full[f"{tag} {half}"] = made
                alarmed = Share(hits=made.alarmed, n=made.lookalikes)
                print(f"{tag} {half} {tier}: P {made.precision} R {made.recall} look-alikes alarmed {alarmed}")
    for rule in RULES:
        told = (f"{name} {one.right[rule]}/{one.wrong[rule]}/{one.missed[rule]}" for name, one in full.items())
        print(rule.ljust(22), "  ".join(told))


if __name__ == "__main__":
    main()
