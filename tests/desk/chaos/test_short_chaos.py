"""Short runs of `amends chaos`, as anybody may start them: real processes, kill -9, and a count at the end."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from amends.desk.chaos.intake import Killer
from amends.desk.chaos.plan import Plan, Toll
from amends.desk.chaos.programs import Program
from amends.vocabulary import JsonObject
from tests.servers import desk_environment

SHORT = {
    "intake": ("--kills", "3", "--mails", "60"),
    "sending": ("--kills", "1", "--replies", "15", "--races", "5", "--seconds", "25"),
    "database": ("--mails", "30", "--seconds", "30"),
    "disk": ("--mails", "120"),
    "imap": ("--mails", "24", "--seconds", "50"),
    "clock": ("--mails", "26"),
}


@pytest.mark.parametrize("name", SHORT)
def test_whatever_happens_nothing_is_lost_doubled_or_sent_again(name: str, tmp_path: Path) -> None:
    tolled = chaos(name, *SHORT[name], home=tmp_path)
    assert tolled["violations"] == []
    assert (tolled["lost"], tolled["duplicates"], tolled["resent_maybe_delivered"]) == (0, 0, 0)
    assert tolled["mails_in"] + tolled["replies_out"] > 0


@pytest.mark.parametrize(("kills", "mails"), [(1, 4), (3, 60), (10, 200)])
def test_mail_waits_for_a_kill_that_comes_late(kills: int, mails: int, tmp_path: Path) -> None:
    plan, toll, done = Plan(name="intake", home=tmp_path, kills=kills), Toll(), 0
    killer = Killer(plan, toll, [Still(tmp_path, "work")], so_far=lambda: done, of=mails)
    for killed in range(kills):
        done = killer.leash
        assert done < mails
        killer.look()
        assert toll.kills == killed + 1
    assert killer.leash >= mails


class Still(Program):
    """A program that is never there."""

    def start(self) -> None:
        """Start nothing."""


def chaos(name: str, *options: str, home: Path) -> JsonObject:
    done = subprocess.run(
        [sys.executable, "-m", "amends", "chaos", name, *options],
        env=desk_environment(home) | {"TMPDIR": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    counted: JsonObject = json.loads(done.stdout)
    assert done.returncode == (1 if counted["violations"] else 0)
    return counted
