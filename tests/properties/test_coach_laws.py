"""What holds for every reply: spans lie inside, taking an advice removes it, adding the missing part never lowers."""

from hypothesis import given, settings
from hypothesis import strategies as st

from amends.coach.catalogue import catalogue
from amends.coach.finding import Finding, Severity
from amends.coach.pack import rules_of
from amends.coach.review import review, score
from amends.languages import load
from amends.text.spans import Span
from amends.vocabulary import FIRST_CLASS, CaseView, Stage

TAGS = st.sampled_from(FIRST_CLASS)


def bad_examples() -> list[tuple[str, str, str, CaseView]]:
    return [
        (tag, entry.rule, example.reply, example.case)
        for tag in FIRST_CLASS
        for entry in rules_of(load(tag)).entries
        for example in entry.bad
    ]


def pieces(tag: str) -> list[str]:
    return [label_text for label in rules_of(load(tag)).labels for label_text in label.said]


@given(TAGS, st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_every_span_lies_inside_its_reply(tag, reply):
    for found in review(reply, pack=load(tag)).findings:
        assert 0 <= found.span.start <= found.span.end <= len(reply)
        assert found.span.of(reply) == found.span.of(reply).strip()


@given(TAGS, st.data())
@settings(max_examples=150, deadline=None)
def test_findings_move_with_the_words_before_them(tag, data):
    reply = data.draw(st.sampled_from([row[2] for row in bad_examples() if row[0] == tag]))
    front = data.draw(st.sampled_from(["", "😀😀. ", "\n\n\n", "Ääkkönen. ", "ก็ได้ค่ะ "]))
    for found in review(front + reply, pack=load(tag)).findings:
        assert found.span.end <= len(front + reply)


@given(TAGS, st.data())
@settings(max_examples=100, deadline=None)
def test_adding_a_part_never_lowers_a_stage_or_the_apology(tag, data):
    have = data.draw(st.lists(st.sampled_from(pieces(tag)), max_size=5))
    more = data.draw(st.sampled_from(pieces(tag)))
    before = review("\n".join(have), pack=load(tag))
    after = review("\n".join([*have, more]), pack=load(tag))
    assert all(after.stages[stage] >= before.stages[stage] for stage in Stage)
    assert after.apology.score >= before.apology.score


@given(st.lists(st.sampled_from(sorted(Severity)), max_size=30))
def test_another_finding_never_raises_the_score(levels):
    found = [
        Finding(rule=r, span=Span(0, 0), severity=s, why="", sources=(), detector="phrase")  # type: ignore[arg-type]
        for r, s in zip(list(catalogue()) * 2, levels, strict=False)
    ]
    scores = [score(found[:size]) for size in range(len(found) + 1)]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) >= 0
