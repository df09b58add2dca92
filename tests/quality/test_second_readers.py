"""The labels that the coach and the reader are judged by are those that somebody else gives the same texts."""

from pathlib import Path

import pytest

from amends.vocabulary import FIRST_CLASS
from tools.judge_readers import coach, pairs, reading

SETS = [Path(__file__).parent / name / tag for name in ("blind4", "blind6") for tag in FIRST_CLASS]


@pytest.mark.parametrize("language", SETS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_second_reader_names_the_same_broken_rules(language: Path) -> None:
    read = pairs(language, "coach")
    same = sum(set(first["fires"]) == set(second["fires"]) for first, second in read)
    assert len(read) == 90
    assert same >= 87, dict(coach(read))


@pytest.mark.parametrize("language", SETS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_second_reader_takes_the_same_messages_for_complaints(language: Path) -> None:
    read = pairs(language, "reading")
    assert len(read) == 60
    assert sum(first["complaint"] == second["complaint"] for first, second in read) >= 58, dict(reading(read))
