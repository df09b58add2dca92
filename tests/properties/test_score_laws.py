"""What holds for every score: a sentence that adds a part never lowers one, wherever it stands; spans lie inside."""

from hypothesis import given, settings
from hypothesis import strategies as st

from amends.coach.finding import Verdict
from amends.coach.pack import rules_of
from amends.coach.review import review
from amends.languages import load
from amends.vocabulary import FIRST_CLASS, CaseView, CauseKind, Fact, Fault

TAGS = st.sampled_from(FIRST_CLASS)
CASES = st.builds(
    lambda fault, cause, facts, name: CaseView(fault=fault, customer_name=name, facts=(Fact(kind="cause", value=cause), *facts)),
    st.sampled_from(Fault),
    st.sampled_from(CauseKind),
    st.lists(
        st.sampled_from([
            Fact(kind="order", value="A-1"), Fact(kind="product", value="boots"), Fact(kind="late_days", value="9"),
            Fact(kind="due", value="2026-11-27"), Fact(kind="sum", value="40.00 EUR"), Fact(kind="late_days", value="x"),
            Fact(kind="due", value="2026-99-99"), Fact(kind="sum", value="a lot"), Fact(kind="order", value=" "),
        ]),
        max_size=5, unique=True,
    ),
    st.sampled_from(["", "Anna", "Dewi Lestari", "สมชาย ใจดี", "{order}"]),
)  # fmt: skip


def pieces(tag: str, *names: str) -> list[str]:
    return [said for label in rules_of(load(tag)).labels if not names or label.name in names for said in label.said]


def scores(verdict: Verdict) -> list[float]:
    parts = [*verdict.empathy.levels.values(), *verdict.apology.parts.values(), *verdict.stages.values()]
    return [verdict.empathy.score, verdict.apology.score, *parts]


@given(TAGS, st.data())
@settings(max_examples=120, deadline=None)
def test_adding_a_sentence_anywhere_never_lowers_a_score(tag, data):
    have = data.draw(st.lists(st.sampled_from(pieces(tag)), max_size=5))
    more = data.draw(st.sampled_from(pieces(tag)))
    place = data.draw(st.integers(0, len(have)))
    before = review("\n\n".join(have), pack=load(tag))
    after = review("\n\n".join([*have[:place], more, *have[place:]]), pack=load(tag))
    assert all(new >= old for new, old in zip(scores(after), scores(before), strict=True))


@given(TAGS, st.data())
@settings(max_examples=80, deadline=None)
def test_a_sentence_that_owns_raises_the_apology_of_a_reply_that_lacked_one(tag, data):
    others = [said for said in pieces(tag) if said not in pieces(tag, "own")]
    have = data.draw(st.lists(st.sampled_from(others), max_size=4))
    own = data.draw(st.sampled_from(pieces(tag, "own")))
    before, after = (review("\n\n".join(rows), pack=load(tag)) for rows in (have, [own, *have]))
    assert after.apology.parts["responsibility"] == 1
    assert after.apology.score > before.apology.score or before.apology.parts["responsibility"] == 1


@given(TAGS, st.text(max_size=200), CASES)
@settings(max_examples=120, deadline=None)
def test_earned_words_and_the_next_place_lie_inside_any_reply(tag, reply, case):
    verdict = review(reply, case=case, pack=load(tag))
    earned = {**verdict.steps, **verdict.apology.earned, **verdict.empathy.earned}
    assert all(0 <= span.start < span.end <= len(reply) for span in earned.values())
    found = verdict.next_sentence
    assert found is None or (0 <= found.place <= len(reply) and found.text)


@given(TAGS, CASES, st.data())
@settings(max_examples=80, deadline=None)
def test_taking_the_next_sentence_never_lowers_a_score_nor_offers_it_again(tag, case, data):
    reply = "\n\n".join(data.draw(st.lists(st.sampled_from(pieces(tag)), max_size=4)))
    before = review(reply, case=case, pack=load(tag))
    if (found := before.next_sentence) is not None:
        after = review(reply[: found.place] + found.insert + reply[found.place :], case=case, pack=load(tag))
        assert after.next_sentence is None or after.next_sentence.id != found.id
        assert all(new >= old for new, old in zip(scores(after), scores(before), strict=True))


@given(TAGS, CASES)
@settings(max_examples=80, deadline=None)
def test_their_fault_is_never_answered_by_owning_it(tag, case):
    found = review("OK.", case=CaseView(fault=Fault.THEIRS, facts=case.facts), pack=load(tag)).next_sentence
    assert found is None or found.part not in {"own", "apologise", "repent"}
