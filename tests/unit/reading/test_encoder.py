"""The encoder has a say where it is installed, and nothing breaks where it is not."""

import numpy as np
import pytest

from amends.engines.embed_none import NoEmbedder
from amends.reading.alike import COLUMNS as TOLD_LIKE
from amends.reading.alike import alike
from amends.reading.encoder import COLUMNS, heads
from amends.reading.read import read
from amends.testing import FakeEmbedder
from amends.vocabulary import Intensity
from tests.unit.meant import meant

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


def like(text: str, column: str) -> FakeEmbedder:
    """Return an encoder for which a text is told like a column and like no other."""
    told = alike()
    wished = np.array([5.0 if name == column else -5.0 for name in TOLD_LIKE])
    return meant(text, weights=told.weights, odds=wished - told.bias)


@pytest.mark.parametrize("tag, text", COMPLAINTS.items())
def test_what_went_wrong_may_be_known_by_how_it_is_told(tag, text):
    billed, hurt = (
        read(text, language=tag, embed=like(text, f"cause.{kind}")).causes for kind in ("billing", "damaged")
    )
    confidence = {str(cause.kind): cause.confidence for cause in billed}
    assert confidence["billing"] > {str(cause.kind): cause.confidence for cause in hurt}.get("billing", 0.0)


def test_meaning_alone_never_makes_a_threat():
    text = "The parcel is still not here."
    assert not read(text, language="en", embed=like(text, "threat.legal")).threats


@pytest.mark.parametrize("tag, text", COMPLAINTS.items())
def test_the_engine_says_what_ran(tag, text):
    assert read(text, language=tag, embed=encoder(text, more=("complaint",))).engine.endswith("+nano-test+encoder-2")
    assert read(text, language=tag).engine.endswith("+no-encoder")
    assert "encoder" not in read(text, language=tag, tier="quick", embed=FakeEmbedder()).engine


@pytest.mark.parametrize("embed", [None, NoEmbedder("not installed"), FakeEmbedder()], ids=["none", "missing", "other"])
def test_without_the_encoder_that_taught_the_heads_all_else_is_read(embed):
    reading = read("You thieves stole my money!", language="en", embed=embed)
    assert reading.intensity >= Intensity.ANGRY
    assert reading.engine.endswith("+no-encoder")


SHOUTED = {
    "en": "This is outrageous! Third time I write and nobody answers. I am calling my lawyer!",
    "id": "Keterlaluan! Sudah tiga kali saya tanya tidak dijawab. Saya akan lapor polisi!",
    "th": "แย่มากๆ โมโหที่สุด ทวงมาสามรอบแล้วไม่มีใครตอบเลย จะแจ้งความแล้วนะ!",
    "fi": "Aivan törkeää! Kysyn jo kolmatta kertaa eikä kukaan vastaa. Otan yhteyttä lakimieheen!",
}


@pytest.mark.parametrize("tag, text", SHOUTED.items())
def test_words_that_shout_cool_by_one_step_at_most(tag, text):
    cool = encoder(text, less=COLUMNS[:4])
    assert read(text, language=tag, embed=cool).intensity >= read(text, language=tag).intensity - 1
