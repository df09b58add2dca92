"""`amends rules`: the table with what was measured, gaps by name, and packs tested with the line that is wrong."""

import json
import re
from pathlib import Path

import pytest

from amends.cli.main import main
from amends.coach.catalogue import catalogue
from amends.coach.survey import gaps

PACK = """rules:
  - rule: own.ticket
    kind: phrase
    why: {en: Say case.}
    phrases: [your ticket]
    examples:
      bad: [Your ticket is open.]
      good: [Your case is open.]
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    file = tmp_path / "ours.yaml"
    file.write_text(PACK, encoding="utf-8")
    return file


def test_the_table_names_every_rule_every_gap_and_what_is_not_measured(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "250")
    assert main(["rules"]) == 0
    said = capsys.readouterr().out
    assert [rule for rule in catalogue() if rule not in said] == []
    assert f"{len(gaps())} gaps" in said
    assert all(f"{rule} ({tag})" in said.replace("\n", " ") for rule, tag in gaps())
    assert re.search(r"0\.\d{3} \[0\.\d\d–[01]\.\d\d\] n=\d+", said)
    assert "not measured yet" in said


def test_the_same_as_json_has_shares_and_n(capsys: pytest.CaptureFixture[str]) -> None:
    main(["rules", "--json"])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    blamed = next(row for row in rows if row["rule"] == "blame.department")
    assert {
        "precision",
        "precision_interval",
        "recall",
        "recall_interval",
        "claimed",
        "n",
        "language",
        "detector",
    } <= set(blamed["measured"][0])


def test_a_pack_that_holds_is_told_so(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "test", str(pack), "--language", "fi"]) == 0
    assert "ours.yaml: 1 rules, all 2 examples hold." in capsys.readouterr().out


def test_a_pack_that_does_not_is_told_its_line(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack.write_text(PACK.replace("Your case is", "Your ticket is"), encoding="utf-8")
    assert main(["rules", "test", str(pack)]) == 1
    assert "ours.yaml, line 8: own.ticket: wrongly found in the example" in capsys.readouterr().out


@pytest.mark.parametrize("argument", [["rules", "test"], ["rules", "test", "/no/such/file.yaml"]])
def test_without_a_pack_it_says_so(argument: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argument) in {1, 2}
    assert capsys.readouterr().out
