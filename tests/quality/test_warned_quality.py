"""How well thirteen weaknesses are found by words alone, on sentences that nobody read who wrote the patterns.

Half of a set by authors who saw no rule, split by a digest of each row's id; the other half was studied. What a rule
yields to on the same words counts as found: "sorry if you were upset" is said once, as no apology at all. The figures
are printed with n and the 95 % Wilson interval; the floors may not be lowered.
"""

import json
from pathlib import Path

from amends.coach.judge import findings, look
from amends.coach.pack import rules_of
from amends.coach.suspecting import RULE_OF
from amends.languages import load
from amends.measures.shares import Share
from amends.vocabulary import CaseView
from tools.judge import SAID_AS

HERE = Path(__file__).parent / "warned"
LABELS = (
    *("hedged", "internal", "condescend", "impatient", "defensive", "important", "faceless"),
    *("vague_time", "unsure", "evasive", "assumes", "gushing", "generic_name"),
)
RULES = {label: RULE_OF.get(label, "name.generic") for label in LABELS}
FLOORS = {"en": (0.91, 0.45), "id": (0.81, 0.38), "th": (0.83, 0.30), "fi": (0.91, 0.37)}
"""Precision and recall over the thirteen rules."""


def rows(tag: str) -> list[tuple[set[str], set[str]]]:
    """Return the rules that each sentence breaks and those that were found in it."""
    rules, read = rules_of(load(tag)), []
    for line in (HERE / f"{tag}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        scene = look(rules, row["text"], case=CaseView(), message=None)
        found = {finding.rule for finding in findings(rules, scene, interface="en", suspicions=())}
        read.append(({RULES[label] for label in row["labels"]}, found))
    return read


def counted(read: list[tuple[set[str], set[str]]], rule: str) -> tuple[int, int, int]:
    """Return right, wrongly found and missed."""
    said_by = {rule} | SAID_AS.get(rule, set())
    right = sum(rule in gold and bool(said_by & found) for gold, found in read)
    wrong = sum(rule not in gold and rule in found for gold, found in read)
    return right, wrong, sum(rule in gold for gold, _ in read) - right


def test_the_weaknesses_are_found_by_words_and_little_else(language):
    read = rows(language)
    counts = {rule: counted(read, rule) for rule in RULES.values()}
    right, wrong, missed = (sum(column) for column in zip(*counts.values(), strict=True))
    for rule, (hits, falsely, passed) in {**counts, "all": (right, wrong, missed)}.items():
        precision, recall = Share(hits=hits, n=hits + falsely), Share(hits=hits, n=hits + passed)
        print(language, rule, "precision", str(precision), "recall", str(recall))
    assert right / (right + wrong) >= FLOORS[language][0]
    assert right / (right + missed) >= FLOORS[language][1]
