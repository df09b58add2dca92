"""A language that nobody knows is told at once; it was read as if it were known."""

import json
from pathlib import Path

import pytest

from amends.cli.coach import answer as coached
from amends.cli.lines import BadLine
from amends.cli.main import main
from amends.cli.read import answer as read


@pytest.mark.parametrize("command", ["coach", "promises", "rules test own.yaml", "bench read", "bench promises"])
def test_an_option_that_names_no_language_is_a_wrong_call(command: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        main([*command.split(), "--language", "xx"])
    assert ended.value.code == 2
    assert "'xx'" in capsys.readouterr().err


@pytest.mark.parametrize("none", ["und", "mul", "zxx"])
def test_a_tag_for_no_language_is_told_too(none: str):
    with pytest.raises(BadLine, match=f"'{none}'"):
        read({"text": "Where is my lamp?", "language": none}, tier="quick")


def test_a_line_that_names_no_language_says_so_and_the_rest_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    told = [{"id": tag, "text": "Where is my lamp?", "language": tag} for tag in ("xx", "en")]
    lines = tmp_path / "lines.jsonl"
    lines.write_text("".join(json.dumps(line) + "\n" for line in told), encoding="utf-8")
    assert main(["read", "--tier", "quick", str(lines)]) == 1
    wrong, right = map(json.loads, capsys.readouterr().out.splitlines())
    assert ("'xx'" in wrong["error"], right["language"]) == (True, "en")


def test_no_draft_is_praised_in_a_language_nobody_knows():
    with pytest.raises(BadLine, match="'xx'"):
        coached({"reply": "We are sorry you feel that way.", "language": "xx"}, tier="quick")


def test_a_language_without_a_pack_is_still_read():
    assert read({"text": "Mzigo wangu uko wapi?", "language": "SW"}, tier="quick")["language"] == "sw"
