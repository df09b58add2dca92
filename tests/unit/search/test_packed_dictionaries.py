"""A dictionary is packed once for a user: the Finnish one takes seconds."""

from pathlib import Path

import pytest
from simplemma.strategies.dictionaries import TrieDictionaryFactory

from amends.search.forms import Dictionaries

SMALL = "id"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new desk of a user who has packed one small dictionary before."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(Dictionaries, "folder", None)
    TrieDictionaryFactory().get_dictionary(SMALL)
    return tmp_path / "desk"


def test_what_was_packed_before_is_taken_over(home: Path) -> None:
    Dictionaries.keep_in(home)
    [packed] = (home.parent / "cache").rglob("*.dic")
    assert (home / f"{SMALL}.dic").read_bytes() == packed.read_bytes()
    assert [file.name for file in home.iterdir()] == [f"{SMALL}.dic"]


def test_what_the_desk_has_packed_itself_stays(home: Path) -> None:
    home.mkdir()
    (home / f"{SMALL}.dic").write_bytes(b"its own")
    Dictionaries.keep_in(home)
    assert (home / f"{SMALL}.dic").read_bytes() == b"its own"


def test_a_folder_nobody_may_write_to_stops_no_desk(home: Path) -> None:
    home.write_text("a file stands where the folder should", encoding="utf-8")
    Dictionaries.keep_in(home)
    assert Dictionaries.folder == home
