"""Facts by a taught tagger: it cuts a text, sees what finders found, and chooses the likeliest row of labels."""

import itertools

import numpy as np
import pytest

from amends.engines import choose
from amends.ports import Piece, Pieces
from amends.reading.read import read
from amends.reading.tagger import KINDS, LABELS, likeliest, shape, spans
from amends.reading.tokens import tokens
from amends.testing import FakeEmbedder
from amends.text.spans import Span
from amends.vocabulary import FactKind

needs_the_encoder = pytest.mark.skipif(
    bool(choose.encoder_gap()), reason=choose.encoder_gap() or "the encoder runs here"
)


class Cutter(FakeEmbedder):
    """An encoder that cuts every word into pieces of three letters and knows how long each is."""

    def pieces(self, words):
        places = [
            Piece(word=which, start=start, end=min(start + 3, len(word)))
            for which, word in enumerate(words)
            for start in range(len(word) - len(word.lstrip()), len(word), 3)
        ]
        return Pieces(places=places, vectors=np.array([[place.end - place.start] for place in places], np.float32))


def cut(text: str) -> list[str]:
    found = tokens(text, Cutter())
    return [span.of(text) for span in found.spans] if found else []


def test_words_numbers_and_marks_are_tokens():
    assert cut("Order #RR-2026/11, 39,90€!") == [
        "Order", "#", "RR", "-", "2026", "/", "11", ",", "39", ",", "90", "€", "!",
    ]  # fmt: skip


def test_a_script_that_parts_no_words_is_cut_into_pieces():
    assert cut("พัสดุช้า 3 วัน") == ["พัส", "ดุช", "้า", "3", "วัน"]


def test_a_word_of_several_pieces_is_known_by_their_mean():
    found = tokens("kettle ab", Cutter())
    assert found is not None
    assert found.vectors[:, 0].tolist() == [3.0, 2.0]


def test_a_text_without_a_word_has_no_tokens():
    assert tokens("", Cutter()) is None
    assert tokens(" \n ", Cutter()) is None
    assert tokens("kettle", FakeEmbedder()) is None


def test_the_likeliest_row_is_the_best_of_all_rows():
    drawn = np.random.default_rng(7)
    scores, steps, first = (drawn.normal(size=size).astype(np.float32) for size in ((4, 3), (3, 3), (3,)))

    def worth(row: tuple[int, ...]) -> float:
        walked = sum(steps[a, b] for a, b in itertools.pairwise(row))
        return float(first[row[0]] + walked + sum(scores[at, label] for at, label in enumerate(row)))

    best = max(itertools.product(range(3), repeat=4), key=worth)
    assert likeliest(scores, steps, first) == list(best)


def test_labels_become_facts():
    text = "Sari dari Bandung Barat pesan dua"
    found = tokens(text, Cutter())
    assert found is not None
    person, place = (1 + 2 * KINDS.index(kind) for kind in (FactKind.PERSON, FactKind.PLACE))
    labels = [person, 0, place, place + 1, 0, place + 1]
    told = [(kind, span.of(text)) for kind, span in spans(labels, found)]
    assert told == [(FactKind.PERSON, "Sari"), (FactKind.PLACE, "Bandung Barat"), (FactKind.PLACE, "dua")]


def test_two_facts_of_a_kind_may_stand_side_by_side():
    found = tokens("Tampere Turku", Cutter())
    assert found is not None
    place = 1 + 2 * KINDS.index(FactKind.PLACE)
    assert [span for _, span in spans([place, place], found)] == [Span(0, 7), Span(8, 13)]
    assert len({label for label in range(LABELS)}) == 13


@pytest.mark.parametrize(
    ("word", "expected"), [("Tampere", "Aa"), ("2026", "0"), ("RR39", "A0"), ("€", "€"), ("ราคา", "x"), ("", "")]
)
def test_a_shape_says_what_letters_follow_each_other(word, expected):
    assert shape(word) == expected


FACTS = {
    "en": (
        "Hi, I'm Priya Nair. The blender I bought in Leeds on 3 March for £64.50 smokes. My order is QX-88213.",
        {"order": "QX-88213", "amount": "£64.50", "date": "3 March", "person": "Priya Nair", "place": "Leeds"},
    ),
    "id": (
        "Saya Dewi Lestari dari Malang. Blender pesanan INV/2231/XI yang saya beli 3 Maret seharga Rp450.000 berasap.",
        {"order": "INV/2231/XI", "amount": "Rp450.000", "date": "3 Maret", "person": "Dewi Lestari", "place": "Malang"},
    ),
    "th": (
        "สั่งเครื่องปั่นไปวันที่ 3 มีนาคม ราคา 1,290 บาท ออเดอร์ TH-55120 ส่งมาที่เชียงใหม่ เปิดแล้วควันขึ้น",
        {"order": "TH-55120", "amount": "1,290 บาท", "place": "เชียงใหม่"},
    ),
    "fi": (
        "Ostin tehosekoittimen Lahdesta 3. maaliskuuta, maksoi 64,50 € ja tilaus oli FI-77120. Se savuaa. T. Aino Virta",
        {"order": "FI-77120", "amount": "64,50 €", "date": "3. maaliskuuta", "place": "Lahdesta"},
    ),
}


@needs_the_encoder
@pytest.mark.parametrize("tag", FACTS)
def test_what_a_colleague_would_copy_is_found(tag):
    text, wanted = FACTS[tag]
    found = {fact.kind.value: fact.value for fact in read(text, language=tag, embed=choose.embedder()).facts}
    assert {kind: found.get(kind) for kind in wanted} == wanted


@needs_the_encoder
@pytest.mark.parametrize(
    "text", ["", "\0\0", "😀" * 500, "a" * 20_000, "ก" * 5_000, "1" * 9_000, "<p>&nbsp;</p>", "\ud800 half", "\u200b"]
)
@pytest.mark.parametrize("tag", ["en", "th"])
def test_whatever_is_written_is_read(text, tag):
    reading = read(text, language=tag, embed=choose.embedder())
    assert all(fact.value == fact.span.of(text) for fact in reading.facts)


@pytest.mark.parametrize("embed", [None, FakeEmbedder("nano-test", dimensions=384), FakeEmbedder()])
def test_without_an_encoder_that_cuts_words_the_finders_speak(embed):
    text = "Order QX-88213 cost £64.50."
    quick = read(text, language="en", tier="quick").facts
    assert read(text, language="en", embed=embed).facts == quick
    assert len(quick) == 2
