"""The catalogue holds exactly the rules that were agreed, at their levels: ids are stable, others build on them."""

import pytest

from amends.coach.catalogue import catalogue
from amends.vocabulary import FIRST_CLASS

AGREED = """
error: apology.non apology.inconvenience excuse blame.department blame.customer argue.fairness refuse.fast minimise isolate indifference tone.heated staff.shamed deflect.selfserve upsell.angry name.misspelt promise.never_again remedy.owed_as_gift var.unresolved
warning: apology.hedged apology.missing apology.specific own.missing org.internal argue.small_sum condescend impatient tone.mirror tone.defensive conduct.unacknowledged feel.missing order.emotion_first listen.points assume.solution script.rigid empathy.canned canned.important voice.faceless name.generic name.overuse balance.why_over_how reply.next_steps promise.vague_time unsure.hedge evasive register.mismatch
hint: apology.thin feel.named restate.missing clarify ask.missing focus.self name.missing sign.name explain.long act.now_missing remedy.cost_hidden empathy.thin offer.open together.missing thanks.missing
"""


def agreed() -> dict[str, str]:
    lines = (line.split(": ") for line in AGREED.strip().splitlines())
    return {rule: level for level, rules in lines for rule in rules.split()}


def test_the_catalogue_holds_what_was_agreed_and_nothing_else():
    assert {rule.id: rule.level for rule in catalogue().values()} == agreed()


@pytest.mark.parametrize("rule", catalogue().values(), ids=lambda rule: rule.id)
def test_every_rule_says_why_in_four_languages_and_where_from(rule):
    assert all(len(rule.why[tag]) > 20 for tag in FIRST_CLASS)
    assert all(source.startswith("R") and 1 <= int(source[1:]) <= 238 for source in rule.sources)


def test_a_reason_falls_back_to_english():
    assert catalogue()["apology.non"].reason("sv") == catalogue()["apology.non"].reason("en")
