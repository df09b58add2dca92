"""How seldom the coach warns of a letter that an expert would send.

The letters are by people who saw no rule. Half of them (tests/quality/good) has been read; the other half, blind_good, is
only counted (docs/languages.md). By patterns and letters alone; `python -m tools.judge_good` counts both tiers.
"""

from pathlib import Path

import pytest

from amends.measures.shares import Share
from tools.judge_good import judge, rate, told

LETTERS = Path(__file__).parent / "good"
MOST = {"en": 2.0, "id": 2.0, "th": 2.0, "fi": 2.0}
"""Errors and warnings in 1,000 words, all of them false: a ceiling that may only come down."""
FEWEST_CALM = 0.75


@pytest.fixture(scope="module")
def letters():
    return {tag: judge(LETTERS / f"{tag}.jsonl", embed=None) for tag in MOST}


def test_a_letter_an_expert_would_send_is_seldom_warned_of(language, letters):
    print(language, told(letters[language]))
    assert len(letters[language]) >= 49
    assert rate(letters[language]) <= MOST[language]


def test_most_good_letters_raise_nothing_at_all(language, letters):
    calm = Share(hits=sum(not one.found for one in letters[language]), n=len(letters[language]))
    print(language, calm)
    assert calm.value >= FEWEST_CALM
