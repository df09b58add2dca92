"""Whatever suggestion is taken, a whole sentence stands there afterwards, free of what was found."""

import pytest

from amends.coach.finding import Finding
from amends.coach.pack import rules_of
from amends.coach.review import review
from amends.languages import load
from amends.text.spans import Span
from amends.vocabulary import FIRST_CLASS, CaseView, Fact

FACTS = (Fact(kind="order", value="LC-29014"),)
CARRIERS = {
    "en": "I have read it all. {} I will call you.",
    "fi": "Luin kaiken. {} Soitan huomenna.",
    "id": "Semua sudah saya baca. {} Besok saya telepon.",
    "th": "อ่านข้อความครบแล้วค่ะ {} พรุ่งนี้จะโทรหาค่ะ",
}


def carried() -> list[tuple[str, str, str, CaseView]]:
    return [
        (tag, entry.rule, CARRIERS[tag].format(example.reply), example.case)
        for tag in FIRST_CLASS
        for entry in rules_of(load(tag)).entries
        for example in entry.bad
        if entry.suggestions or entry.swaps
    ]


def mended(reply: str, found: Finding, words: str) -> tuple[str, Span]:
    start = found.stretch.start
    return reply[:start] + words + reply[found.stretch.end :], Span(start, start + len(words))


@pytest.mark.parametrize(("tag", "rule", "reply", "case"), carried())
def test_every_suggestion_passes_the_rule_that_it_was_for(tag, rule, reply, case):
    for found in review(reply, case=case, pack=load(tag)).findings:
        for words in found.suggestions if found.rule == rule else ():
            text, place = mended(reply, found, words)
            still = [f for f in review(text, case=case, pack=load(tag)).findings if f.rule == rule and len(f.span)]
            assert not any(f.span.overlaps(place) for f in still), text
