"""How well every rule that words can break is found in replies of one or two sentences, whole letters apart.

By authors who saw no rule, each line about one rule or a look-alike of it. The half of odd numbers was studied; of the
other only totals were seen. Figures are printed with n and the 95 % Wilson interval; the floors may not be lowered.
"""

import pytest

from amends.engines.choose import embedder, encoder_gap
from tools.judge import sets
from tools.judge_short import HALVES, judged, rows

FLOORS = {  # precision, recall over 26 rules, in the full tier
    "studied": {"en": (0.88, 0.96), "id": (0.9, 0.97), "th": (0.9, 0.97), "fi": (0.89, 0.96)},
    "closed": {"en": (0.73, 0.79), "id": (0.68, 0.78), "th": (0.76, 0.71), "fi": (0.77, 0.69)},
}


@pytest.mark.skipif(bool(encoder_gap()), reason="no encoder runs here")
@pytest.mark.parametrize("half", HALVES)
def test_short_replies_are_judged_rule_by_rule(language: str, half: str) -> None:
    made = sets(judged(rows(language, half), language, embedder()))
    print(language, half, "precision", str(made.precision), "recall", str(made.recall))
    precision, recall = FLOORS[half][language]
    assert made.precision.value >= precision
    assert made.recall.value >= recall
