"""How well short replies are judged: one or two sentences, each about one of 26 rules, or a look-alike of one.

    python -m tools.judge_short [FOLDER]         FOLDER/<tag>.jsonl; default tests/quality/short_replies

Prints for each language, half and tier precision, recall and how many look-alikes alarm, with n and 95 % intervals
(Wilson), then what is right, wrong and missed of each rule. Lines of odd number were studied; the others were not.
"""

import argparse
from pathlib import Path
from typing import Final

from amends.coach.review import review
from amends.engines.choose import embedder
from amends.languages import load
from amends.ports import Embedder
from tools.judge import SAID_AS, Row, rows_of, sets, share
from tools.labelled_sentences import TAGS

FOLDER: Final = Path(__file__).parents[1] / "tests/quality/short_replies"
RULES: Final = (
    *("apology.non", "apology.inconvenience", "apology.hedged", "excuse", "blame.department", "org.internal"),
    *("blame.customer", "argue.fairness", "refuse.fast", "minimise", "isolate", "condescend", "impatient"),
    *("indifference", "tone.heated", "tone.defensive", "staff.shamed", "canned.important", "deflect.selfserve"),
    *("upsell.angry", "promise.vague_time", "promise.never_again", "remedy.owed_as_gift", "unsure.hedge", "evasive"),
    "var.unresolved",
)
HALVES: Final = ("studied", "closed")

Pair = tuple[set[str], set[str]]
"""The rules that a reply breaks, and those that were found."""


def rows(tag: str, half: str, folder: Path = FOLDER) -> list[Row]:
    """Return the replies of one half."""
    read = rows_of(folder / f"{tag}.jsonl")
    return [row for row in read if int(row["id"].rsplit("-", 1)[1]) % 2 == (half == "studied")]


def judged(some: list[Row], tag: str, embed: Embedder | None) -> list[Pair]:
    """Return what each reply breaks and what was found in it."""
    pairs = []
    for row in some:
        true, findings = set(row["rules"]), review(row["reply"], pack=load(tag), embed=embed).findings
        pairs.append((true, _as_meant(true, {finding.rule for finding in findings} & set(RULES))))
    return pairs


def _as_meant(true: set[str], found: set[str]) -> set[str]:
    """Return what was found, under the name its author gave it where it goes by two."""
    for rule in true & SAID_AS.keys():
        if others := found & SAID_AS[rule]:
            found = (found - (others - true)) | {rule}
    return found


def main() -> None:
    """Judge both halves of each language in both tiers."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    folder, full = asked.parse_args().folder, dict[str, list[Pair]]()
    for tag in TAGS:
        for half in HALVES:
            for tier, embed in (("quick", None), ("full", embedder())):
                full[f"{tag} {half}"] = pairs = judged(rows(tag, half, folder), tag, embed)
                alarmed = [bool(found) for true, found in pairs if not true]
                told = f"look-alikes alarmed {share(sum(alarmed), len(alarmed))}"
                print(f"{tag} {half} {tier}: {sets(pairs)} {told}")
    for rule in RULES:
        tallies = {name: sets((t & {rule}, f & {rule}) for t, f in pairs) for name, pairs in full.items()}
        print(rule.ljust(22), "  ".join(f"{name} {t.right}/{t.wrong}/{t.missed}" for name, t in tallies.items()))


if __name__ == "__main__":
    main()
