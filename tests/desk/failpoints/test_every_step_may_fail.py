"""Every named step of intake and sending × a mistake, a power cut, a full disk: nothing lost, doubled, or resent."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from amends.desk.failpoint import INTAKE, SENDING, STEPS, arm, failpoint
from tests.servers import Sink, desk_environment, smtp_sink

HOWS = ("mistake", "power_cut", "full_disk")
AFTER_THE_TEXT = ("smtp.text_given", "smtp.answered", "deliver.handed_over", "deliver.rows_written")
"""Here it may have arrived, and the desk may not know of it."""


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    """The mail server of all of them."""
    with smtp_sink() as server:
        yield server


@pytest.fixture(scope="module")
def ends(sink: Sink, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], dict[str, Any]]:
    """What became of each mail, by step and way of failing."""
    home: Path = tmp_path_factory.mktemp("desk")
    environment = desk_environment(home) | {
        "AMENDS_SENDING": "smtp", "AMENDS_ENCODER": "none", "AMENDS_LOG_LEVEL": "CRITICAL", "AMENDS_NAME_SERVER": "off",
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.desk.failpoints.desk_that_fails", str(sink.port)]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert run.returncode == 0, run.stderr[-3000:]
    found = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    assert len(found) == len(STEPS) * len(HOWS), run.stderr[-3000:]
    return {(end["step"], end["how"]): end for end in found}


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("step", STEPS)
def test_the_step_is_really_passed(ends: dict[tuple[str, str], dict[str, Any]], step: str, how: str) -> None:
    assert ends[step, how]["ended"] == (9 if how == "power_cut" else 0)


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("step", INTAKE)
def test_a_mail_is_filed_and_read_once_with_its_file(
    ends: dict[tuple[str, str], dict[str, Any]], step: str, how: str
) -> None:
    end = ends[step, how]
    assert (end["messages"], end["cases"], end["files"], end["readings"]) == (1, 1, 1, 1)
    assert end["raw"] == ["filed"]


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("step", SENDING)
def test_a_reply_leaves_once_or_says_that_nobody_knows(
    ends: dict[tuple[str, str], dict[str, Any]], sink: Sink, step: str, how: str
) -> None:
    end = ends[step, how]
    arrived = Counter(sink.recipients)[end["recipient"]]
    [state] = end["states"]
    assert (end["drafts"], arrived <= 1) == (0, True)
    assert state in ({"sent"} if arrived else {"uncertain"}) | ({"uncertain"} if step in AFTER_THE_TEXT else set())
    assert end["told"] == (state == "uncertain")


def test_a_step_that_is_not_in_the_table_cannot_be_armed() -> None:
    with pytest.raises(ValueError, match="no step"):
        arm("make.coffee", lambda: None)


def test_an_unarmed_step_does_nothing() -> None:
    for step in STEPS:
        failpoint(step)
