"""What holds of a reading whatever people write."""

import json
import math

from hypothesis import given, settings
from hypothesis import strategies as st

from amends.languages.guess import language
from amends.reading.read import read
from amends.vocabulary import EMOTIONS

SCRAPS = st.sampled_from(
    ["furious", "not", "never again", "I'll sue you!", "order #5512-7", "Rp 189.000", "ไม่", "แย่มาก", "ฟ้องศาล", "1 290 บาท", "en ole",
     "raivoissani", "49,90 €", "5. joulukuuta", "😡", "\u200b", "ﬁ", "İ", "e\u0301", "ํา", "\"", "\n", "!!!!", "AAAAAAA", " "]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=300), st.lists(SCRAPS, max_size=25).map(" ".join), st.lists(SCRAPS, max_size=25).map("".join)
)
TAGS = st.sampled_from(["en", "id", "th", "fi", "pt", "und", "xx", None])


@given(TEXTS, TAGS)
@settings(deadline=None)
def test_every_span_lies_inside_the_text_and_every_score_in_its_range(text, tag):
    reading = read(text, language=tag)
    spans = [
        claim.span for claims in (reading.threats, reading.wishes, reading.facts, reading.evidence) for claim in claims
    ]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert set(reading.emotions) == set(EMOTIONS)
    scores = [*reading.emotions.values(), reading.anger, reading.complaint, reading.language_confidence]
    assert all(math.isfinite(score) and 0 <= score <= 1 for score in scores)
    assert all(fact.value == fact.span.of(text) for fact in reading.facts)


@given(TEXTS)
@settings(deadline=None)
def test_a_reading_can_be_written_as_json_and_is_the_same_each_time(text):
    assert json.loads(json.dumps(read(text).as_json())) == read(text).as_json()


@given(TEXTS)
@settings(deadline=None)
def test_a_language_is_always_named_with_a_share(text):
    tag, sure = language(text)
    assert tag
    assert 0 <= sure <= 1
