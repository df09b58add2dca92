"""Calm, competent replies are left alone: what fires on them costs the coach its credit."""

from pathlib import Path

import pytest

from amends.coach.finding import Severity
from amends.coach.review import review
from amends.languages import load

CALM = Path(__file__).parent / "calm"
MOST_PER_1000_WORDS = 2
ERROR_RULES = {"apology.non", "apology.inconvenience", "blame.department", "blame.customer", "promise.never_again"}
LOUD = {"en": "THIS IS HOPELESS!!", "id": "MANA PAKETNYA!!", "th": "ของอยู่ไหน!!", "fi": "MISSÄ PAKETTI ON!!"}


def sentences(tag: str) -> list[str]:
    return (CALM / f"{tag}.txt").read_text(encoding="utf-8").splitlines()


def alarms(tag: str) -> list[tuple[str, str]]:
    found = ((f, line) for line in sentences(tag) for f in review(line, pack=load(tag)).findings)
    return [(f.rule, line) for f, line in found if len(f.span) and f.severity is not Severity.HINT]


def test_forty_calm_sentences_raise_no_error_of_the_six_rules(language):
    assert len(sentences(language)) == 40
    assert [alarm for alarm in alarms(language) if alarm[0] in ERROR_RULES] == []


def test_calm_replies_raise_hardly_an_alarm(language):
    words = {"th": 5}  # letters to a word, where words are not spaced
    text = " ".join(sentences(language))
    count = len(text) / words[language] if language in words else len(text.split())
    assert len(alarms(language)) <= MOST_PER_1000_WORDS * max(1, count / 1000)


@pytest.mark.parametrize("part", range(4))
def test_a_calm_reply_to_a_loud_message_mirrors_nothing(language, part):
    reply = "\n".join(sentences(language)[part::4])
    assert "tone.mirror" not in {f.rule for f in review(reply, message=LOUD[language], pack=load(language)).findings}


def test_forty_replies_that_own_the_fault_raise_no_error_at_all(language):
    replies = (CALM / "replies" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    errors = [
        (found.rule, reply)
        for reply in replies
        for found in review(reply, pack=load(language)).findings
        if len(found.span) and found.severity is Severity.ERROR
    ]
    assert len(replies) == 40
    assert errors == []


def test_a_complete_good_reply_raises_neither_error_nor_warning(language):
    replies = (CALM / "whole" / f"{language}.txt").read_text(encoding="utf-8").split("\n---\n")
    graver = [(f.rule, reply) for reply in replies for f in review(reply.strip(), pack=load(language)).findings
              if f.severity is not Severity.HINT]  # fmt: skip
    assert len(replies) == 6
    assert graver == []
