"""How well threats and calls for somebody senior are heard in a sentence or two that stand alone.

tests/quality/threats holds a quarter of what authors wrote who saw no rule; nobody looked at it, and it teaches nothing.
Two fifths of it only hint ("I hope your camera is kind to you"), and more than a third are look-alikes.
"""

import pytest

from amends.engines.choose import embedder
from amends.reading.alike import MANAGER
from tools.claim_lines import THREATS as LINES
from tools.judge import rows_of, sets
from tools.judge_lines import THREATS, of_kinds, pairs

FLOORS = {
    ("quick", "threats"): {"en": (0.69, 0.32), "id": (0.63, 0.38), "th": (0.61, 0.27), "fi": (0.64, 0.45)},
    ("quick", "manager"): {"en": (0.65, 0.23), "id": (0.44, 0.23), "th": (0.74, 0.21), "fi": (0.67, 0.51)},
    ("full", "threats"): {"en": (0.75, 0.42), "id": (0.71, 0.43), "th": (0.74, 0.46), "fi": (0.72, 0.54)},
    ("full", "manager"): {"en": (0.75, 0.50), "id": (0.41, 0.28), "th": (0.78, 0.58), "fi": (0.62, 0.58)},
}
"""Precision and recall. Second authors joined each language's set in November 2026; these are of both together."""
MOST_ALARMED = {"quick": 0.31, "full": 0.29}
"""Of look-alikes."""


@pytest.fixture(scope="module")
def heard(tag, tier):
    return pairs(
        rows_of(LINES.folders.closed / f"{tag}.jsonl"), tag, embedder() if tier == "full" else None, subject=LINES
    )


@pytest.mark.parametrize(("what", "kinds"), [("threats", THREATS), ("manager", {MANAGER})])
def test_what_customers_say_they_will_do_is_heard(tag, tier, heard, what, kinds):
    tally = sets(of_kinds(heard, kinds))
    print(f"\n{tag} {tier} {what}: {tally}")
    right, found = FLOORS[tier, what][tag]
    assert tally.precision.value >= right
    assert tally.recall.value >= found


def test_what_only_sounds_like_it_mostly_stays_silent(tag, tier, heard):
    alike = [bool(claimed) for said, claimed in heard if not said]
    print(f"\n{tag} {tier} look-alikes: {sum(alike)} of {len(alike)}")
    assert sum(alike) / len(alike) <= MOST_ALARMED[tier]
