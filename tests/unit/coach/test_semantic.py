"""What a sentence means counts too: it spares a hint, and warns one level lower, in words that no pattern knows."""

import numpy as np
import pytest

from amends.coach.finding import Detector, Severity
from amends.coach.judge import findings, look
from amends.coach.pack import rules_of
from amends.coach.proof import own_rules
from amends.coach.review import review
from amends.coach.sensing import heads, sense
from amends.coach.suspecting import FULL, Suspicion, weighing
from amends.engines.embed_none import NoEmbedder
from amends.languages import load
from amends.testing import FakeEmbedder
from amends.vocabulary import FIRST_CLASS, CaseView, Fault, Stage
from tests.unit.meant import meant

PLAIN = {
    "en": "The blue kettle stood on the second shelf.",
    "id": "Rak kedua ada di gudang sebelah.",
    "th": "กาต้มน้ำสีฟ้าตั้งอยู่บนชั้นที่สองนะคะ",
    "fi": "Sininen pannu seisoi toisella hyllyllä.",
}
HOLLOW = {
    "en": "We are sorry you feel that way.",
    "id": "Kami mohon maaf jika Ibu merasa kurang puas.",
    "th": "ขออภัยหากทำให้คุณลูกค้ารู้สึกไม่พอใจค่ะ",
    "fi": "Pahoittelemme, jos sinusta tuntuu siltä.",
}
stories = pytest.mark.parametrize("tag, reply", PLAIN.items())


def means(reply: str, label: str) -> FakeEmbedder:
    """Return an encoder to which a sentence surely means a label, and nothing else."""
    learnt = heads()
    wished = np.array([8.0 if one == label else -8.0 for one in learnt.labels])
    return meant(reply, weights=learnt.weights, odds=(wished - learnt.shift) / learnt.stretch)


def rules(tag: str, reply: str, embed=None, **case) -> set[str]:
    return {found.rule for found in review(reply, pack=load(tag), embed=embed, case=CaseView(**case)).findings}


@stories
@pytest.mark.parametrize("label, rule", [("feel", "feel.missing"), ("apologise", "apology.missing")])
def test_what_is_said_in_unknown_words_is_not_missing(tag, reply, label, rule):
    assert rule in rules(tag, reply)
    assert rule not in rules(tag, reply, means(reply, label))


@stories
@pytest.mark.parametrize("label", ["act", "next_step"])
def test_a_next_step_in_unknown_words_is_one(tag, reply, label):
    assert "reply.next_steps" in rules(tag, reply)
    assert "reply.next_steps" not in rules(tag, reply, means(reply, label))


@stories
def test_meaning_fills_a_stage_and_a_part_of_the_apology(tag, reply):
    heard = review(reply, pack=load(tag), embed=means(reply, "own"))
    unheard = review(reply, pack=load(tag))
    assert heard.stages[Stage.ACKNOWLEDGE] > unheard.stages[Stage.ACKNOWLEDGE] == 0
    assert heard.apology.parts["responsibility"] > 0.5


@stories
def test_blame_in_unknown_words_is_a_warning(tag, reply):
    found = review(reply, pack=load(tag), embed=means(reply, "blame_department")).findings
    (finding,) = (one for one in found if one.rule == "blame.department")
    assert (finding.detector, finding.severity) == (Detector.SEMANTIC, Severity.WARNING)
    assert finding.span.of(reply).strip() == reply
    assert finding.confidence >= weighing().least("blame_department", tier=FULL, tag=tag)


FURTHER = {
    "argues": "argue.fairness",
    "isolates": "isolate",
    "indifferent": "indifference",
    "heated": "tone.heated",
    "shames": "staff.shamed",
    "gift": "remedy.owed_as_gift",
}


@stories
@pytest.mark.parametrize("label, rule", FURTHER.items())
def test_what_words_alone_told_before_is_a_warning_by_its_meaning_too(tag, reply, label, rule):
    found = review(reply, pack=load(tag), embed=means(reply, label)).findings
    assert [one.severity for one in found if one.rule == rule] == [Severity.WARNING]
    assert rule not in rules(tag, reply)


OTHERS = {
    "en": "The courier lost your parcel.",
    "id": "Kurir kami menghilangkan paket Ibu.",
    "th": "ขนส่งทำของหายค่ะ",
    "fi": "Kuljetusliike hukkasi pakettinne.",
}


@pytest.mark.parametrize("tag, reply", OTHERS.items())
def test_words_that_all_else_speaks_against_are_no_error(tag, reply):
    rules, scene = rules_of(load(tag)), look(rules_of(load(tag)), reply, case=CaseView(), message=None)
    by_words = findings(rules, scene, interface="en", suspicions=())
    innocent = (Suspicion(chances={"blame_department": 0.02, "blame_customer": 0.02}),) * len(scene.page.sentences)
    assert "blame.department" in {one.rule for one in by_words}
    assert "blame.department" not in {one.rule for one in findings(rules, scene, interface="en", suspicions=innocent)}


def test_words_of_somebodys_own_pack_are_never_doubted():
    own = "rules: [{rule: blame.customer, kind: phrase, phrases: [blue kettle], examples: {bad: [A blue kettle.]}}]"
    rules = own_rules(load("en"), extra={"own.yaml": own})
    scene = look(rules, PLAIN["en"], case=CaseView(), message=None)
    innocent = (Suspicion(chances={"blame_customer": 0.0}),) * len(scene.page.sentences)
    found = findings(rules, scene, interface="en", suspicions=innocent)
    assert Severity.ERROR in {one.severity for one in found if one.rule == "blame.customer"}


@pytest.mark.parametrize("tag, reply", HOLLOW.items())
def test_what_a_pattern_found_is_not_said_twice(tag, reply):
    found = review(reply, pack=load(tag), embed=means(reply, "non_apology")).findings
    assert [one.detector for one in found if one.rule == "apology.non"] == [Detector.PATTERN]


@stories
def test_words_quoted_from_somebody_are_not_warned_of(tag, reply):
    quoted = f'"{reply}"'
    assert "blame.department" not in rules(tag, quoted, means(quoted, "blame_department"))


def test_a_promise_may_be_made_where_the_cause_is_fixed():
    reply = PLAIN["en"]
    embed = means(reply, "never_again")
    assert "promise.never_again" in rules("en", reply, embed)
    assert "promise.never_again" not in rules("en", reply, embed, has_linked_fix=True)


def test_what_is_not_ours_needs_no_apology_with_or_without_meaning():
    reply = PLAIN["en"]
    assert "apology.missing" not in rules("en", reply, means(reply, "feel"), fault=Fault.THEIRS)


def test_of_two_words_the_meaning_says_too_little_to_warn():
    assert "apology.non" not in rules("en", "Sorry, Jack.", means("Sorry, Jack.", "non_apology"))


@pytest.mark.parametrize("tag", FIRST_CLASS)
@pytest.mark.parametrize("embed", [NoEmbedder("not installed"), FakeEmbedder()], ids=["missing", "other"])
def test_without_the_encoder_that_taught_the_heads_patterns_judge_alone(tag, embed):
    reply = f"{PLAIN[tag]} {HOLLOW[tag]}"
    assert review(reply, pack=load(tag), embed=embed) == review(reply, pack=load(tag))


def test_only_sentences_worth_it_are_looked_at():
    asked = []

    class Counting(FakeEmbedder):
        def embed(self, texts):
            asked.extend(texts)
            return super().embed(texts)

    sense(["Hi!", *["This is a sentence."] * 100], embed=Counting("nano-test", dimensions=len(heads().weights)))
    assert asked == ["This is a sentence."] * 80
