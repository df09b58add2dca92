"""Where sentences end."""

from amends.text.segments import SentenceRules, sentences

RULES = SentenceRules(abbreviations=frozenset({"mr", "esim"}))


def said(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text, RULES)]


def test_an_abbreviation_ends_no_sentence():
    assert said("Dear Mr. Smith. Hello.") == ["Dear Mr. Smith.", "Hello."]


def test_a_long_word_without_a_space_is_cut_where_it_stops():
    assert said("a" * 60 + "mr. Hello.") == ["a" * 60 + "mr.", "Hello."]


def test_a_number_with_a_dot_goes_on_before_a_small_letter():
    assert said("Se tulee 5. joulukuuta. Kiitos.") == ["Se tulee 5. joulukuuta.", "Kiitos."]
