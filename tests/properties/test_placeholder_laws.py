"""Laws of slots, for any text."""

from hypothesis import given
from hypothesis import strategies as st

from amends.text.placeholders import fill, slots

TEXTS = st.text(alphabet=st.sampled_from("{}ab._ \né😡ก"), max_size=80)
NAMES = st.sampled_from(["a.b", "ab.a", "b.a"])


@given(TEXTS)
def test_without_values_nothing_changes(text: str) -> None:
    filled = fill(text, {})
    assert filled.text == text
    assert filled.open == slots(text)


@given(TEXTS, st.dictionaries(NAMES, TEXTS))
def test_every_open_slot_lies_where_it_says(text: str, values: dict[str, str]) -> None:
    filled = fill(text, values)
    assert all(slot.span.of(filled.text) == "{" + slot.name + "}" for slot in filled.open)


@given(TEXTS, NAMES, st.text(max_size=20).filter(bool))
def test_a_filled_slot_says_its_value_word_for_word(text: str, name: str, value: str) -> None:
    assert fill("{" + name + "}" + text, {name: value}).text.startswith(value)
