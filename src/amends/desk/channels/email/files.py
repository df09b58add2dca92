"""Take in mails that lie on a disk: files, folders of them, mbox archives."""

import mailbox as archives
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from amends.desk.models import RawMessage
from amends.desk.operations.receive import receive
from amends.desk.operations.triage import Unfiled, file_message
from amends.vocabulary import Moment

ROWS_AT_ONCE = 500
ARCHIVES = frozenset({".mbox", ".mbx"})
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


def import_paths(paths: Iterable[Path | str], *, now: Moment, progress: Progress | None = None) -> ImportReport:
    """Keep and file every mail below these paths; the same mail twice is one message.

    Each mail is on the disk before it is looked at, so an import that breaks off loses nothing and can simply be run
    again. `progress` is told how many of how many files are done.
    """
    files = [file for path in paths for file in _files(Path(path))]
    new: list[int] = []
    known = 0
    unreadable: list[str] = []
    for number, file in enumerate(files, 1):
        try:
            for raw, place in _mails(file):
                receipt = receive(raw, channel="file", envelope={"way": "file", "path": place}, now=now)
                _file(receipt.raw_id, now=now)
                new += [receipt.raw_id] if receipt.is_new else []
                known += not receipt.is_new
        except OSError as trouble:
            unreadable.append(f"{file}: {trouble.strerror or trouble}")
        if progress:
            progress(number, len(files))
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


def _file(raw_id: int, *, now: Moment) -> None:
    with suppress(Unfiled):  # its job tries again, and then people see it in quarantine
        file_message(raw_id, now=now)


def _files(path: Path) -> Iterator[Path]:
    """Yield the file itself, or every visible file below a folder, in a settled order."""
    if not path.is_dir():
        yield path
        return
    for below in sorted(path.rglob("*")):
        if below.is_file() and not any(part.startswith(".") for part in below.relative_to(path).parts):
            yield below


def _mails(file: Path) -> Iterator[tuple[bytes, str]]:
    if file.suffix.lower() not in ARCHIVES:
        yield file.read_bytes(), str(file)
        return
    archive = archives.mbox(file, create=False)
    for key in archive.iterkeys():
        yield archive.get_bytes(key), f"{file}#{key}"
