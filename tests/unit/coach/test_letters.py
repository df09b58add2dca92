"""Letters are heard sentence by sentence, however many are asked at once."""

import numpy as np
import pytest

from amends.coach.letters import letters
from amends.reading.heads import buckets, numbered_buckets
from amends.vocabulary import FIRST_CLASS

TEXTS = ["we are sorry for order 4411", "", "x", "ขออภัยในความไม่สะดวก", "   ", "olemme pahoillamme 😀"]
STOCK = {
    "en": ("sorry for any inconvenience caused", "your parcel left at nine"),
    "id": ("mohon maaf atas ketidaknyamanannya", "paket berangkat pukul sembilan"),
    "th": ("ขออภัยในความไม่สะดวกค่ะ", "พัสดุออกตอนเก้าโมงค่ะ"),
    "fi": ("pahoittelemme aiheutunutta vaivaa", "paketti lähti yhdeksältä"),
}


def test_the_ngrams_of_many_are_those_of_each():
    found = numbered_buckets(TEXTS, size=1024)
    for number, text in enumerate(TEXTS):
        assert set(found[found // 1024 == number] % 1024) == set(buckets(text, size=1024))


@pytest.mark.parametrize("tag", FIRST_CLASS)
def test_a_sentence_sounds_the_same_alone_and_among_others(tag):
    together = letters(tag).scores(TEXTS)
    assert np.allclose(together, np.vstack([letters(tag).scores([text]) for text in TEXTS]), atol=1e-5)


@pytest.mark.parametrize("tag", FIRST_CLASS)
def test_a_stock_apology_sounds_like_one(tag):
    heard = letters(tag)
    stock, plain = heard.scores(STOCK[tag])[:, heard.labels.index("inconvenience")]
    assert stock > plain + 0.3


def test_a_language_nobody_taught_has_no_letters():
    assert letters("xx") is None
