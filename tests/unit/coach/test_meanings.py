"""Who writes in a language that is not theirs can read what a suggestion says."""

import pytest

from amends.coach.meanings import forms_of, meaning
from amends.coach.proof import proven_rules
from amends.languages import load

TAGS = ("en", "id", "th", "fi")
OTHERS = [(tag, interface) for tag in TAGS for interface in TAGS if tag != interface]


def suggested(tag: str) -> set[str]:
    entries = proven_rules(load(tag)).entries
    return {words for entry in entries for words in (*entry.suggestions, *(better for _, better in entry.swaps))}


@pytest.mark.parametrize(("tag", "interface"), OTHERS)
def test_every_suggestion_of_every_pack_can_be_read_in_the_other_languages(tag: str, interface: str) -> None:
    assert [words for words in suggested(tag) if not meaning(words, language=tag, interface=interface)] == []


def test_the_same_meanings_are_named_in_all_four_languages() -> None:
    assert {frozenset(forms_of(load(tag))) for tag in TAGS} == {frozenset(forms_of(load("en")))}


def test_facts_are_carried_over_as_they_are() -> None:
    said = meaning("เราทำผิดพลาดกับคำสั่งซื้อ TH-88213", language="th", interface="fi")
    assert said == "teimme virheen tilauksessa TH-88213"


def test_a_capital_at_the_start_of_a_sentence_changes_no_meaning() -> None:
    assert meaning("Teimme virheen", language="fi", interface="en") == "we made a mistake"


def test_nothing_is_said_in_the_readers_own_language_or_of_strange_words() -> None:
    assert meaning("teimme virheen", language="fi", interface="fi") == ""
    assert meaning("jotain aivan muuta", language="fi", interface="en") == ""
    assert meaning("we made a mistake", language="en", interface="sv") == ""
