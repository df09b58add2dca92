"""Twelve messages a language that nobody has measured: a sanity set, not a measurement.

Six complaints of rising heat and six calm messages, written for this project in one go by one author. They prove that a
pack is wired in and leans the right way; how well a language is read stands in docs/languages.md.
"""

import tomllib
from pathlib import Path
from statistics import mean

import pytest

from amends.languages.guess import language
from amends.reading.read import read

HERE = Path(__file__).parent / "sanity"
SETS = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*.toml"))}
LEAST_NAMED = 10


def test_every_other_language_has_its_twelve() -> None:
    assert len(SETS) == 20
    assert all(len(told["complaints"]) == len(told["calm"]) == 6 for told in SETS.values())


@pytest.mark.parametrize("tag", SETS)
def test_complaints_sound_hotter_than_everyday_messages(tag: str) -> None:
    hot, calm = ([read(text, language=tag) for text in SETS[tag][kind]] for kind in ("complaints", "calm"))
    assert mean(one.anger for one in hot) > mean(one.anger for one in calm) + 0.25
    assert mean(one.complaint for one in hot) > mean(one.complaint for one in calm) + 0.25


@pytest.mark.parametrize("tag", SETS)
def test_heat_rises_through_the_complaints(tag: str) -> None:
    heard = [read(text, language=tag).anger for text in SETS[tag]["complaints"]]
    assert mean(heard[4:]) > mean(heard[:2])


@pytest.mark.parametrize("tag", SETS)
def test_the_angriest_threatens_with_the_law(tag: str) -> None:
    furious = read(SETS[tag]["complaints"][-1], language=tag)
    assert {"legal", "regulator"} & {str(threat.kind) for threat in furious.threats}


@pytest.mark.parametrize("tag", SETS)
def test_its_language_is_named(tag: str) -> None:
    texts = [*SETS[tag]["complaints"], *SETS[tag]["calm"]]
    assert all(language(text, prefer=tag)[0] == tag for text in texts)
    alone = sum(language(text)[0] == tag for text in texts)
    # Malay without its conversation is often taken for Indonesian, its nearest kin: docs/languages.md.
    assert alone >= (LEAST_NAMED if tag != "ms" else 6)


@pytest.mark.parametrize("tag", SETS)
def test_it_is_told_where_it_was_asked_before_and_what_it_cost(tag: str) -> None:
    told = [read(text, language=tag).told for text in SETS[tag]["complaints"]]
    assert any(one.contacts for one in told), "the fourth message says that it is the fourth"
    assert any(one.costs for one in told), "weeks and hours were waited"
    assert sum(bool(one.points) for one in told) >= 4
