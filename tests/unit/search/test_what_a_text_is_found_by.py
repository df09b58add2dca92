"""A text is found by any form of its words, and by any part of its numbers, in every first-class language."""

import pytest

from amends.search.ask import understand
from amends.search.matching import fits
from amends.search.wanted import terms_in, wanted
from amends.search.words import asked_in, marked, spoken_in, words_of


def _finds(asked: str, said: str) -> bool:
    return fits(wanted(understand(asked), asked_in(asked)), words_of(said, spoken_in(said)))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("delivery", "It was delivered to my neighbour, I never got it"),
        ("broken", "the vase broke in transit and I want my money"),
        ("kirim", "pengiriman barang terlambat terus"),
        ("pengiriman", "kapan barangnya dikirimkan ya kak, sudah lama"),
        ("barang", "barang-barangnya rusak semua"),
        ("พัสดุ", "พัสดุของฉันอยู่ที่ไหน ถามเป็นครั้งที่สามแล้ว"),
        ("ครั้งที่สาม", "ถามเป็นครั้งที่สามแล้ว"),
        ("hyvitys", "Haluan hyvityksen heti, paketti ei tullut"),
        ("kenkä", "Tilaamani kenkien pohjat irtosivat heti"),
        ("заказ", "Здравствуйте, где мои заказы, я жду уже неделю"),
    ],
)
def test_any_form_of_a_word_finds_the_others(asked: str, said: str) -> None:
    assert _finds(asked, said)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("toimitus", "Missä on toimitusajan vahvistus?"),
        ("toimitusaika", "Toimitusajat ovat liian pitkiä, odotin kolme viikkoa."),
        ("lomake", "Palautuslomakkeen linkki ei toimi lainkaan"),
        ("ใบเสร็จ", "ขอใบเสร็จรับเงินด้วยค่ะ"),
        ("ลาซด้า", "สั่งของจากลาซด้าแล้วไม่ได้ของ"),
    ],
)
def test_a_word_is_found_inside_a_longer_one(asked: str, said: str) -> None:
    assert _finds(asked, said)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("LC-20418", "order LC20418 is late"),
        ("#LC-20418", "LC 20418"),
        ("0418", "my order is LC-20418."),
        ("040 123 4567", "soita +358 40 1234567"),
        ("1 299,50", "I paid €1,299.50 for it"),
        ("1299", "the price was 1.299 euros"),
        ("somchai@example.org", "write to Somchai@Example.org"),
        ("example.org", "write to somchai@example.org"),
        ("๒๐๔๑๘", "หมายเลข 20418"),
        ("café", "the cafe was closed"),
        ("田中", "田中太郎です"),
    ],
)
def test_numbers_names_and_addresses_are_found_in_any_writing(asked: str, said: str) -> None:
    assert _finds(asked, said)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("refund", "my parcel is late"),
        ('"time third"', "this is the third time I ask"),
        ("parcel -late", "my parcel is late"),
        ("lasku", "laskeuduin laiturille ja odotin venettä koko illan"),
        ("20418", "order LC-20481"),
        ("1299", "I paid 12.99 for it"),
        ("from:somchai", "somchai is my neighbour"),
    ],
)
def test_what_was_not_said_is_not_found(asked: str, said: str) -> None:
    assert not _finds(asked, said)


@pytest.mark.parametrize(
    ("asked", "said", "hits"),
    [
        ("delivery", "It was delivered yesterday to me", ["delivered"]),
        ("20418", "my order is LC-20418.", ["LC-20418"]),
        ("toimitus", "Missä on toimitusajan vahvistus?", ["toimitusajan"]),
    ],
)
def test_what_was_found_is_marked(asked: str, said: str, hits: list[str]) -> None:
    terms = terms_in(wanted(understand(asked), asked_in(asked)).must)
    assert [span.of(said) for span in marked(said, terms, spoken_in(said))] == hits


def test_an_ask_parts_words_phrases_and_filters() -> None:
    ask = understand('late "third time" -refund from:somchai is:open -tag:vip is:late')
    assert [(p.text, p.key, p.is_phrase, p.is_not) for p in ask.pieces] == [
        ("late", "", False, False), ("third time", "", True, False), ("refund", "", False, True),
        ("somchai", "from", False, False),
    ]  # fmt: skip
    filters = [("is", "open", False), ("tag", "vip", True), ("is", "late", False)]
    assert [(f.key, f.value, f.is_not) for f in ask.filters] == filters
