"""How well facts are found in messages of two authors a language who never taught anything, every fact marked.

Orders, sums and dates have a floor of their own: words are right where they are those that an author marked, or near
where some of them are. Products are a matter of taste (docs/reference/data-cards/reading-facts.md).
"""

import pytest

from amends.engines import choose
from tools.fact_lines import JUDGES, TEACHES, read_rows
from tools.judge_facts import ALL, FIGURED, counted, heard, told

FLOORS = {
    # tier: {language: (F1 of orders, sums and dates: exact, near; F1 of all kinds: exact, near)}
    "quick": {
        "en": (0.5, 0.5, 0.5, 0.5),
        "id": (0.5, 0.5, 0.5, 0.5),
        "th": (0.5, 0.5, 0.5, 0.5),
        "fi": (0.5, 0.5, 0.5, 0.5),
    },
    "full": {
        "en": (0.5, 0.5, 0.5, 0.5),
        "id": (0.5, 0.5, 0.5, 0.5),
        "th": (0.5, 0.5, 0.5, 0.5),
        "fi": (0.5, 0.5, 0.5, 0.5),
    },
}
gap = choose.encoder_gap()


@pytest.mark.parametrize("tag", FLOORS["full"])
@pytest.mark.parametrize("tier", ["quick", pytest.param("full", marks=pytest.mark.skipif(bool(gap), reason=gap))])
def test_what_a_colleague_would_copy_is_found(tier, tag):
    counts = counted((told(row), heard(row, tag, tier)) for row in read_rows(JUDGES, tag))
    reached = [counts[name].f1(how) for name in (FIGURED, ALL) for how in ("exact", "near")]
    assert all(value >= floor for value, floor in zip(reached, FLOORS[tier][tag], strict=True)), reached


@pytest.mark.parametrize("tag", FLOORS["full"])
def test_who_is_judged_never_taught(tag):
    taught, judged = read_rows(TEACHES, tag), read_rows(JUDGES, tag)
    assert {row["author"] for row in taught}.isdisjoint(row["author"] for row in judged)
    assert {row["text"] for row in taught}.isdisjoint(row["text"] for row in judged)
