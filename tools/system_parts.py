"""What tests need from the system: Chromium, Dovecot, PostgreSQL, Thai fonts.

They are installed only where that was asked for (`CI=true` or `AMENDS_INSTALL=1`); elsewhere the tests that need them
are skipped by name, and this says how to get them. With `CI=true` a missing part is a failure.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class SystemPart:
    """A Debian package that some tests need, and how to see that it is there."""

    name: str
    package: str
    is_there: Callable[[], bool]


def chromium() -> str | None:
    """Return the browser to test with, None when there is none."""
    names = (os.environ.get("AMENDS_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if name and (path := shutil.which(name))), None)


def dovecot() -> str | None:
    """Return the IMAP server to test with, None when there is none."""
    return next((path for path in (shutil.which("dovecot"), "/usr/sbin/dovecot") if path and Path(path).exists()), None)


def postgres_folder() -> Path | None:
    """Return the folder of PostgreSQL's server programs (15 or newer), None when there is none."""
    return max(Path("/usr/lib/postgresql").glob("[1-9][0-9]/bin"), default=None)


def thai_fonts() -> bool:
    """Return whether a font with Thai letters is installed."""
    return any(Path("/usr/share/fonts").rglob("NotoSansThai*")) or any(Path("/usr/share/fonts").rglob("*Garuda*"))


PARTS = (
    SystemPart(name="Chromium", package="chromium", is_there=lambda: chromium() is not None),
    SystemPart(name="Dovecot", package="dovecot-imapd", is_there=lambda: dovecot() is not None),
    SystemPart(name="PostgreSQL", package="postgresql", is_there=lambda: postgres_folder() is not None),
    SystemPart(name="Thai fonts", package="fonts-noto-core", is_there=thai_fonts),
)


def missing() -> list[SystemPart]:
    """Return the parts that are not there."""
    return [part for part in PARTS if not part.is_there()]


def main() -> int:
    """Install or name what is missing; 1 when it must be there and is not."""
    wanted = missing()
    if wanted and _may_install():
        _install(wanted)
        wanted = missing()
    for part in wanted:
        print(f"{part.name} is missing: tests that need it are skipped. To get it: apt-get install {part.package}")
    return 1 if wanted and os.environ.get("CI") == "true" else 0


def _may_install() -> bool:
    asked = os.environ.get("CI") == "true" or os.environ.get("AMENDS_INSTALL") == "1"
    return asked and shutil.which("apt-get") is not None and os.geteuid() == 0


def _install(parts: list[SystemPart]) -> None:
    names = [part.package for part in parts]
    print(f"Installing {', '.join(names)} …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=quiet)
    subprocess.run(["apt-get", "install", "-y", "-qq", *names], check=False, env=quiet, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
