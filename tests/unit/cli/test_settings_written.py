"""What stands wrong in `amends.toml` is said with its line, its key and what is allowed."""

from pathlib import Path

import pytest

from amends.cli.main import main
from amends.coach.limits import limits_in
from amends.desk.written import BadSettings, read_table, settings_in

NO_DESK = (["search", "rebuild"], ["mail", "import", "."], ["orders", "import"], ["admin", "link", "aino"])


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Where the settings of a desk would stand."""
    return tmp_path / "amends.toml"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("sending = smtpp", '`sending` is "outbox" or "smtp"'),
        ('sending = "smtpp"', '`sending` is "outbox" or "smtp", not \'smtpp\''),
        ('undo_seconds = "abc"', "`undo_seconds` is a whole number"),
        ("undo_seconds = -1", "`undo_seconds` is a whole number"),
        ("undo_second = 20", "there is no setting `undo_second`"),
        ("hosts = ['a', 'b']", "`hosts` is words in quotes"),
        ("plus_addresses = true", '`plus_addresses` is "1" or "0"'),
        ('maildirs = "/var/mail"', "`maildirs` is a table"),
    ],
)
def test_a_slip_is_told_with_its_line_and_what_is_allowed(line: str, told: str, written: Path) -> None:
    written.write_text(f"# ours\n{line}\n", encoding="utf-8")
    with pytest.raises(BadSettings) as wrong:
        settings_in(written)
    assert f"{written}, line 2: " in str(wrong.value)
    assert told in str(wrong.value)


def test_what_the_reference_shows_is_read(written: Path) -> None:
    said = 'undo_seconds = 20\nplus_addresses = 1\nhosts = "care.example"\n[maildirs]\n"care@example.org" = "/m"\n'
    written.write_text(said, encoding="utf-8")
    assert settings_in(written)["maildirs"] == {"care@example.org": "/m"}
    assert settings_in(written.with_name("none")) == {}


def test_a_table_that_is_not_right_is_told_with_its_line(written: Path) -> None:
    written.write_text("\n[strictness]\nangry_from = 9\n", encoding="utf-8")
    with pytest.raises(BadSettings, match="line 2: strictness: angry_from"):
        read_table(written, "strictness", {"angry_from": 9}, limits_in)


def test_a_command_that_reads_a_slip_ends_with_two(
    written: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written.write_text("undo = 3\n", encoding="utf-8")
    monkeypatch.setenv("AMENDS_HOME", str(written.parent))
    assert main(["up", "--port", "0"]) == 2
    assert "line 1: there is no setting `undo`" in capsys.readouterr().err


@pytest.mark.parametrize("words", [*NO_DESK, ["read", "corrections"], ["rules", "--desk"], ["doctor", "--json"]])
def test_where_there_is_no_desk_none_is_made(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("django.apps.apps.ready", False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("AMENDS_HOME", str(tmp_path / "none"))
    status, said = main(words), capsys.readouterr()
    assert not (tmp_path / "none").exists()
    assert words[0] == "doctor" or (status, "no desk here" in said.err) == (1, True)
