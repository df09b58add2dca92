"""How well the error rules are found, per language, on replies by people who have not seen the packs.

The sets are split by a digest of each row's id. Both parts have been read by class of failure, so neither tells any more
how the packs do on text of other people: a set that nobody here has seen judges that. They keep what was won. The
figures are printed with n and the 95 % Wilson interval; the floors may not be lowered.
"""

import json
from hashlib import md5
from pathlib import Path

import pytest

from amends.coach.review import review
from amends.languages import load
from amends.measures.shares import Share

HERE = Path(__file__).parent
RULES = [
    "apology.non",
    "apology.inconvenience",
    "blame.department",
    "blame.customer",
    "promise.never_again",
    "var.unresolved",
]
FLOORS = {  # precision, recall over the six rules
    "seen": {"en": (0.97, 0.96), "id": (0.97, 0.97), "th": (0.96, 0.95), "fi": (0.97, 0.97)},
    "unseen": {"en": (0.94, 0.94), "id": (0.94, 0.94), "th": (0.94, 0.94), "fi": (0.94, 0.94)},
}


def rows(tag: str, part: str) -> list[dict]:
    lines = (HERE / tag / "coach.jsonl").read_text(encoding="utf-8").splitlines()
    read = [json.loads(line) for line in lines]
    return [row for row in read if (int(md5(row["id"].encode()).hexdigest(), 16) % 4 == 3) == (part == "unseen")]


def counted(tag: str, part: str) -> dict[str, tuple[int, int, int]]:
    """Return right, wrongly found and missed for each rule."""
    pairs = [
        (set(row["fires"]), {f.rule for f in review(row["reply"], pack=load(tag)).findings}) for row in rows(tag, part)
    ]
    return {
        rule: (
            sum(rule in gold and rule in found for gold, found in pairs),
            sum(rule not in gold and rule in found for gold, found in pairs),
            sum(rule in gold and rule not in found for gold, found in pairs),
        )
        for rule in RULES
    }


@pytest.mark.parametrize("part", ["seen", "unseen"])
def test_the_error_rules_are_found_and_little_else(language, part):
    counts = counted(language, part)
    for rule, (right, wrong, missed) in counts.items():
        print(
            language,
            part,
            rule,
            "precision",
            str(Share(hits=right, n=right + wrong)),
            "recall",
            str(Share(hits=right, n=right + missed)),
        )
    right, wrong, missed = (sum(column) for column in zip(*counts.values(), strict=True))
    precision, recall = FLOORS[part][language]
    print(
        language,
        part,
        "all",
        "precision",
        str(Share(hits=right, n=right + wrong)),
        "recall",
        str(Share(hits=right, n=right + missed)),
    )
    assert right / (right + wrong) >= precision
    assert right / (right + missed) >= recall
