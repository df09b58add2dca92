"""Every row of the playbook that asks something of the coach has a rule, an example and a test, or a test of its own."""

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path

import pytest

from amends.coach.catalogue import catalogue
from amends.coach.judge import look
from amends.coach.pack import rules_of
from amends.coach.review import review
from amends.languages import load
from amends.vocabulary import FIRST_CLASS, CaseView, Fault
from tools import playbook

ROOT = Path(__file__).parents[3]
PLAYBOOK = ROOT / "docs/reference/playbook.toml"
NO_RULE_OF_THEIR_OWN = {
    "R60": "tests/unit/coach/test_playbook_coverage.py::test_each_pack_says_what_is_missing_and_what_is_wrong",
    "R63": "tests/unit/coach/test_playbook_coverage.py::test_a_plain_admission_is_suggested",
    "R69": "tests/unit/coach/test_strictness.py::test_under_stress_shaming_is_what_rises_first",
    "R146": "tests/unit/coach/test_playbook_coverage.py::test_every_row_of_the_coach_has_a_rule_with_examples",
    "R157": "tests/unit/coach/test_strictness.py::test_a_first_reply_weighs_more",
    "R167": "tests/unit/coach/test_playbook_coverage.py::test_a_feeling_seen_is_not_a_fault_owned",
    "R174": "tests/desk/operations/test_send.py::test_an_open_error_needs_a_written_reason",
    "R201": "tests/unit/coach/test_playbook_coverage.py::test_each_pack_says_what_is_missing_and_what_is_wrong",
    "R204": "tests/unit/coach/test_strictness.py::test_late_and_busy_at_once_impatience_rises_too",
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


def exemplified(tag: str) -> set[str]:
    """Return the rules that a language finds, with replies on both sides."""
    return {entry.rule for entry in rules_of(load(tag)).entries if entry.bad and entry.good}


def missing(row: str, sources: Mapping[str, Collection[str]], held: Mapping[str, set[str]]) -> list[str]:
    """Return what a row lacks: its named test, or a rule with examples, language by language.

    `sources`: rows of each rule; `held`: rules with examples by language, `und` for every one.
    """
    if row in NO_RULE_OF_THEIR_OWN:
        return (
            [] if playbook.test_exists(NO_RULE_OF_THEIR_OWN[row]) else [f"{row}: {NO_RULE_OF_THEIR_OWN[row]} is gone"]
        )
    theirs = {rule for rule, rows in sources.items() if row in rows}
    if not theirs:
        return [f"{row}: no rule names it"]
    return [f"{row}: no example in {tag}" for tag in FIRST_CLASS if not theirs & (held[tag] | held["und"])]


SOURCES = {rule.id: rule.sources for rule in catalogue().values()}
HELD = {tag: exemplified(tag) for tag in (*FIRST_CLASS, "und")}


@pytest.mark.parametrize("row", rows_of_the_coach())
def test_every_row_of_the_coach_has_a_rule_with_examples(row):
    assert missing(row, SOURCES, HELD) == []


@pytest.mark.parametrize("tag", FIRST_CLASS)
def test_an_example_that_is_taken_away_is_missed(tag):
    without = HELD | {tag: HELD[tag] - {"apology.non"}, "und": HELD["und"] - {"apology.non"}}
    assert missing("R52", SOURCES, without) == [f"R52: no example in {tag}"]


def test_a_rule_that_is_taken_away_is_missed():
    assert missing("R52", {rule: rows for rule, rows in SOURCES.items() if rule != "apology.non"}, HELD)


def test_a_named_test_that_is_taken_away_is_missed(monkeypatch):
    monkeypatch.setitem(NO_RULE_OF_THEIR_OWN, "R60", "tests/unit/coach/test_strictness.py::test_nobody_wrote")
    assert missing("R60", SOURCES, HELD)


def test_every_row_of_the_coach_stands_in_the_table_with_its_state():
    rows = tomllib.loads(PLAYBOOK.read_text(encoding="utf-8"))
    assert [row for row in rows_of_the_coach() if rows[row]["status"] == "open"] == []


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
