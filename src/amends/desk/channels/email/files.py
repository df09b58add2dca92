"""Take in mails that lie on a disk: files, folders of them, Maildirs, mbox archives."""

import mailbox as archives
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from amends.desk.models import RawMessage
from amends.desk.operations.archived import HISTORY_BEFORE, IMPORTED
from amends.desk.operations.receive import Delivery, Receipt, bunches, receive_together
from amends.desk.operations.triage import file_all
from amends.vocabulary import JsonObject, Moment

ROWS_AT_ONCE = 500
ARCHIVES = frozenset({".mbox", ".mbx"})
FIRST_OF_ARCHIVE = b"From "
"""An mbox begins with this line (RFC 4155). So do single mails that a mail server laid down, hence the suffix too."""
HISTORY_AFTER: Final = timedelta(days=14)
"""Mail older than this is history when it is imported: a person would not begin to answer it today."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What became of the mails. `unreadable` files could not be opened at all; `lost` is 0, or the fault is ours."""

    filed: int = 0
    duplicates: int = 0
    quarantined: int = 0
    waiting: int = 0
    unreadable: tuple[str, ...] = ()
    lost: int = 0

    @property
    def mails(self) -> int:
        """Return how many mails were handed in."""
        return self.filed + self.duplicates + self.quarantined + self.waiting + self.lost


def import_paths(
    paths: Iterable[Path | str],
    *,
    now: Moment,
    progress: Progress | None = None,
    history_after: timedelta | None = HISTORY_AFTER,
) -> ImportReport:
    """Keep and file every mail below these paths; the same mail twice is one message.

    A mail counts from its own date. What is older than `history_after` (None: nothing) is filed as history: it stands
    on its customer's case, and nobody waits.

    Each mail is on the disk before it is looked at, so an import that breaks off loses nothing and can simply be run
    again. `progress` is told how many of how many files are read.
    """
    files = [file for path in paths for file in _files(Path(path))]
    said = {"way": "file"} | ({HISTORY_BEFORE: (now - history_after).isoformat()} if history_after else {})
    new: list[int] = []
    known = 0
    unreadable: list[str] = []
    for group in bunches(_mails_of_all(files, unreadable, progress), size=lambda mail: len(mail[0])):
        receipts = _kept(group, said, now=now)
        fresh = [receipt.raw_id for receipt in receipts if receipt.is_new]
        file_all([receipt.raw_id for receipt in receipts], now=now)
        new += fresh
        known += len(receipts) - len(fresh)
    return _report(new, known=known, unreadable=unreadable)


def _report(new: list[int], *, known: int, unreadable: list[str]) -> ImportReport:
    """Count what became of each mail by looking at the desk, not by what we believe we did."""
    states: Counter[str] = Counter()
    for first in range(0, len(new), ROWS_AT_ONCE):
        rows = RawMessage.objects.filter(pk__in=new[first : first + ROWS_AT_ONCE])
        states.update(rows.values_list("state", flat=True))
    return ImportReport(
        filed=states[RawMessage.State.FILED],
        duplicates=states[RawMessage.State.DUPLICATE] + known,
        quarantined=states[RawMessage.State.QUARANTINED],
        waiting=states[RawMessage.State.RECEIVED],
        unreadable=tuple(unreadable),
        lost=len(new) - states.total(),
    )


def _kept(group: Iterable[tuple[bytes, str]], said: JsonObject, *, now: Moment) -> list[Receipt]:
    mails = [Delivery(raw=raw, channel=IMPORTED, envelope={**said, "path": place}) for raw, place in group]
    return receive_together(mails, now=now)


def _mails_of_all(
    files: Sequence[Path], unreadable: list[str], progress: Progress | None
) -> Iterator[tuple[bytes, str]]:  # fmt: skip
    """Yield the mails of every file; write down which files cannot be opened, and go on."""
    for number, file in enumerate(files, 1):
        try:
            yield from _mails(file)
        except OSError as trouble:
            unreadable.append(f"{file}: {trouble.strerror or trouble}")
        if progress:
            progress(number, len(files))


def _files(path: Path) -> Iterator[Path]:
    """Yield the file itself, or every visible file below a folder, in a settled order."""
    if not path.is_dir():
        yield path
        return
    is_maildir = _is_maildir(path)
    for below in sorted(path.iterdir()):
        if below.is_dir() and (not below.name.startswith(".") or _is_maildir(below)):
            # Of a Maildir only what was delivered whole; its folders are Maildirs in it whose names begin with a dot.
            yield from _files(below) if not is_maildir or below.name != "tmp" else ()
        elif below.is_file() and not below.name.startswith(".") and not is_maildir:
            yield below


def _is_maildir(path: Path) -> bool:
    return (path / "cur").is_dir() and (path / "new").is_dir()


def _mails(file: Path) -> Iterator[tuple[bytes, str]]:
    if not _is_archive(file):
        yield file.read_bytes(), str(file)
        return
    archive = archives.mbox(file, create=False)
    for key in archive.iterkeys():
        yield archive.get_bytes(key), f"{file}#{key}"


def _is_archive(file: Path) -> bool:
    with file.open("rb") as opened:
        begins_so = opened.read(len(FIRST_OF_ARCHIVE)) == FIRST_OF_ARCHIVE
    return file.suffix.lower() in ARCHIVES or (begins_so and not file.suffix)
