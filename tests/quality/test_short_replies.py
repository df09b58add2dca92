"""How well every rule that words can break is found in replies of one or two sentences, whole letters apart.

By authors who saw no rule, each line about one rule or a look-alike of it: first in words every trainer names, then
(`plain_replies`) as tired colleagues write. The half of odd numbers was studied; of the other only totals were seen.
Figures are printed with n and the 95 % Wilson interval; the floors may not be lowered.
"""

import pytest

from amends.engines.choose import embedder, encoder_gap
from tools.judge import sets
from tools.judge_short import FOLDER, HALVES, judged, rows

FLOORS = {  # precision, recall over 26 rules, in the full tier
    ("short_replies", "studied"): {"en": (0.88, 0.96), "id": (0.9, 0.97), "th": (0.9, 0.97), "fi": (0.89, 0.96)},
    ("short_replies", "closed"): {"en": (0.73, 0.79), "id": (0.68, 0.78), "th": (0.76, 0.71), "fi": (0.77, 0.69)},
    ("plain_replies", "studied"): {"en": (0.91, 0.94), "id": (0.9, 0.92), "th": (0.73, 0.66), "fi": (0.86, 0.95)},
    ("plain_replies", "closed"): {"en": (0.72, 0.65), "id": (0.76, 0.74), "th": (0.72, 0.66), "fi": (0.72, 0.67)},
}


@pytest.mark.skipif(bool(encoder_gap()), reason="no encoder runs here")
@pytest.mark.parametrize("folder", ["short_replies", "plain_replies"])
@pytest.mark.parametrize("half", HALVES)
def test_short_replies_are_judged_rule_by_rule(language: str, half: str, folder: str) -> None:
    made = sets(judged(rows(language, half, FOLDER.with_name(folder)), language, embedder()))
    print(language, folder, half, "precision", str(made.precision), "recall", str(made.recall))
    precision, recall = FLOORS[folder, half][language]
    assert made.precision.value >= precision
    assert made.recall.value >= recall
