"""How well Amends judges texts that somebody labelled: `python -m tools.judge FOLDER` (FOLDER/<tag>/coach.jsonl …).

With the sentence encoder where it runs; `--tier quick` goes without. What the coach finds by meaning too is counted in
lines of its own. Prints per language n, figures and 95 % intervals (Wilson). The format is that of tests/quality; see
its data card.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from amends.coach.finding import Detector, Severity
from amends.coach.review import review
from amends.coach.suspecting import RULE_OF
from amends.engines.choose import embedder
from amends.languages import load
from amends.measures.ranking import auroc, calibration_error, quadratic_kappa
from amends.measures.shares import Share
from amends.ports import Embedder
from amends.promises.find import find_promises
from amends.promises.values import FoundPromise
from amends.reading.read import Tier, read
from amends.vocabulary import Intensity
from tools.judge_mails import mails
from tools.labelled_sentences import WEAKNESSES as LABELS

Row = dict[str, Any]
ERROR_RULES = (
    "apology.non",
    "apology.inconvenience",
    "blame.department",
    "blame.customer",
    "promise.never_again",
    "var.unresolved",
)
WEAKNESSES = (*(rule for label, rule in RULE_OF.items() if label in LABELS), "name.generic")
SAID_AS = {"apology.hedged": {"apology.non", "apology.inconvenience"}}
"""What a weakness may also be found as, on the same words: "sorry if you were upset" is said once."""
PARTS = ("coach", "promises", "reading", "mails", "warned")
BY_MEANING = frozenset(RULE_OF.values())
_ALL = frozenset(Detector)
_PATTERNS = _ALL - {Detector.SEMANTIC}
ANGRY = Intensity.ANNOYED
FIGURES = frozenset({"order", "amount", "date"})
NAMES = frozenset({"product", "person", "place"})
"""Kinds of facts; an author may have marked the first alone."""


@dataclass
class Tally:
    """How often a claim was right, wrong or missing."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, *, claimed: bool, true: bool) -> None:
        """Count one claim against the truth."""
        self.right += claimed and true
        self.wrong += claimed and not true
        self.missed += true and not claimed

    @property
    def precision(self) -> Share:
        """Return how many of the claims are right."""
        return Share(hits=self.right, n=self.right + self.wrong)

    @property
    def recall(self) -> Share:
        """Return how much of what is true was claimed."""
        return Share(hits=self.right, n=self.right + self.missed)

    def __str__(self) -> str:
        """Return precision and recall with their intervals."""
        return f"P {self.precision}  R {self.recall}"


def main() -> int:
    """Judge every language and part found under the folder."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--tier", choices=("quick", "full"), default="full")
    asked.add_argument("--only", choices=PARTS, help="judge this part alone")
    args = asked.parse_args()
    folder, embed = args.folder, embedder() if args.tier == "full" else None
    print(f"encoder: {embed.name if embed else 'none'}")
    if (studied := folder / "STUDIED.md").exists():
        print(studied.read_text(encoding="utf-8").strip())
    for language in sorted(path.name for path in folder.iterdir() if path.is_dir()):
        for part, judge in (
            ("coach", partial(coach, embed=embed)),
            ("promises", promises),
            ("reading", partial(reading, tier=args.tier, embed=embed)),
            ("mails", mails),
            ("warned", partial(warned, embed=embed)),
        ):
            if args.only not in (None, part):
                continue
            rows = list(rows_of(folder / language / f"{part}.jsonl"))
            for name, figure in judge(rows, language) if rows else ():
                print(f"{language}  {part:9} {name:24} {figure}")
    return 0


def coach(rows: list[Row], language: str, *, embed: Embedder | None = None) -> Iterator[tuple[str, str]]:
    """Yield precision and recall of each error rule, with and without meaning, and what is found in clean replies."""
    pack = load(language)
    found = [(row, review(row["reply"], pack=pack, embed=embed).findings) for row in rows]
    for kinds, note in ((_PATTERNS, ""), (_ALL, " + meaning"))[: 1 + bool(embed)]:
        fired = [(set(row["fires"]), {f.rule for f in these if f.detector in kinds}) for row, these in found]
        tallies = {rule: sets((true & {rule}, said & {rule}) for true, said in fired) for rule in ERROR_RULES}
        yield from ((rule + note, str(tally)) for rule, tally in tallies.items() if not note or rule in BY_MEANING)
        yield f"all six{note}", str(_sum(tallies.values()))
    clean = [these for row, these in found if not row["fires"]]
    errors = sum(any(f.severity is Severity.ERROR for f in these) for these in clean)
    yield "clean replies with error", share(errors, len(clean))
    if embed:
        warned = sum(any(f.detector is Detector.SEMANTIC for f in these) for these in clean)
        yield "clean warned by meaning", share(warned, len(clean))
    for rule in ("feel.missing", "apology.missing", "reply.next_steps"):
        yield f"fires {rule}", share(sum(any(f.rule == rule for f in these) for _, these in found), len(found))


def warned(rows: list[Row], language: str, *, embed: Embedder | None = None) -> Iterator[tuple[str, str]]:
    """Yield precision and recall of each weakness in whole replies, and how often one is found in a reply of none."""
    pack, pairs = load(language), []
    for row in rows:
        true = set(row["fires"])
        found = {f.rule for f in review(row["reply"], pack=pack, message=row["message"], embed=embed).findings}
        instead = {rule for rule, others in SAID_AS.items() if rule in true and found & others}
        pairs.append((true, (found | instead) & set(WEAKNESSES)))
    tallies = {rule: sets((true & {rule}, found & {rule}) for true, found in pairs) for rule in WEAKNESSES}
    yield from ((rule, str(tally)) for rule, tally in tallies.items())
    whole = _sum(tallies.values())
    yield "all thirteen", f"{whole}  F1 {2 * whole.right / (2 * whole.right + whole.wrong + whole.missed):.2f}"
    sound = [bool(found) for true, found in pairs if not true]
    yield "sound replies warned", share(sum(sound), len(sound))


def promises(rows: list[Row], language: str) -> Iterator[tuple[str, str]]:
    """Yield precision and recall of due times, and how many traps fired."""
    pack, tally, fired, traps = load(language), Tally(), 0, 0
    for row in rows:
        at = datetime.fromisoformat(row["at"])
        found = [_due(f) for f in find_promises(row["text"], at=at, pack=pack, country=row.get("country"))]
        wanted = [tuple(_moment(p[k]) for k in ("due_start", "due_end")) for p in row["promises"]]
        traps += not wanted
        fired += bool(found) and not wanted
        for due in found:
            tally.add(claimed=True, true=due in wanted)
        tally.missed += sum(due not in found for due in wanted)
    yield "due times", str(tally)
    yield "traps fired", share(fired, traps)


def reading(
    rows: list[Row], language: str, *, tier: Tier = "full", embed: Embedder | None = None
) -> Iterator[tuple[str, str]]:
    """Yield how well heat, complaint, threats, manager, cause, wishes and facts are read."""
    found = [(row, read(row["text"], tier=tier, embed=embed)) for row in rows]
    angry, complains = [row["intensity"] >= ANGRY for row, _ in found], [row["complaint"] for row, _ in found]
    yield "anger AUROC", str(auroc([r.anger for _, r in found], angry))
    yield "anger calibration error", f"{calibration_error([r.anger for _, r in found], angry):.3f} n={len(found)}"
    yield "complaint AUROC", str(auroc([r.complaint for _, r in found], complains))
    steps = [int(r.intensity) for _, r in found]
    yield "intensity kappa", f"{quadratic_kappa(steps, [row['intensity'] for row, _ in found], steps=5):.3f}"
    yield "intensity within 1", share(sum(abs(r.intensity - row["intensity"]) <= 1 for row, r in found), len(found))
    yield "intensity exact", share(sum(r.intensity == row["intensity"] for row, r in found), len(found))
    yield "language", share(sum(r.language == language for _, r in found), len(found))
    yield (
        "threats",
        str(sets((({t["kind"] for t in row["threats"]}, {str(t.kind) for t in r.threats}) for row, r in found))),
    )
    yield (
        "manager",
        str(
            sets(
                (
                    ({"m"} if row["demands_manager"] else set(), {"m"} if r.demands_manager else set())
                    for row, r in found
                )
            )
        ),
    )
    caused = [(row, r) for row, r in found if row["cause"]]
    yield (
        "cause, first",
        share(sum(bool(r.causes) and r.causes[0].kind == row["cause"] for row, r in caused), len(caused)),
    )
    yield "wishes", str(sets(((set(row["wishes"]), {str(w.kind) for w in r.wishes}) for row, r in found)))
    marked = [(row["facts"], r.facts) for row, r in found if "facts" in row]
    for name, kinds in (("facts", FIGURES), ("names", NAMES)):
        if any(f["kind"] in kinds for wanted, _ in marked for f in wanted):
            yield name, str(sets((_quoted(wanted, kinds), _read(facts, kinds)) for wanted, facts in marked))


def share(hits: int, n: int) -> str:
    """Return a share with its interval and n."""
    return str(Share(hits=hits, n=n))


def rows_of(path: Path) -> Iterator[Row]:
    """Yield the rows of a file of labelled texts; none where there is no such file."""
    if path.exists():
        yield from (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def _sum(tallies: Iterable[Tally]) -> Tally:
    together = Tally()
    for tally in tallies:
        together.right, together.wrong = together.right + tally.right, together.wrong + tally.wrong
        together.missed += tally.missed
    return together


def sets(pairs: Iterable[tuple[set[str], set[str]]]) -> Tally:
    """Return how often what was named was right, of what was wanted and found in each row."""
    tally = Tally()
    for wanted, found in pairs:
        tally.right += len(wanted & found)
        tally.wrong += len(found - wanted)
        tally.missed += len(wanted - found)
    return tally


def _due(found: FoundPromise) -> tuple[datetime | None, ...]:
    return found.due_start, found.due_end


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _quoted(facts: Iterable[Row], kinds: frozenset[str]) -> set[str]:
    return {fact["quote"] for fact in facts if fact["kind"] in kinds}


def _read(facts: Iterable[Any], kinds: frozenset[str]) -> set[str]:
    return {fact.value for fact in facts if fact.kind in kinds}


if __name__ == "__main__":
    sys.exit(main())
