"""Mails from a disk: each is filed, known already, or shown in quarantine. None is lost."""

import mailbox as archives
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from amends.desk.channels.email.files import ImportReport, import_paths
from amends.desk.models import Job, Message, RawMessage
from amends.desk.operations.receive import raw_bytes

pytestmark = pytest.mark.django_db
Write = Callable[..., bytes]
DATA = Path(os.environ.get("AMENDS_DATA", "../shared/data"))
MAILS = [DATA / "mail" / kind for kind in ("mime", "bounces")]


@pytest.fixture
def folder(tmp_path: Path, mail: Write) -> Path:
    """A folder with mails in and below it, and a hidden file."""
    (tmp_path / "old" / "2025").mkdir(parents=True)
    for place in ("1.eml", "old/2.eml", "old/2025/3"):
        (tmp_path / place).write_bytes(mail(place))
    (tmp_path / ".DS_Store").write_bytes(b"\x00not a mail")
    return tmp_path


def test_every_mail_of_a_folder_becomes_a_message(folder: Path, now: datetime) -> None:
    steps: list[tuple[int, int]] = []
    report = import_paths([folder], now=now, progress=lambda done, of: steps.append((done, of)))
    assert report == ImportReport(filed=3)
    assert steps == [(1, 3), (2, 3), (3, 3)]
    assert Message.objects.filter(direction="in").count() == 3


def test_importing_again_changes_nothing(folder: Path, now: datetime) -> None:
    import_paths([folder], now=now)
    assert import_paths([folder, folder / "1.eml"], now=now) == ImportReport(duplicates=4)
    assert Message.objects.count() == 3


def test_the_reading_is_left_to_the_worker(folder: Path, now: datetime) -> None:
    import_paths([folder], now=now)
    assert Job.objects.filter(task="read_message").count() == 3


def test_an_archive_gives_all_its_mails(tmp_path: Path, mail: Write, now: datetime) -> None:
    archive = archives.mbox(tmp_path / "care.mbox")
    for number in "123":
        archive.add(mail(number))
    archive.close()
    assert import_paths([tmp_path / "care.mbox"], now=now) == ImportReport(filed=3)


def test_a_file_that_cannot_be_opened_is_named_and_the_next_goes_on(folder: Path, now: datetime) -> None:
    report = import_paths([folder / "gone.eml", folder / "1.eml"], now=now)
    assert (report.filed, report.lost) == (1, 0)
    assert report.unreadable == (f"{folder / 'gone.eml'}: No such file or directory",)


def test_bytes_that_are_no_mail_are_kept_and_the_next_goes_on(tmp_path: Path, mail: Write, now: datetime) -> None:
    (tmp_path / "a.eml").write_bytes(os.urandom(3000))
    (tmp_path / "b.eml").write_bytes(b"")
    (tmp_path / "c.eml").write_bytes(mail("c"))
    report = import_paths([tmp_path], now=now)
    assert (report.mails, report.lost, report.waiting) == (3, 0, 0)
    assert Message.objects.filter(internet_message_id="<c@example.org>").exists()


def test_a_hidden_folder_is_left_alone(folder: Path, mail: Write, now: datetime) -> None:
    (folder / ".trash").mkdir()
    (folder / ".trash" / "4.eml").write_bytes(mail("4"))
    assert import_paths([folder], now=now).mails == 3


@pytest.mark.data
@pytest.mark.skipif(not all(path.exists() for path in MAILS), reason="the mails of $AMENDS_DATA are not here")
def test_of_all_the_broken_mails_of_the_world_none_is_lost(now: datetime, record_property: Callable[..., None]) -> None:
    files = [file for path in MAILS for file in path.rglob("*") if file.is_file()]
    report = import_paths(MAILS, now=now)
    record_property("import", str(report))
    assert (report.mails, report.lost, report.waiting, report.unreadable) == (len(files), 0, 0, ())
    assert {file.read_bytes() for file in files} == {raw_bytes(row) for row in RawMessage.objects.all()}
    assert report.quarantined <= len(files) // 100
