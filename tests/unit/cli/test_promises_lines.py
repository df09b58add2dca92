"""`amends promises` line by line: what it answers, and what it says of a line that it cannot answer."""

from typing import Any

import pytest

from amends.cli.lines import BadLine
from amends.cli.main import main
from amends.cli.promises import answer

LINE = {"text": "We will call you tomorrow at 10.", "at": "2026-11-24T10:15:00+00:00"}


def test_a_promise_says_where_it_stands_what_by_when_and_how_surely() -> None:
    (promise,) = answer({**LINE, "language": "EN-gb"})["promises"]
    assert list(promise) == ["start", "end", "what", "due_start", "due_end", "basis", "confidence"]
    assert LINE["text"][promise["start"] : promise["end"]] == "tomorrow at 10"
    assert (promise["due_end"], promise["what"]) == ("2026-11-25T10:00:00+00:00", "call")


def test_a_vague_time_has_no_due_time() -> None:
    (promise,) = answer({**LINE, "text": "We will call you soon."})["promises"]
    assert (promise["basis"], promise["due_start"], promise["due_end"]) == ("vague", None, None)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"at": None}, "missing"),
        ({"at": "2026-11-24T10:15:00"}, "offset"),
        ({"at": "tomorrow"}, "ISO 8601"),
        ({"at": "9999-12-31T10:15:00+00:00"}, "9999"),
        ({"language": "xx"}, "known: de, en"),
        ({"country": 12}, "country"),
        ({"text": 5}, "text"),
    ],
)
def test_a_line_that_cannot_be_answered_says_why(wrong: dict[str, Any], why: str) -> None:
    with pytest.raises(BadLine, match=why):
        answer({**LINE, **wrong})


def test_a_text_without_a_moment_is_taken_as_written_now(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["promises", "We will refund you by Friday."]) == 0
    said = capsys.readouterr().out
    assert "taken as written now, " in said
    assert "refund" in said
