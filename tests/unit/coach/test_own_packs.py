"""Packs that somebody here wrote: refused with the line, proven by examples, never able to hold the desk up."""

import time

import pytest

from amends.coach import pack as reader
from amends.coach.house import NAME, Word, WordKind, is_sayable, pack_of
from amends.coach.own import fires, problems, with_own
from amends.coach.pack import rules_of
from amends.coach.review import review
from amends.coach.shape import SHAPES
from amends.languages import load
from amends.vocabulary import CaseView

OWN = """
rules:
  - rule: own.ticket
    kind: phrase
    level: warning
    why: {en: They wrote to us about a lamp, fi: Lampusta he kirjoittivat.}
    phrases: [your ticket]
    suggestions: [your case]
    examples:
      bad:
        - Your ticket is open.
      good:
        - Your case is open.
"""
HEAVY = "rules:\n" + "".join(
    f"""  - rule: own.n{number}
    kind: pattern
    why: {{en: x}}
    patterns: ['a.*b{number}|a', '(a|aa)+$|a …… zz{number}']
    anywhere: true
    examples: {{bad: [a], good: [x]}}
"""
    for number in range(100)
)
WORDS = (
    Word(kind=WordKind.INTERNAL, word="Fulfilment Ops", instead="we"),
    Word(kind=WordKind.COLLEAGUE, word="Peter Smith"),
    Word(kind=WordKind.BRAND, word="voucher", instead="gift card"),
)
SHAMED = {
    "en": ("Peter forgot it.", "Peter will call you."),
    "id": ("Peter lalai.", "Peter akan menelepon Ibu."),
    "th": ("Peter ถูกตักเตือนแล้วค่ะ", "Peter จะโทรหาคุณค่ะ"),
    "fi": ("Peterin virhe.", "Peter soittaa sinulle."),
}


def test_a_rule_of_our_own_speaks_with_its_own_reason(language):
    pack = load(language)
    verdict = review("Your ticket is open.", pack=pack, rules=with_own(pack, {"ours": OWN}), interface="fi")
    [found] = [one for one in verdict.findings if one.rule == "own.ticket"]
    assert (found.severity, found.why, found.suggestions) == ("warning", "Lampusta he kirjoittivat.", ("Your case",))


def test_a_pack_that_holds_has_no_problem():
    assert problems("ours", OWN, load("en")) == []


@pytest.mark.parametrize(
    ("was", "is_now", "said"),
    [
        ("- Your case is open.", "- Your ticket is old.", "ours, line 13: own.ticket: wrongly found in"),
        ("- Your ticket is open.", "- Open.", "ours, line 11: own.ticket: not found in"),
        ("level: warning", "level: 3", "ours, line 5: level: must be a text"),
        ("phrases: [your ticket]", "labels: [act]", "line 3: rule 1 (own.ticket): kind phrase needs phrases"),
        ("kind: phrase", "kind: compare\n    check: magic", "kind compare needs check"),
        ("why: {en: They", "why: {th: They", "line 3: rule 1 (own.ticket): a rule of your own says why"),
        ("own.ticket", "canned.unheard", "line 3: rule 1 (canned.unheard): rule must be in the catalogue"),
        ("        - Your case is open.\n", "", "line 10: examples: must be"),
        ("rules:", "rules: [", "ours, line 3"),
        ("rules:", "words: {hurt: x}\nrules:", "line 2: words: hurt is there already"),
        ("your ticket", "(a|b)" * 90, "more than 400 forms"),
        ("rules:", "surprise: 1\nrules:", "unknown surprise"),
        ("- Your case is open.", "- &a x\n        - *a", "line 14: write it out: no aliases"),
        ("kind: phrase", "kind: phrase\n    kind: swap", "line 5: the key kind twice"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(was, is_now, said):
    [problem, *_] = problems("ours", OWN.replace(was, is_now), load("en"))
    assert said in problem


@pytest.mark.parametrize(
    "text", ["", "5", "rules: 5", "[" * 3000, "rules: [{rule: 2020-99-99}]", "a: \x00", "x" * 70_000]
)
def test_whatever_somebody_pastes_is_a_problem_and_no_crash(text):
    assert problems("ours", text, load("en"))


def test_word_lists_that_multiply_are_refused():
    lists = "".join(f"  l{chr(97 + n)}: '{('{l' + chr(98 + n) + '}') * 12}'\n" for n in range(6))
    text = f"words:\n{lists}  lg: word\n" + OWN.strip().replace("phrases: [", "patterns: ['{la}', ")
    assert "longer than" in problems("ours", text.replace("kind: phrase", "kind: pattern"), load("en"))[0]


@pytest.mark.parametrize("reply", ["a " * 10_000, "a" * 20_000, "a." * 10_000, "ab " * 6_000])
def test_a_hundred_hostile_patterns_do_not_hold_a_reply_up(reply):
    rules = with_own(load("en"), {"heavy": HEAVY})
    before = time.process_time()
    found = fires(rules, reply, case=CaseView())
    # Without the bounds this was ten minutes; with them a tenth of a second.
    assert time.process_time() - before < 20
    assert len(found) <= 220


def test_rules_that_ship_are_not_touched_by_ours(language):
    pack = load(language)
    ours = with_own(pack, {"ours": OWN})
    assert [entry.rule for entry in ours.entries if not entry.is_own] == [
        entry.rule for entry in rules_of(pack).entries
    ]


@pytest.mark.parametrize(("tag", "replies"), SHAMED.items())
def test_a_colleague_may_be_named_and_not_shamed(tag, replies):
    pack = load(tag)
    rules = with_own(pack, {NAME: pack_of(WORDS, pack)})
    found = [[one.rule for one in fires(rules, reply, case=CaseView())] for reply in replies]
    assert found == [["staff.shamed"], []]


def test_internal_and_brand_words_are_found_in_every_language(language):
    pack = load(language)
    rules = with_own(pack, {NAME: pack_of(WORDS, pack)})
    found = fires(rules, "Fulfilment Ops: voucher.", case=CaseView())
    assert [(one.rule, one.suggestions) for one in found] == [
        ("org.internal", ("We",)), ("own.brand_words", ("gift card",))
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["", "x", "(a|b)", "{a}", "a~", "!!", "a" * 90])
def test_a_word_that_could_not_be_looked_for_is_refused(word):
    assert not is_sayable(word)


def test_every_key_of_a_rule_has_a_shape():
    assert set(SHAPES) == (reader.KEYS | reader.OWN_KEYS | reader.LABEL_KEYS)
