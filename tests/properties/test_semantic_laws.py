"""What holds for every reply whatever an encoder makes of it."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.coach.finding import Detector, Severity
from amends.coach.review import review
from amends.coach.sensing import heads
from amends.languages import load
from amends.testing import FakeEmbedder
from amends.vocabulary import FIRST_CLASS

TAGS = st.sampled_from(FIRST_CLASS)
MISSING = {"apology.missing", "own.missing", "feel.missing", "reply.next_steps", "thanks.missing", "restate.missing",
           "ask.missing", "together.missing", "act.now_missing", "order.emotion_first"}  # fmt: skip


class Moody(FakeEmbedder):
    """An encoder that hears strong meanings in anything."""

    def embed(self, texts):
        return super().embed(texts) * np.float32(20)


@given(TAGS, st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_meaning_never_blocks_a_reply_and_never_asks_for_more(tag, reply):
    embed = Moody("nano-test", dimensions=len(heads().weights))
    heard, unheard = (review(reply, pack=load(tag), embed=one) for one in (embed, None))
    assert all(found.severity is not Severity.ERROR for found in heard.findings if found.detector is Detector.SEMANTIC)
    assert {(f.rule, f.span) for f in heard.errors} <= {(f.rule, f.span) for f in unheard.findings}
    assert {f.rule for f in heard.findings} & MISSING <= {f.rule for f in unheard.findings}
    assert all(heard.stages[stage] >= share for stage, share in unheard.stages.items())
    assert all(0 <= found.span.start <= found.span.end <= len(reply) for found in heard.findings)
