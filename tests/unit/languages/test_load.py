"""Packs and their families: what a pack lacks, its kin says."""

from amends.languages import load


def test_a_pack_reads_from_its_kin_what_it_lacks() -> None:
    malay = load("ms")
    assert malay.has("dates.toml")
    assert not malay.has("quotes.toml")
    assert malay.text("quotes.toml") == load("id").text("quotes.toml")


def test_a_language_without_kin_falls_back_to_none() -> None:
    assert load("xx").tag == "und"
