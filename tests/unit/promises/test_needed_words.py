"""The words that a form needs: a text without them is never searched for it."""

import pytest

from amends.promises.alphabet import alphabet_of
from amends.promises.forms import Glue, Pattern, Vocabulary, spans
from amends.promises.needed import Needs, spaced_out
from amends.promises.sieve import Glues, Groups, Sieve


def forms(*said: str, spaced: bool = True) -> list[Pattern]:
    words = Vocabulary(alphabet=alphabet_of(said, where="xx/promises.toml"), spaced=spaced)
    return words.each(said, where="xx/promises.toml")


def pieces_of(form: str) -> list[list[str]]:
    (pattern,) = forms(form)
    needs = Needs(spaced_out(pattern.alphabet)).of(pattern.written)
    return [sorted(piece.decode("latin-1") for piece in need) for need in needs]


def test_a_form_needs_its_words_whole() -> None:
    assert pieces_of("we (?:will|shall)") == [[" we shall ", " we will "]]


def test_what_is_left_open_needs_nothing_and_may_be_missing() -> None:
    assert pieces_of("sent[a-z]* back(?: to us)?") == [[" back ", " back to us "]]
    assert pieces_of("(?:send|give)[a-z]* it") == [[" give", " send"]]


def test_figures_are_one_and_marks_part_words() -> None:
    assert pieces_of(r"\d{1,2}[.:]30") == [[" 0 00 ", " 00 00 "]]


def test_too_many_ways_are_two_needs() -> None:
    many = "|".join(f"{letter}x" for letter in "abcdefghijklmnopqrstuvwxyz")
    assert [len(need) for need in pieces_of(f"(?:{many}) (?:{many})")] == [26, 26]


def test_a_form_that_is_not_understood_is_always_searched() -> None:
    assert not pieces_of(r"(?i:we)")
    assert Sieve(forms(r"(?i:we)")).let_through("nothing of the kind") == [0]


@pytest.mark.parametrize(
    ("text", "through"),
    [("We will come".lower(), [0]), ("we, will he", [0]), ("well", []), ("a refund by 10", [1]), ("a refund", [])],
)
def test_only_forms_whose_words_stand_in_a_text_are_let_through(text: str, through: list[int]) -> None:
    assert Sieve(forms("we will", r"refund by \d+")).let_through(text) == through


def test_patterns_of_several_owners_share_one_look() -> None:
    words = Vocabulary(alphabet=alphabet_of(["by noon"], where="xx/dates.toml"))
    by = Glue("by", words, where="xx/dates.toml")
    sieve = Sieve(forms("we will", "by noon"), parts=[by])
    assert sieve.let_through("maybe by noon") == [1, 2]
    assert [sieve.among("maybe by noon", owned) for owned in (range(1), range(1, 2), range(2, 3))] == [[], [0], [0]]
    assert Groups({"when": forms("by noon")}, sieve=sieve, at=1).holds("we come by noon").may.keys() == {"when"}
    assert Glues([by], sieve=sieve, at=2).let_through("we will") == frozenset()


def test_a_script_without_spaces_needs_no_edges() -> None:
    assert Sieve(forms("พรุ่งนี้", spaced=False)).let_through("ส่งพรุ่งนี้เช้า") == [0]


def test_of_two_forms_at_one_place_the_first_is_taken_as_of_one_pattern() -> None:
    (joined,) = forms("will be|will|be back")
    apart = forms("will be", "will", "be back")
    text = "it will be back, will it? be back soon"
    assert spans(apart, text) == spans([joined], text)
    assert [span.of(text) for span in spans(apart, text)] == ["will be", "will", "be back"]


def test_groups_tell_where_each_stands_and_keep_it() -> None:
    holds = Groups({"ours": forms("we"), "asks": forms("when", "how")}).holds("how do we know how")
    assert [span.start for span in holds.places("asks")] == [0, 15]
    assert (set(holds.may), holds.places("nobody")) == ({"ours", "asks"}, ())
