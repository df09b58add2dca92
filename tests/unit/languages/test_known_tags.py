"""Whether a tag names a language."""

import pytest

from amends.languages.named import named

NONE = ["und", "UND", "und-Thai", "mul", "zxx", "mis", "root", "qaa"]


@pytest.mark.parametrize(
    ("written", "tag"),
    [("fi", "fi"), ("EN_gb", "en-gb"), ("pt-BR", "pt-BR"), ("sw", "sw"), ("min", "min")],
)
def test_a_language_is_known_with_or_without_a_pack(written: str, tag: str):
    assert named(written) == tag


@pytest.mark.parametrize("written", ["xx", "klingonish", "english", "", "e", "th th", "../en", "en-" + "x" * 90, *NONE])
def test_what_names_no_language_is_none(written: str):
    assert named(written) is None
