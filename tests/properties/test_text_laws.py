"""What holds for every text: the normal form keeps its way back, and no letter is lost on it."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from amends.text.normal import INVISIBLE, normal
from amends.text.spans import Span

LETTERS = st.text(alphabet=st.sampled_from("aÄäe\u0301\u0308iİถ้ำกี่เ็ลยnŋ!  .\u200b😀oooo"), max_size=40)


@given(LETTERS | st.text(max_size=60), st.data())
@example("ถ้า", None)
def test_the_way_forth_and_back_holds_every_letter(text, data):
    shown = text.lstrip("".join(INVISIBLE))
    start = data.draw(st.integers(0, max(0, len(shown) - 1))) if data else 0
    end = data.draw(st.integers(start, len(shown))) if data else 1
    if shown and not unicodedata.combining(shown[0]) and start < end:
        assert normal(shown).back(normal(shown).forward(Span(start, end))).contains(Span(start, end))


@given(LETTERS | st.text(max_size=60))
def test_the_way_back_never_leaves_the_text_nor_turns(text):
    form = normal(text)
    assert list(form.origin) == sorted(form.origin)
    assert all(form.back(Span(i, i + 1)).end <= len(text) for i in range(len(form.text)))
