"""Friendly people report troubles too, and mock praise is no joy; real thanks stay thanks."""

import math

import numpy as np
import pytest

from amends.engines.choose import embedder, encoder_gap
from amends.reading.odds import log_odds, probability
from amends.reading.read import read
from amends.reading.tone import COLUMNS, Tone, sounds_of, weights, without_mock_joy

FULL = pytest.param("full", marks=pytest.mark.skipif(bool(encoder_gap()), reason="the encoder does not run here"))
FRIENDLY = {
    "en": "Hello, the lamp came today and it looks lovely! Sadly the shade is torn. Could you send another? Thanks, Jo",
    "id": "Permisi kak, lampunya sudah datang tapi kabelnya putus, jadi nggak nyala. Boleh minta tolong ditukar? Terima kasih ya",
    "th": "สวัสดีค่ะ โคมไฟมาถึงแล้ว สวยมากเลยค่ะ แต่ผ้าโคมขาดมานิดนึง รบกวนส่งอันใหม่ให้หน่อยนะคะ ขอบคุณค่ะ",
    "fi": "Hei, lamppu tuli tänään ja on tosi kaunis! Varjostin oli kuitenkin revennyt. Voisitteko lähettää uuden? Kiitos!",
}
CONTENT = {
    "en": "Thank you so much, the new lamp is perfect and came in a day!",
    "id": "Terima kasih banyak, lampu barunya bagus sekali dan cepat sampai!",
    "th": "ขอบคุณมากค่ะ โคมไฟใหม่สวยมาก ส่งไวสุดๆ ประทับใจค่ะ",
    "fi": "Kiitos paljon, uusi lamppu on täydellinen ja tuli päivässä!",
}
MOCKING = {
    "en": "Brilliant. Day four without hot water. Well done, everyone.",
    "id": "Hebat. Hari keempat tanpa air panas. Tepuk tangan buat kalian.",
    "th": "ดีงามมาก เน็ตใช้ไม่ได้อีกแล้ว ปรบมือให้เลยค่ะ",
    "fi": "Loistavaa. Neljäs päivä ilman lämmintä vettä. Hyvin hoidettu.",
}
FELT = {"anger": 0.1, "disgust": 0.0, "fear": 0.0, "joy": 0.9, "sadness": 0.1, "surprise": 0.2}


@pytest.fixture(params=["quick", FULL])
def heard(request):
    return lambda text, tag: read(
        text, language=tag, tier=request.param, embed=embedder() if request.param == "full" else None
    )


@pytest.mark.parametrize("tag", FRIENDLY)
def test_a_friendly_report_is_a_report_and_names_what_went_wrong(heard, tag):
    reading = heard(FRIENDLY[tag], tag)
    assert reading.complaint >= 0.35
    assert reading.causes
    assert reading.intensity <= 1


@pytest.mark.parametrize("tag", CONTENT)
def test_who_only_thanks_complains_of_nothing(heard, tag):
    reading = heard(CONTENT[tag], tag)
    assert reading.complaint < 0.2
    assert reading.intensity == 0


@pytest.mark.parametrize("tag", MOCKING)
@pytest.mark.skipif(bool(encoder_gap()), reason="the encoder does not run here")
def test_mock_praise_is_a_complaint_and_no_joy(tag):
    reading = read(MOCKING[tag], language=tag, embed=embedder())
    assert reading.complaint >= 0.35
    assert reading.emotions["joy"] < 0.5


def test_joy_of_who_complains_of_nothing_stays_whole():
    assert without_mock_joy(FELT, complaint=0.0, upset=0.0) == FELT


def test_mocked_joy_turns_to_anger_and_mild_disappointment_to_sadness():
    mocked, mild = (without_mock_joy(FELT, complaint=1.0, upset=upset) for upset in (1.0, 0.0))
    assert mocked["joy"] == mild["joy"] < 0.5
    assert mocked["anger"] > mild["anger"]
    assert mild["sadness"] > mocked["sadness"]


def test_a_language_that_was_taught_no_tone_is_read_as_before():
    tone = Tone(steps=(0.9, 0.5, 0.2, 0.1), complaint=0.7, quick=0.7, signs={"thanks": 1.0}, length=1)
    assert tone.steps_heard(language="sv", full=False) == tone.steps
    assert tone.complaint_heard(language="sv", full=False) == tone.complaint


def test_the_longer_a_message_the_less_its_tone_is_asked():
    brief, long = (Tone(steps=(), complaint=0.5, quick=0.5, signs={}, length=length) for length in (1, 12))
    assert brief.shortness == 1
    assert math.isclose(long.shortness, 0.25)


def test_an_encoder_that_says_nothing_leaves_every_sound_finite():
    heard = sounds_of(np.zeros(384, dtype=np.float32))
    assert len(heard) == len(COLUMNS)
    assert all(math.isfinite(odds) for odds in heard.values())


def test_all_that_is_told_is_weighed():
    told = {"odds": log_odds(0.3), "quick": log_odds(0.6)}
    tone = Tone(
        steps=(), complaint=0.3, quick=0.6, length=5, signs={"thanks": 1.0, "trouble": 0.7, "letters.glad": 0.4}
    )
    part = weights("complaint", full=False)
    odds = sum(part["weights"].get(name, 0.0) * value for name, value in tone.told(told).items())
    heard = tone.complaint_heard(language="en", full=False)
    assert heard == pytest.approx(probability(part["bias"]["en"] + odds))
