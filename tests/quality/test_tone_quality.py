"""How well kind reports of a trouble and mock praise are heard, and that praise and questions in the same words are not.

tests/quality/tone holds a quarter of what authors wrote who saw no rule; it teaches nothing and totals alone were seen.
"""

import pytest

from amends.engines.choose import embedder
from tools.judge_tone import areas, heard, joyful, of_group, pairs
from tools.tone_lines import FOLDERS

COMPLAINT = {
    "quick": {"en": 0.85, "id": 0.75, "th": 0.79, "fi": 0.82},
    "full": {"en": 0.95, "id": 0.86, "th": 0.88, "fi": 0.94},
}
"""AUROC."""
LEAST_HEARD = {"quick": {"kind": 0.65, "ironic": 0.55}, "full": {"kind": 0.7, "ironic": 0.6}}
MOST_HEARD = {"quick": {"glad": 0.8, "asking": 0.6}, "full": {"glad": 0.5, "asking": 0.25}}
MOST_JOYFUL = {"quick": 0.3, "full": 0.3}
"""Of kind reports and of mock praise."""


@pytest.fixture(scope="module")
def read_so(tag, tier):
    return pairs(FOLDERS.closed, tag, embedder() if tier == "full" else None)


def test_a_complaint_ranks_above_thanks_and_questions_in_its_words(tag, tier, read_so):
    complaint, _ = areas(read_so)
    print(f"\n{tag} {tier} complaint: AUROC {complaint:.3f}")
    assert complaint >= COMPLAINT[tier][tag]


@pytest.mark.parametrize("group", ["kind", "ironic"])
def test_kind_reports_and_mock_praise_are_heard_and_are_no_joy(tag, tier, read_so, group):
    mine = of_group(read_so, group)
    print(f"\n{tag} {tier} {group}: heard {heard(mine)} joy {joyful(mine)}")
    assert heard(mine).value >= LEAST_HEARD[tier][group]
    assert joyful(mine).value <= MOST_JOYFUL[tier]


@pytest.mark.parametrize("group", ["glad", "asking"])
def test_real_praise_and_questions_mostly_are_not(tag, tier, read_so, group):
    mine = of_group(read_so, group)
    print(f"\n{tag} {tier} {group}: heard {heard(mine)}")
    assert heard(mine).value <= MOST_HEARD[tier][group]
