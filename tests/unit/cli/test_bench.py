"""Figures that anybody can make again."""

import json
from pathlib import Path

import pytest

from amends.cli.bench import BENCHES
from amends.cli.main import main

LINES = {
    "read": {"text": "Where is my parcel?"},
    "coach": {"reply": "We apologise for any inconvenience."},
    "promises": {"text": "We will call you tomorrow at 10.", "at": "2026-11-18T09:00:00+00:00"},
}


@pytest.mark.parametrize("name", LINES)
def test_every_pure_command_can_be_measured(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "lines.jsonl").write_text(json.dumps(LINES[name]) + "\n", encoding="utf-8")
    assert main(["bench", name, str(tmp_path / "lines.jsonl"), "--lines", "5"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["bench"], figures["lines"]) == (name, 5)
    assert figures["lines_per_cpu_second"] > 0


def test_nothing_to_measure_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    assert main(["bench", "coach", str(tmp_path / "empty.jsonl")]) == 1
    assert "empty" in capsys.readouterr().err


@pytest.mark.parametrize("name", BENCHES)
def test_every_bench_says_what_it_measures(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["bench", name, "--help"])
    assert f"amends bench {name}" in capsys.readouterr().out
