"""The small language of the packs."""

import pytest

from amends.languages import load
from amends.reading.cues import phrasebook
from amends.reading.patterns import Script, groups
from amends.reading.plain import plain
from amends.vocabulary import BadPack

SPACED, UNSPACED = Script(spaced=True), Script(spaced=False)


def found(pattern: str, text: str, script: Script = SPACED) -> list[str]:
    ready = plain(text)
    return [ready.back(hit.span).of(text) for hit in groups({"x": [pattern]}, script).hits(ready)]


@pytest.mark.parametrize(
    ("pattern", "text", "words"),
    [
        ("late", "Late, so LATE! Plate, later.", ["Late", "LATE"]),
        ("third time", "the third\n time", ["third\n time"]),
        ("disappoint*", "Disappointed and disappointing", ["Disappointed", "disappointing"]),
        ("never ... again", "I will never buy from you again.", ["never buy from you again"]),
        ("never ... again", "Never. We meet again.", []),
        ("(still|yet) wait*", "still waiting", ["still waiting"]),
        ("colou?r", "color colour", ["color", "colour"]),
        ("# days", "after 12 days", ["12 days"]),
        ("viha*", "Olen VIHAINEN😡", ["VIHAINEN"]),
        ("äiti?ni", "äitni, äitini", ["äitni", "äitini"]),
        ("don'?t", "don’t dont", ["don’t", "dont"]),
    ],
)
def test_a_pattern_finds_whole_words_as_written(pattern, text, words):
    assert found(pattern, text) == words


def test_thai_is_found_inside_a_run_of_letters():
    assert found("แย่มาก", "บริการแย่มากเลย", UNSPACED) == ["แย่มาก"]


def test_a_pattern_that_is_not_right_is_named():
    with pytest.raises(BadPack, match="anger"):
        groups({"anger": ["(unclosed"]}, SPACED)


@pytest.mark.parametrize("tag", ["en", "id", "th", "fi", "und"])
def test_every_pack_compiles_and_stays_linear(tag):
    book = phrasebook(load(tag))
    assert book.groups.sources
    for pattern in (book.denial, book.no_denial, book.breaks, book.not_theirs, book.will_not, book.taken_back):
        assert pattern.search(b"") is None


@pytest.mark.parametrize(
    ("patterns", "text", "words"),
    [
        (["let down", "let down again"], "You let down again. let\n\n down", ["let down again", "let\n\n down"]),
        (["wait* for", "waited"], "Waited, waiting \t for, waits", ["Waited", "waiting \t for"]),
        (["down", "let down"], "let down down", ["let down", "down"]),
        (["# times", "times"], "7 times, times", ["7 times", "times"]),
        (["rip off", "rip ?off"], "ripoff, a rip  off", ["rip  off"]),
    ],
)
def test_of_all_patterns_of_a_group_what_begins_first_is_found_and_the_longest_of_that(patterns, text, words):
    ready = plain(text)
    assert [hit.span.of(text) for hit in groups({"x": patterns}, SPACED).hits(ready)] == words
