"""Where a desk keeps what it must not lose: `AMENDS_HOME`, its settings file, keys and secrets."""

import fcntl
import json
import os
import secrets
from pathlib import Path

from amends.desk.written import settings_in
from amends.vocabulary import JsonObject

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
DATABASE = "desk.sqlite3"


def folder() -> Path:
    """Return where this desk keeps its things (`AMENDS_HOME`, default `./var`), whether it is there yet or not."""
    return Path(os.environ.get("AMENDS_HOME", "var")).absolute()


def home() -> Path:
    """Return the folder of this desk, made private when it is new."""
    folder().mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    return folder()


def written_settings() -> JsonObject:
    """Return `amends.toml` of this desk, empty when there is none. Raises BadSettings, and makes nothing."""
    return settings_in(settings_file())


def settings_file() -> Path:
    """Return where the settings of this desk are written."""
    return folder() / "amends.toml"


def has_desk() -> bool:
    """Return whether a desk was made here, or its settings name a database elsewhere. Raises BadSettings."""
    elsewhere = os.environ.get("DATABASE_URL") or written_settings().get("database_url")
    return bool(elsewhere) or (folder() / DATABASE).exists()


def key(name: str) -> str:
    """Return the secret key of that name, made at random the first time."""
    path = home() / "keys" / name
    path.parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE), "w") as new:
            new.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text(encoding="utf-8")


def secret(name: str) -> str:
    """Return a password that an administrator gave us, empty when none was given."""
    found: str = _secrets().get(name, "")
    return found


def keep_secret(name: str, value: str) -> None:
    """Keep a password outside the database, in a file only this user can read."""
    path = home() / "keys" / "secrets.json"
    path.parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    new = path.with_suffix(".new")
    # Pages and workers write here, grants by the hour: without the lock one would undo what the other has just kept.
    with os.fdopen(os.open(path.with_suffix(".lock"), os.O_CREAT | os.O_WRONLY, PRIVATE_FILE), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = _secrets() | {name: value}
        with os.fdopen(os.open(new, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, PRIVATE_FILE), "w") as file:
            json.dump(kept, file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)


def _secrets() -> JsonObject:
    path = home() / "keys" / "secrets.json"
    found: JsonObject = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found
