"""Every row of the playbook that asks something of the coach has a rule, an example and a test, or a test of its own."""

import tomllib
from pathlib import Path

import pytest

from amends.coach.catalogue import catalogue
from amends.coach.judge import look
from amends.coach.pack import rules_of
from amends.coach.review import review
from amends.languages import load
from amends.vocabulary import FIRST_CLASS, CaseView, Fault

ROOT = Path(__file__).parents[3]
PLAYBOOK = ROOT / "docs/reference/playbook.toml"
NO_RULE_OF_THEIR_OWN = {
    "R60": "tests/unit/coach/test_playbook_coverage.py::test_each_pack_says_what_is_missing_and_what_is_wrong",
    "R63": "tests/unit/coach/test_playbook_coverage.py::test_a_plain_admission_is_suggested",
    "R69": "tests/unit/coach/test_strictness.py",
    "R146": "tests/unit/coach/test_playbook_coverage.py::test_every_row_of_the_coach_has_a_rule_with_examples",
    "R157": "tests/unit/coach/test_strictness.py",
    "R167": "tests/unit/coach/test_playbook_coverage.py::test_a_feeling_seen_is_not_a_fault_owned",
    "R174": "tests/desk/operations/test_send.py",
    "R201": "tests/unit/coach/test_playbook_coverage.py::test_each_pack_says_what_is_missing_and_what_is_wrong",
    "R204": "tests/unit/coach/test_strictness.py",
    "R206": "tests/unit/coach/test_tensions.py::test_each_side_of_a_tension_has_words_of_its_own",
    "R207": "tests/unit/coach/test_tensions.py::test_each_side_of_a_tension_has_words_of_its_own",
    "R208": "tests/unit/coach/test_tensions.py::test_each_side_of_a_tension_has_words_of_its_own",
}
FEEL = {
    "en": "I can see how frustrating this was.",
    "id": "Wajar sekali Bapak marah.",
    "th": "คงน่าหงุดหงิดมากค่ะ",
    "fi": "Ymmärrän, että olet pettynyt.",
}
OWN = {
    "en": "This was our mistake.",
    "id": "Ini kesalahan kami.",
    "th": "เป็นความผิดของเราเองค่ะ",
    "fi": "Tämä oli meidän virheemme.",
}


def rows_of_the_coach() -> list[str]:
    rows = tomllib.loads(PLAYBOOK.read_text(encoding="utf-8"))
    return [number for number, row in rows.items() if "COA" in row["does"]]


def with_examples(tag: str) -> set[str]:
    return {entry.rule for entry in rules_of(load(tag)).entries if entry.bad and entry.good}


@pytest.mark.parametrize("row", rows_of_the_coach())
def test_every_row_of_the_coach_has_a_rule_with_examples(row):
    if row in NO_RULE_OF_THEIR_OWN:
        path, _, name = NO_RULE_OF_THEIR_OWN[row].partition("::")
        assert f"def {name}" in (ROOT / path).read_text(encoding="utf-8")
        return
    theirs = {rule.id for rule in catalogue().values() if row in rule.sources}
    shared = set.intersection(*(with_examples(tag) for tag in FIRST_CLASS)) | with_examples("und")
    assert theirs & shared, row


def test_each_pack_says_what_is_missing_and_what_is_wrong(language):
    kinds = {entry.kind for entry in rules_of(load(language)).entries}
    assert {"missing", "parts", "pattern", "phrase", "swap", "compare"} <= kinds


def test_a_plain_admission_is_suggested(language):
    found = review(FEEL[language], case=CaseView(fault=Fault.OURS), pack=load(language)).findings
    (own,) = [one for one in found if one.rule == "own.missing"]
    assert own.suggestions
    admitted = review(own.suggestions[0], case=CaseView(fault=Fault.OURS), pack=load(language)).findings
    assert "own.missing" not in {one.rule for one in admitted}


def test_a_feeling_seen_is_not_a_fault_owned(language):
    felt, owned = (
        look(rules_of(load(language)), said[language], case=CaseView(), message=None) for said in (FEEL, OWN)
    )
    assert (felt.says("feel"), felt.says("own")) == (True, False)
    assert (owned.says("own"), owned.says("feel")) == (True, False)
