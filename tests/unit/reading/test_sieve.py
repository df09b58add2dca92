"""What a sieve holds back never matches: it may let too much through, never too little."""

import pytest
import re2

from amends.languages import load
from amends.reading.cues import phrasebook
from amends.reading.patterns import options
from amends.reading.plain import plain
from amends.reading.sieve import MOST_WAYS, LetterSieve, edged, pieces_of, ways

SAID = {
    "en": "I'd like my money back. NOT  happy,\n third time!! You've let me down... never buying from you again :)",
    "id": "Uang saya KEMBALIKAN!! sudah 3x komplain,\tgak ada yg balas... lagi-lagi telat. Mau lapor YLKI",
    "th": "สั่งของไป 3 อาทิตย์แล้ว ยังไม่ได้เลย แย่มากๆ ขอเงินคืนด้วยค่ะ ไม่งั้นแจ้ง สคบ. นะ",
    "fi": "En ole ollenkaan tyytyväinen, paketti on YHÄ myöhässä! Haluan rahani takaisin. Kolmas kerta kun kysyn...",
}


def whole(words, script):
    return re2.compile(script.whole(words), options())


@pytest.mark.parametrize("tag", SAID)
def test_every_group_that_matches_as_an_expression_is_found(tag):
    book = phrasebook(load(tag))
    ready = plain(SAID[tag])
    matching = {name for name, words in book.groups.sources.items() if whole(words, book.script).search(ready.raw)}
    assert matching
    assert {hit.group for hit in book.groups.hits(ready)} == matching


@pytest.mark.parametrize("tag", SAID)
def test_nearly_all_patterns_are_held_back(tag):
    groups, ready = phrasebook(load(tag)).groups, plain(SAID[tag])
    assert len(groups._sieve.let_through(ready.edged)) < 40 < len(groups._sought) / 10


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("rip ?off", "what a rip  off"),
        ("late, third time", "late,\n\tthird time"),
        ("(still |yet )?waiting", "waiting"),
        ("never ... again", "never, ever AGAIN".lower()),
        ("ha{2,3}te", "haaate"),
        ("organi[sz]ed", "organized"),
        ("# days", "12 days"),
        ("f\\*+k*", "f**ked"),
        (":\\)", "so nice :)"),
        ("", "anything"),
        ("a|", "b"),
    ],
)
def test_each_way_of_a_pattern_is_let_through(pattern, text):
    sieve = LetterSieve([ways(pattern, spaced=True), ways("nobody says this", spaced=True)])
    assert sieve.let_through(edged(text.encode())) == [0]


def test_the_many_ways_of_one_pattern_stay_few():
    pattern = " ".join(["(aa|bb|cc|dd|ee|ff|gg|hh)"] * 12)
    assert 0 < len(ways(pattern, spaced=True)) <= MOST_WAYS


def test_a_way_tells_its_longest_piece_first():
    (way,) = ways("no ... money back*", spaced=True)
    assert pieces_of(way) == (b" money back", b" no ")


@pytest.mark.parametrize("text", ["", " ", "a", "😡" * 9, "ก" * 20_000])
def test_any_text_is_looked_up(text):
    assert LetterSieve([["\0"], [" never "]]).let_through(plain(text).edged) == [0]
