"""A file of snippets: read back to the same, refused by the place that is wrong."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.flow.snippet_file import BadSnippets, Written, read_snippets, written_out

WORDS = st.text(alphabet="ab \"'\\{}[]=#\t\n\x07\x7f\x85é😡ขน", min_size=1, max_size=20)
SAID = WORDS.filter(lambda text: text == text.strip() and text == " ".join(text.split()))


@given(
    st.lists(
        st.builds(
            Written, name=SAID, kind=st.sampled_from(["snippet", "explainer"]),
            causes=st.sampled_from([(), ("late", "refund")]), stages=st.sampled_from([(), ("act",)]),
            cues=st.lists(SAID, max_size=3, unique=True).map(tuple),
            texts=st.dictionaries(st.sampled_from(["en", "th", "fi"]), SAID, min_size=1),
        ),
        min_size=1, max_size=3, unique_by=lambda one: one.name.lower(),
    )
)  # fmt: skip
def test_what_is_written_out_is_read_back_to_the_same(snippets: list[Written]) -> None:
    assert read_snippets(written_out(snippets)) == snippets


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[[snippet]]\nname = 1 2\n", "line 2"),
        ("x = 1", "snippet"),
        ('[[snippet]]\nname = "A"', "item 1: texts"),
        ('[[snippet]]\nname = ""\n[snippet.texts]\nen = "x"', "item 1: name"),
        ('[[snippet]]\nname = "A"\ncauses = ["weather"]\n[snippet.texts]\nen = "x"', "causes: weather"),
        ('[[snippet]]\nname = "A"\nrun = "rm"\n[snippet.texts]\nen = "x"', "unknown run"),
        ('[[snippet]]\nname = "A"\nkind = "poem"\n[snippet.texts]\nen = "x"', "kind"),
        ('[[snippet]]\nname = "A"\n[snippet.texts]\nen = 1', "texts.en"),
        (
            "[[snippet]]\nname = 'A'\n[snippet.texts]\nen = 'x'\n[[snippet]]\nname = 'a'\n[snippet.texts]\nen = 'x'",
            "twice",
        ),
    ],
)
def test_a_file_that_is_not_right_is_refused_by_its_place(text: str, place: str) -> None:
    with pytest.raises(BadSnippets, match=place):
        read_snippets(text)


@given(st.text(max_size=200))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    with suppress(BadSnippets):
        assert isinstance(read_snippets(text), list)
