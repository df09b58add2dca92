"""Which sentences the encoder is asked about, and what it costs."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from amends.reading.claims import KINDS
from amends.reading.sounding import LEAST_ASKED, MOST_ASKED, MOST_DOUBTED, Heads, Sounding, heads
from amends.vocabulary import EngineMissing, WishKind

SENTENCES = [
    "I waited for weeks.",
    "My lawyer has the file.",
    "The press has it too.",
    "Get me your boss.",
    "So there.",
]
LIKELY = [LEAST_ASKED, 3.0, 1.0, 2.0, LEAST_ASKED - 1]


@dataclass
class Ear:
    """An encoder that notes what it is asked."""

    name: str = "nano-test"
    says: float = 1.0
    asked: list[str] = field(default_factory=list)

    def embed(self, texts):
        self.asked += texts
        return np.full((len(texts), len(heads("threats").weights)), self.says, dtype=np.float32)

    def taught(self, changes):
        return self


class Deaf(Ear):
    def embed(self, texts):
        raise EngineMissing("no model here")


def sounding(ear: Ear) -> Sounding:
    return Sounding(vector=np.ones(len(heads("threats").weights), dtype=np.float32), embed=ear)


def test_a_message_of_two_sentences_is_heard_as_a_whole_and_costs_nothing_more():
    ear = Ear()
    heard = sounding(ear).of_each(SENTENCES[:2], LIKELY[:2], short=True)
    assert ear.asked == []
    assert heard[0] == heard[1] is not None


def test_of_a_longer_one_only_the_likeliest_sentences_are_asked_about():
    ear = Ear()
    heard = sounding(ear).of_each(SENTENCES, LIKELY, short=False)
    assert ear.asked == [SENTENCES[1], SENTENCES[3]]
    assert len(ear.asked) == MOST_ASKED
    assert [each is None for each in heard] == [True, False, True, False, True]


def test_what_words_make_sure_of_is_not_asked():
    ear = Ear()
    assert sounding(ear).of_each(SENTENCES, [MOST_DOUBTED + 1] * 5, short=False) == [None] * 5
    assert ear.asked == []


def test_nobody_asks_about_sentences_that_claim_nothing():
    ear = Ear()
    assert sounding(ear).of_each(SENTENCES, [LEAST_ASKED - 1] * 5, short=False) == [None] * 5
    assert ear.asked == []


@pytest.mark.parametrize("ear", [Ear(says=0.0), Deaf()], ids=["nothing at hand yet", "no model"])
def test_an_encoder_that_says_nothing_leaves_the_sentence_to_words_and_letters(ear):
    assert sounding(ear).of_each(SENTENCES, LIKELY, short=False) == [None] * 5


def test_what_a_message_asks_for_costs_nothing_more():
    ear = Ear()
    assert len(sounding(ear).wishes()) == len(WishKind)
    assert ear.asked == []


def test_each_kind_has_a_head():
    assert heads("threats").weights.shape[1] == len(heads("threats").bias) == len(KINDS)
    silent = Heads(weights=heads("threats").weights, bias=heads("threats").bias)
    assert silent.scores(np.zeros(len(heads("threats").weights), dtype=np.float32)) is None
