"""The encoder is asked only where it could change something, and each reading says what ran."""

import numpy as np
import pytest

from amends.reading.encoder import SPARED
from amends.reading.feelings import averaged, complaint_heard
from amends.reading.heads import HEADS
from amends.reading.natural import rate
from amends.reading.read import read
from amends.reading.sparing import fitted_spare, is_sure
from amends.testing import FakeEmbedder
from tools.fit_spare import chosen

CALM = {
    "en": "Hello, do you deliver to Norway? Thank you very much!",
    "id": "Halo kak, apakah bisa kirim ke Bali? Terima kasih banyak!",
    "th": "สวัสดีค่ะ จัดส่งไปเชียงใหม่ได้ไหมคะ ขอบคุณมากค่ะ",
    "fi": "Hei, toimitatteko myös Norjaan? Kiitos paljon!",
}
DOUBTFUL = {
    "en": "Order 5512 has not come yet, and it is two weeks now. A bit disappointing.",
    "id": "Pesanan 5512 belum sampai, sudah dua minggu. Agak mengecewakan.",
    "th": "คำสั่งซื้อ 5512 ยังไม่มา สองสัปดาห์แล้ว ผิดหวังนิดหน่อยค่ะ",
    "fi": "Tilaus 5512 ei ole vieläkään tullut, ja nyt on kulunut kaksi viikkoa. Vähän pettynyt olo.",
}
TAGS = ("en", "id", "th", "fi")


@pytest.mark.parametrize("tag", TAGS)
def test_a_doubtful_message_is_thought_about(tag):
    embed = FakeEmbedder("nano-fake", dimensions=384)
    assert SPARED not in read(DOUBTFUL[tag], language=tag, embed=embed).engine


@pytest.mark.parametrize("tag", TAGS)
def test_with_no_doubt_allowed_every_message_is_thought_about(tag):
    embed = FakeEmbedder("nano-fake", dimensions=384)
    assert SPARED not in read(CALM[tag], language=tag, embed=embed, spare=0).engine


@pytest.mark.parametrize("tag", TAGS)
def test_a_spared_message_reads_as_without_an_encoder(tag):
    embed = FakeEmbedder("nano-fake", dimensions=384)
    spared, alone = (read(CALM[tag], language=tag, embed=each, spare=0.9) for each in (embed, None))
    assert spared.engine.endswith(SPARED)
    assert {**spared.as_json(), "engine": ""} == {**alone.as_json(), "engine": ""}


def test_as_little_doubt_as_was_fitted_spares_the_encoder():
    embed = FakeEmbedder("nano-fake", dimensions=384)
    texts = [*CALM.values(), *DOUBTFUL.values()]
    assert 0 <= fitted_spare() < 1
    assert [read(text, embed=embed) for text in texts] == [
        read(text, embed=embed, spare=fitted_spare()) for text in texts
    ]


@pytest.mark.parametrize(
    ("anger", "complaint", "taken"),
    [((0, 0.004), (0, 0.004), 0.2), ((0, 0.006), (0, 0), 0.1), ((0, 0), (0, 0.009), 0.2), ((0, 0), (0.01, 0.009), 0.1)],
)
def test_the_largest_doubt_that_costs_little_is_taken(anger, complaint, taken):
    loss = dict(zip(TAGS, zip(anger, complaint, strict=True), strict=False))
    nothing = dict.fromkeys(TAGS, (0.0, 0.0))
    assert chosen([(0.0, nothing), (0.1, nothing), (0.2, loss), (0.3, dict.fromkeys(TAGS, (0.1, 0.1)))]) == taken


def test_a_threat_is_never_called_calm():
    threat = read("Kindly note that my lawyer will sue you.", language="en")
    assert threat.threats
    assert not is_sure(threat, 0.3)


@pytest.mark.parametrize("tag", (*TAGS, "zh", "xx"))
@pytest.mark.parametrize("encoded", [True, False])
def test_anger_as_a_rate_keeps_the_order(tag, encoded):
    rates = [rate(chance, language=tag, encoded=encoded) for chance in (0.0, 0.1, 0.5, 0.6, 0.9, 1.0)]
    assert rates == sorted(rates)
    assert 0 < rates[0] < rates[2] < rates[4] < rates[5] < 1


def test_where_one_head_is_silent_the_other_speaks():
    silent, loud = np.full(2, np.nan, dtype=np.float32), np.array([1.0, 2.0], dtype=np.float32)
    assert (
        averaged(silent, loud, language="en").tolist() == averaged(loud, silent, language="en").tolist() == [1.0, 2.0]
    )
    assert averaged(loud, None, language="en") is loud
    assert np.isnan(averaged(silent, silent, language="en")).all()


def test_negative_words_make_a_thai_complaint_likelier_and_leave_others_alone():
    assert complaint_heard(0.4, 1.0, language="th") > 0.4 > complaint_heard(0.4, -1.0, language="th")
    assert complaint_heard(0.4, 1.0, language="en") == 0.4


def test_what_the_encoder_hears_as_negative_counts_too():
    loud = np.where(np.array(HEADS) == "negative", np.float32(2), np.float32(np.nan))
    assert complaint_heard(0.4, 0.0, language="th", sensed=loud) > complaint_heard(0.4, 0.0, language="th")
    assert complaint_heard(0.4, 0.0, language="fi", sensed=loud) == 0.4
