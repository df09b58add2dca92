"""The encoder has a say where it is installed, and nothing breaks where it is not."""

import numpy as np
import pytest

from amends.engines.embed_none import NoEmbedder
from amends.reading.encoder import COLUMNS, heads
from amends.reading.read import read
from amends.testing import FakeEmbedder
from amends.vocabulary import Intensity

COMPLAINTS = {
    "en": "I have stopped expecting an answer from you.",
    "id": "Saya sudah tidak berharap lagi akan dibalas.",
    "th": "เลิกหวังคำตอบจากทางร้านแล้วค่ะ",
    "fi": "En enää edes odota teiltä vastausta.",
}


def encoder(text: str, *, more: tuple[str, ...] = (), less: tuple[str, ...] = ()) -> FakeEmbedder:
    """Return an encoder for which a text lies far towards some columns of the heads, and away from others."""
    weights = heads().weights
    towards = sum(weights[:, COLUMNS.index(name)] for name in more) - sum(
        weights[:, COLUMNS.index(name)] for name in less
    )
    return FakeEmbedder("nano-test", dimensions=len(weights), meant={text: towards / np.linalg.norm(towards)})


@pytest.mark.parametrize("tag, text", COMPLAINTS.items())
def test_anger_that_no_word_shows_is_heard_by_meaning(tag, text):
    hot, cool = encoder(text, more=COLUMNS[:4]), encoder(text, less=COLUMNS[:4])
    assert read(text, language=tag, embed=hot).anger > read(text, language=tag, embed=cool).anger
    assert read(text, language=tag, embed=hot).intensity > read(text, language=tag, embed=cool).intensity


@pytest.mark.parametrize("tag, text", COMPLAINTS.items())
def test_what_went_wrong_may_be_known_by_meaning(tag, text):
    embed = encoder(text, more=("complaint", "cause.billing"), less=("cause.no_answer",))
    assert str(read(text, language=tag, embed=embed).causes[0].kind) == "billing"


def test_words_of_a_threat_are_doubted_where_the_whole_means_another_thing():
    text = "This is outrageous! My lawyer friend will take you to court."
    assert read(text, language="en").threats
    assert not read(text, language="en", embed=encoder(text, less=("threat.legal",))).threats


def test_meaning_alone_never_makes_a_threat():
    text = "The parcel is still not here and I am angry."
    assert not read(text, language="en", embed=encoder(text, more=("threat.legal",))).threats


@pytest.mark.parametrize("tag, text", COMPLAINTS.items())
def test_the_engine_says_what_ran(tag, text):
    assert read(text, language=tag, embed=encoder(text, more=("complaint",))).engine.endswith("+nano-test+encoder-1")
    assert read(text, language=tag).engine.endswith("+no-encoder")
    assert "encoder" not in read(text, language=tag, tier="quick", embed=FakeEmbedder()).engine


@pytest.mark.parametrize("embed", [None, NoEmbedder("not installed"), FakeEmbedder()], ids=["none", "missing", "other"])
def test_without_the_encoder_that_taught_the_heads_all_else_is_read(embed):
    reading = read("You thieves stole my money!", language="en", embed=embed)
    assert reading.intensity >= Intensity.ANGRY
    assert reading.engine.endswith("+no-encoder")
