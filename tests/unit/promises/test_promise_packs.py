"""Language packs of time and commitment: what is wrong in one is said when it is loaded, with its place."""

import re

import pytest

from amends.languages import available, load
from amends.languages.pack import LanguagePack
from amends.promises.cues import cues
from amends.promises.grammar import grammar
from amends.vocabulary import BadPack

OWN_WORDS = re.compile(r"\(\?P<([a-z_]+?)\d?>([^()\\\[]+)\)")
UND = load("und")


def pack_of(dates: str = "", promises: str = "") -> LanguagePack:
    return LanguagePack(tag="xx", files={"dates.toml": dates, "promises.toml": promises}, parent=UND)


def test_a_form_that_is_no_pattern_is_named() -> None:
    with pytest.raises(BadPack, match=r"xx/dates\.toml"):
        grammar(pack_of("[[form]]\nkind = 'day'\nsays = ['(']"))


def test_a_kind_that_nobody_reads_is_named() -> None:
    with pytest.raises(BadPack, match="moonphase"):
        grammar(pack_of("[[form]]\nkind = 'moonphase'\nsays = ['x']"))


def test_a_slot_without_words_is_named() -> None:
    with pytest.raises(BadPack, match="<weekday>"):
        grammar(pack_of("[[form]]\nkind = 'weekday'\nsays = ['<weekday>']"))


def test_a_cue_that_does_not_exist_is_named() -> None:
    with pytest.raises(BadPack, match="maybe"):
        cues(pack_of(promises="[cues]\nmaybe = ['x']"))


@pytest.mark.parametrize("tag", sorted(available()))
def test_every_word_that_a_form_brings_itself_stands_in_its_table(tag: str) -> None:
    pack = load(tag)
    words = grammar(pack).words.words
    brought = [(slot, word) for slot, many in OWN_WORDS.findall(pack.text("dates.toml")) for word in many.split("|")]
    assert [pair for pair in brought if not (pair[1].isdigit() or pair[1] in words.get(pair[0], {}))] == []
