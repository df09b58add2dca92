"""A pack is proven by its own examples, and one that is wrong is refused with words that help."""

import pytest

from amends.coach.pack import rules_of
from amends.coach.proof import PROVEN, digest, failing, own_rules
from amends.coach.review import review
from amends.coach.survey import coverage, gaps
from amends.languages import available, load
from amends.vocabulary import BadPack

OWN = """
rules:
  - rule: canned.important
    kind: phrase
    phrases: |
      we (truly |really )care
    suggestions: [here is what I did]
    examples:
      bad: [We truly care about you.]
      good: [We take care of it.]
"""


@pytest.mark.parametrize("tag", sorted(available()))
def test_every_example_of_every_pack_that_ships_holds(tag):
    assert list(failing(rules_of(load(tag)))) == []


@pytest.mark.parametrize("tag", sorted(available()))
def test_a_pack_that_ships_was_proven_as_it_stands(tag):
    from importlib import resources

    noted = (resources.files("amends.coach") / PROVEN).read_text(encoding="utf-8").split()
    assert digest(load(tag)) in noted, "run tools/prove_packs.py"


def test_a_pack_of_ones_own_finds_its_phrase(language):
    rules = own_rules(load(language), extra={"own.yaml": OWN})
    verdict = review("We really care.", pack=load(language), rules=rules)
    assert "canned.important" in [f.rule for f in verdict.findings]


def test_a_pack_whose_example_fails_is_refused_and_names_it():
    wrong = OWN.replace("We take care of it.", "We truly care.")
    with pytest.raises(BadPack, match=r"wrongly found in example “We truly care\.”"):
        own_rules(load("en"), extra={"own.yaml": wrong})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("canned.important", "canned.unheard"), "rule must be in the catalogue"),
        (("kind: phrase", "kind: magic"), "kind one of"),
        (("suggestions:", "sugestions:"), "unknown keys sugestions"),
        (("phrases: |", "patterns: |\n      (?=no)"), "not a linear-time pattern"),
        (("phrases: |", "patterns: |\n      {no_such_list}"), "no word list"),
        (("rules:", "rules: ["), "own.yaml"),
        (("kind: phrase", "kind: phrase\n    when: {fault: [nobodys]}"), "when"),
    ],
)
def test_a_pack_that_is_wrong_says_where(change, says):
    with pytest.raises(BadPack, match=says):
        own_rules(load("en"), extra={"own.yaml": OWN.replace(*change)})


def test_a_list_of_phrases_that_explodes_is_refused():
    with pytest.raises(BadPack, match="forms"):
        own_rules(load("en"), extra={"own.yaml": OWN.replace("we (truly |really )care", "(a|b|c|d|e)" * 5)})


def test_every_error_rule_but_none_is_a_gap_in_a_first_class_language():
    from amends.coach.catalogue import catalogue

    missing = [(rule, tag) for rule, tag in gaps() if catalogue()[rule].level == "error"]
    assert missing == []


def test_no_rule_of_the_catalogue_is_a_gap_in_a_first_class_language():
    assert gaps() == []


def test_what_no_pack_finds_is_listed_as_a_gap():
    assert coverage(("pt",))["listen.points"] == {"pt": "gap"}
