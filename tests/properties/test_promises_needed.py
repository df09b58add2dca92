"""No text that a form matches lacks the words that the form needs."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.languages import load
from amends.promises.alphabet import alphabet_of
from amends.promises.forms import Vocabulary
from amends.promises.grammar import grammar
from amends.promises.sieve import Sieve
from amends.vocabulary import FIRST_CLASS

FORMS = (
    r"(?:we|our [a-z]{2,9}) (?:will |shall )?(?:send|re-?send|ship)(?:s|ing)? (?:it |them )*back",
    r"\d{1,2}[.:]\d{2}(?:~[ap]\.?m\.?)?",
    r"^[,;: -]*(?:and )?then|at once$",
    r"(?:a|b[cd]|e{2,3}f?|[^a-z]x){1,3}(?P<edge>,|;)",
    r"(?:päivä|yö)[nä]?(?: aikana|\s*-\s*)(?:\d+|[ab]+)",
)
WORDS = Vocabulary(alphabet=alphabet_of(FORMS, where="xx/promises.toml"))


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data(), before=st.text(max_size=5), behind=st.text(max_size=5))
def test_what_matches_is_let_through(form: str, data: st.DataObject, before: str, behind: str) -> None:
    said = data.draw(st.from_regex(re.compile(WORDS.spelled(form)), fullmatch=True))
    pattern = WORDS.compiled(form, where="xx/promises.toml")
    for text in (said, f"{before}{said}{behind}", f"{before} {said} {behind}"):
        assert not pattern.matches(text) or Sieve([pattern]).let_through(text) == [0]


@pytest.mark.parametrize("tag", FIRST_CLASS)
@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_the_forms_of_a_pack_are_let_through_where_they_match(tag: str, data: st.DataObject) -> None:
    known = grammar(load(tag))
    form = data.draw(st.sampled_from(known.forms))
    words = [word for slot in form.pattern.slots for word in known.words.words.get(slot.rstrip("0123456789"), ())]
    text = " ".join(data.draw(st.lists(st.sampled_from([*words, "10", "5", "the", "2027"]), max_size=6)))
    matching = [place for place, each in enumerate(known.forms) if each.pattern.matches(text)]
    assert set(matching) <= set(known.sieve.let_through(text))
