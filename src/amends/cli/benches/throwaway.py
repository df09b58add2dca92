"""Other people's libraries, installed for the time being into a folder that is thrown away."""

import subprocess
import venv
from pathlib import Path
from typing import Final

from amends.vocabulary import AmendsError

LONGEST_S: Final = 600
WRITTEN: Final = "utf-8"


class Absent(AmendsError):
    """This peer cannot run here. It is left out of the table."""


def python_with(requirement: str, work: Path) -> str:
    """Return a Python of its own in `work` that has a library. Raises Absent when it cannot be installed."""
    python = work / "python" / "bin" / "python"
    if not python.exists():
        venv.create(work / "python", with_pip=True)
    done([str(python), "-m", "pip", "install", "-q", requirement], work)
    return str(python)


def done(command: list[str], work: Path, *, given: str = "") -> str:
    """Return what a command prints. Raises Absent with the last thing it said when it fails or takes ten minutes."""
    try:
        ended = subprocess.run(  # noqa: S603  # the peers are pinned, in a folder of their own
            command,
            cwd=work,
            input=given,
            capture_output=True,
            text=True,
            encoding=WRITTEN,
            timeout=LONGEST_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as why:
        raise Absent(f"{type(why).__name__}") from why
    if ended.returncode:
        raise Absent((ended.stderr.strip().splitlines() or ["it ended with an error"])[-1][:200])
    return ended.stdout
