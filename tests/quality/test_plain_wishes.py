"""How well wishes are heard in a sentence or two that stand alone.

tests/quality/wishes holds a quarter of what authors wrote who saw no rule; it teaches nothing. Three eighths of it only
hint ("and who pays for the second taxi?"), and a third are look-alikes: done already, refused, offered, somebody
else's, asked in general.
"""

import pytest

from amends.engines.choose import embedder
from tools.claim_lines import WISHES
from tools.judge import rows_of, sets
from tools.judge_lines import pairs

FLOORS = {
    "quick": {"en": (0.72, 0.36), "id": (0.66, 0.23), "th": (0.56, 0.31), "fi": (0.68, 0.21)},
    "full": {"en": (0.74, 0.53), "id": (0.72, 0.31), "th": (0.62, 0.47), "fi": (0.71, 0.32)},
}
"""Precision and recall."""
MOST_ALARMED = {"quick": 0.4, "full": 0.4}
"""Of look-alikes."""


@pytest.fixture(scope="module")
def heard(tag, tier):
    rows = rows_of(WISHES.folders.closed / f"{tag}.jsonl")
    return pairs(rows, tag, embedder() if tier == "full" else None, subject=WISHES)


def test_what_customers_want_is_heard(tag, tier, heard):
    tally = sets(heard)
    print(f"\n{tag} {tier} wishes: {tally}")
    right, found = FLOORS[tier][tag]
    assert tally.precision.value >= right
    assert tally.recall.value >= found


def test_what_only_sounds_like_a_wish_mostly_stays_silent(tag, tier, heard):
    alike = [bool(claimed) for said, claimed in heard if not said]
    print(f"\n{tag} {tier} look-alikes: {sum(alike)} of {len(alike)}")
    assert sum(alike) / len(alike) <= MOST_ALARMED[tier]
