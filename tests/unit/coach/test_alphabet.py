"""Words in a script of its own: found in the same places, whatever other letters stand around them."""

import pytest

from amends.coach.alphabet import alphabet
from amends.coach.matcher import Matcher
from amends.coach.page import lay_out
from amends.text.segments import PLAIN

THAI = "ขออภัย"


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("ขอ(โทษ|อภัย)", "ขออภัย"),
        ("[ก-ฮ]ะ", "นะ"),
        ("ä", "ä"),
        ("é|[à-ç]", "ç"),
        (r"\p{Greek}", "α"),
        (r"\x{3b1}", "α"),
        ("«[^»]*»", "«ไป α»"),
        ("[a-ฮ]๛|๙๙", "๙๙"),
    ],
)
def test_a_pattern_finds_its_words_among_letters_of_many_scripts(pattern, words):
    matcher = Matcher({"sorry": THAI}, spaced=False)
    number = matcher.add(phrases=[], patterns=[pattern], where="here")
    matcher.freeze()
    page = lay_out(f"จ่าย ö {words} ж", PLAIN)
    assert [span.of(page.plain) for span in matcher.look(page).spans(number)] == [words]


def test_a_script_with_no_byte_to_spare_has_no_alphabet():
    assert alphabet(THAI) is not None
    assert [alphabet(words) for words in ("sorry", "käyttäjä", "很抱歉")] == [None, None, None]
