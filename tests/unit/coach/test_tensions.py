"""Where two good rules pull apart, each side has words it finds and words it leaves alone: data of each language."""

import pytest

from amends.coach.explained import explained
from amends.coach.tensions import FILE, tensions
from amends.languages import load
from amends.languages.pack import LanguagePack
from amends.vocabulary import FIRST_CLASS, BadPack
from tests.unit.coach.reviewing import rules

OF_RULES_MD = {
    "R67-R128", "R64-R162-R191", "R154-R164", "R177-R182", "R206-R207-R208-R35", "R1-R106-R183", "R61-R195",
}  # fmt: skip
"""Those that the catalogue of rules names …"""
FURTHER = {"R14-R15-R191-R62-R65", "R215-R110", "R162-R192-R50-R31"}
"""… and those that the playbook adds and rules can hold; a language may hold more."""
SIDES = [
    pytest.param(tag, side, id=f"{tag} {'-'.join(tension.rows)} {side.rule}")
    for tag in FIRST_CLASS
    for tension in tensions(load(tag))
    for side in tension.sides
]


def test_every_language_holds_every_tension_with_words_on_both_sides(language):
    held = {"-".join(tension.rows): tension for tension in tensions(load(language))}
    assert set(held) >= OF_RULES_MD | FURTHER
    for name in held:
        assert len({side.rule for side in held[name].sides}) == 2, name


@pytest.mark.parametrize(("tag", "side"), SIDES)
def test_each_side_of_a_tension_has_words_of_its_own(tag, side):
    assert side.rule in rules(tag, side.found.reply, side.found.message, case=side.found.case)
    assert side.rule not in rules(tag, side.left.reply, side.left.message, case=side.left.case)


@pytest.mark.parametrize(("tag", "side"), SIDES)
def test_the_page_of_a_rule_shows_the_tensions_it_takes_part_in(tag, side):
    (shown,) = [one for one in explained(side.rule).languages if one.tag == tag]
    assert (side.found.reply, side.left.reply) in [(pull.found.reply, pull.left.reply) for pull in shown.pulls]


@pytest.mark.parametrize(
    "text", ["R1-R2:\n  - {rule: excuse, found: x}", "R1-R2:\n  - {rule: no.such, found: x, left: y}"]
)
def test_a_side_that_is_missing_is_named(text):
    with pytest.raises(BadPack, match="R1-R2"):
        tensions(LanguagePack(tag="xx", files={FILE: text}))
