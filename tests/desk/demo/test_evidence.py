"""What an agent of the demo writes when a promise was kept."""

import pytest

from amends.desk.demo.evidence import evidence
from amends.vocabulary import FIRST_CLASS


@pytest.mark.parametrize("what", ["refund", "replacement", "delivery", "call", "something else"])
def test_each_agent_writes_it_in_the_language_they_answer_in(what: str) -> None:
    assert len({evidence(what, tag) for tag in FIRST_CLASS}) == len(FIRST_CLASS)


def test_whoever_answers_in_another_language_writes_english() -> None:
    assert evidence("call", "pt") == evidence("call", "en")
