"""Who said nothing is not angry."""

import pytest

from amends.reading.read import read


@pytest.mark.parametrize("text", ["", "  \n"])
@pytest.mark.parametrize("language", [None, "en", "id", "th", "fi"])
def test_an_empty_message_has_no_heat(text: str, language: str | None) -> None:
    found = read(text, language=language)
    assert (found.intensity, found.anger, found.complaint) == (0, 0.0, 0.0)
