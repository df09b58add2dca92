"""`amends bench coach --keystrokes` types into a desk that is really served, and says how long the answers take."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from amends.cli.benches.keystroke import BOUND_MS, in_words
from amends.desk.management.commands.bench_keystrokes import LONGEST, STEPS, letters_in

MANAGE = [sys.executable, "-m", "django"]


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    file = tmp_path / "lines.jsonl"
    told = [{"reply": "We are sorry for the inconvenience. " * 20, "language": tag} for tag in ("en", "en", "fi")]
    file.write_text("".join(json.dumps(line) + "\n" for line in told), encoding="utf-8")
    return file


def test_replies_are_put_together_to_long_letters_of_one_language(lines: Path) -> None:
    assert [(tag, len(letter)) for tag, letter in letters_in(lines)] == [("en", LONGEST), ("fi", 719)]


def test_each_pause_in_the_typing_is_answered_over_http(lines: Path, tmp_path: Path) -> None:
    home = os.environ | {"AMENDS_HOME": str(tmp_path / "bench"), "DJANGO_SETTINGS_MODULE": "amends.desk.settings"}
    home.pop("DATABASE_URL", None)
    subprocess.run([*MANAGE, "migrate", "-v0"], env=home, check=True)
    command = ["bench_keystrokes", "--letters", str(lines), "--cases", "200", "--keystrokes", str(STEPS)]
    done = subprocess.run([*MANAGE, *command], env=home, check=True, capture_output=True, text=True)
    ms = json.loads(done.stdout)["ms"]
    assert (ms["n"], 0 < ms["p50"] <= ms["p95"]) == (STEPS, True)


def test_the_row_says_the_bound_beside_the_figures() -> None:
    told = in_words({"ms": {"p50": 20.1, "p95": 31.0, "cpu": None, "n": 400}, "bound_ms": BOUND_MS})
    assert told == "p50 20.1 p95 31.0 n=400, CPU – (bound 50)"
