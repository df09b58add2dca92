"""The letters of a pack, a byte each, so that searching needs no Unicode."""

import pytest

from amends.promises.alphabet import alphabet_of
from amends.promises.around import plain
from amends.promises.forms import Vocabulary
from amends.text.normal import normal
from amends.vocabulary import BadPack


def spaced(*patterns: str) -> Vocabulary:
    return Vocabulary(alphabet=alphabet_of(patterns, where="xx/dates.toml"))


def test_every_character_is_one_byte_so_places_are_those_of_the_text() -> None:
    letters = alphabet_of(["päivä"], where="xx/dates.toml")
    assert len(letters.bytes_of("päivä, ж €")) == len("päivä, ж €")


def test_a_letter_that_no_pattern_names_still_belongs_to_a_word() -> None:
    pattern = spaced("on").compiled("on", where="xx/dates.toml")
    assert [match.span.start for match in pattern.matches("önon жon on€ on")] == [9, 13]


def test_a_range_of_letters_is_a_range_of_bytes() -> None:
    pattern = spaced("[ก-๙]+").compiled("[ก-๙]+", where="xx/dates.toml")
    assert [match.span.start for match in pattern.matches("abc วันศุกร์")] == [4]


def test_a_pack_that_names_more_letters_than_a_byte_tells_apart_is_refused() -> None:
    with pytest.raises(BadPack, match="200 letters"):
        alphabet_of(["".join(map(chr, range(0x4E00, 0x4E00 + 200)))], where="zh/dates.toml")


@pytest.mark.parametrize(
    "sentence", ["We SOOOOOO regret it", "Älä huoli, Öljy TULEE", "it’s here", "a\u0308iti", "İstanbul", "ส่งค่ะ"]
)
def test_the_quick_way_to_the_normal_form_is_the_normal_form(sentence: str) -> None:
    quick, slow = plain(sentence), normal(sentence)
    assert (quick.text, list(quick.origin)) == (slow.text, list(slow.origin))
