"""The table of commands."""

import subprocess
import sys

import pytest

from amends.cli.main import COMMANDS, main


def test_no_command_shows_them_all(capsys):
    assert main([]) == 2
    shown = capsys.readouterr().out
    assert all(name in shown for name in COMMANDS)


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith("amends ")


def test_a_command_nobody_knows_is_refused():
    with pytest.raises(SystemExit) as end:
        main(["sulk"])
    assert end.value.code == 2


def test_reading_needs_no_web_framework():
    program = (
        "import sys, amends.cli.main as m; status = m.main(['read', 'Where is it?']);"
        "sys.exit(status or 'django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True).returncode == 0
