"""A PostgreSQL server that lives as long as the tests that need it, on a free loopback port."""

import os
import pwd
import secrets
import shlex
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tools.system_parts import postgres_folder

OWNER = "postgres"


@contextmanager
def throwaway_server() -> Iterator[str]:
    """Yield the DATABASE_URL of a new server; it and its data are gone afterwards."""
    programs = postgres_folder()
    if programs is None:
        raise FileNotFoundError("PostgreSQL is missing. To get it: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="amends-postgres-"))
    port = _free_port()
    _give_to_owner(folder)
    try:
        _as_owner([programs / "initdb", "-D", folder / "db", "-A", "trust", "-U", OWNER, "-E", "UTF8", "--no-sync"])
        settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
        _as_owner([programs / "pg_ctl", "-D", folder / "db", "-w", "-o", settings, "-l", folder / "log", "start"])
        yield f"postgresql://{OWNER}@127.0.0.1:{port}/postgres"
    finally:
        _as_owner([programs / "pg_ctl", "-D", folder / "db", "-m", "immediate", "stop"], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    """Return a port below those that the system gives to any outgoing line between our asking and our listening."""
    for _ in range(50):
        port = 12_000 + secrets.randbelow(18_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise OSError("no port was free")


def _give_to_owner(folder: Path) -> None:
    if os.geteuid() == 0:
        owner = pwd.getpwnam(OWNER)
        os.chown(folder, owner.pw_uid, owner.pw_gid)


def _as_owner(words: list[str | Path], *, check: bool = True) -> None:
    """Run a command as the user postgres: the server refuses to run as root."""
    line = shlex.join(str(word) for word in words)
    command = ["su", OWNER, "-s", "/bin/sh", "-c", line] if os.geteuid() == 0 else ["sh", "-c", line]
    subprocess.run(command, check=check, stdout=subprocess.DEVNULL, cwd="/")
