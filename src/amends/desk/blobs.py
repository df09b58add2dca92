"""Large bytes, kept as files named by their sha256: mails above 100 kB, attachments, thumbnails."""

import os
import secrets
from hashlib import sha256
from pathlib import Path

from amends.desk.home import PRIVATE_FILE, PRIVATE_FOLDER, home


def keep(content: bytes) -> str:
    """Keep bytes for good and return their sha256. When this returns they are on the disk, name included.

    A file is written beside its place, synced and renamed, so a name never stands for half a file. The same bytes
    twice are one file.
    """
    digest = sha256(content).hexdigest()
    place = _place(digest)
    if place.exists():
        _sync_folder(place.parent)  # whoever wrote it may not have come so far yet
        return digest
    place.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    new = place.with_name(f"{digest}.{secrets.token_hex(4)}.new")
    with os.fdopen(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(place)
    _sync_folder(place.parent)
    return digest


def read(digest: str) -> bytes:
    """Return the bytes of that sha256. Raises FileNotFoundError when they were never kept here."""
    return _place(digest).read_bytes()


def path(digest: str) -> Path:
    """Return where the bytes of that sha256 lie, for a response that streams them."""
    return _place(digest)


def _place(digest: str) -> Path:
    if len(digest) != 64 or not digest.isalnum():
        raise ValueError("a blob is named by a sha256 in hexadecimal")
    return home() / "blobs" / digest[:2] / digest


def _sync_folder(folder: Path) -> None:
    # Without this the rename itself may be lost in a power cut, though the bytes are there.
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
