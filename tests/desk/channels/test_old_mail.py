"""Imported mail counts from its own date; an archive of years does not look like today's waiting."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from amends.desk.channels.email.files import ImportReport, import_paths
from amends.desk.models import Brand, Case, Job, Message

Write = Callable[..., bytes]
pytestmark = pytest.mark.django_db


@pytest.fixture
def old_mail(mail: Write, tmp_path: Path, now: datetime) -> Callable[..., Path]:
    """Write a mail of so many days ago to the disk."""

    def written(number: str, *, days: int, answers: str = "") -> Path:
        head = f"Date: {format_datetime(now - timedelta(days=days))}\r\n"
        head += f"In-Reply-To: <{answers}@example.org>\r\n" if answers else ""
        path = tmp_path / f"{number}.eml"
        path.write_bytes(head.encode() + mail(number))
        return path

    return written


def test_who_wrote_three_days_ago_has_waited_three_days(
    old_mail: Callable[..., Path], brand: Brand, now: datetime
) -> None:
    import_paths([old_mail("1", days=3)], now=now)
    case = Case.objects.get()
    ago = now - timedelta(days=3)
    assert (case.status, case.waiting_since, case.opened_at) == ("open", ago, ago)


def test_years_of_old_mail_are_history_for_which_nobody_waits(
    old_mail: Callable[..., Path], brand: Brand, now: datetime
) -> None:
    assert import_paths([old_mail("1", days=400)], now=now) == ImportReport(filed=1)
    case = Case.objects.get()
    assert (case.status, case.ending, case.waiting_since) == ("resolved", "history", None)
    assert case.resolved_at == now - timedelta(days=400)
    assert not Job.objects.exclude(task="file_message").exclude(task__contains="index").exists()


def test_an_answer_to_old_mail_brings_its_case_back(old_mail: Callable[..., Path], brand: Brand, now: datetime) -> None:
    import_paths([old_mail("1", days=400)], now=now)
    import_paths([old_mail("2", days=1, answers="1")], now=now)
    case = Case.objects.get()
    assert (case.status, case.waiting_since) == ("open", now - timedelta(days=1))


def test_old_mail_of_a_case_that_is_alive_leaves_it_alive(
    old_mail: Callable[..., Path], brand: Brand, now: datetime
) -> None:
    import_paths([old_mail("2", days=1)], now=now)
    import_paths([old_mail("1", days=400, answers="2")], now=now)
    case = Case.objects.get()
    assert (case.status, case.waiting_since, case.last_customer_at) == ("open", *[now - timedelta(days=1)] * 2)


def test_people_say_from_when_on_mail_is_history(old_mail: Callable[..., Path], brand: Brand, now: datetime) -> None:
    import_paths([old_mail("1", days=400)], now=now, history_after=None)
    import_paths([old_mail("2", days=3)], now=now, history_after=timedelta(days=2))
    assert [case.status for case in Case.objects.order_by("opened_at")] == ["open", "resolved"]


def test_a_date_in_the_future_is_not_believed(old_mail: Callable[..., Path], brand: Brand, now: datetime) -> None:
    import_paths([old_mail("1", days=-30)], now=now)
    assert Message.objects.get().at == now


def test_a_maildir_with_its_folders_is_taken_whole(tmp_path: Path, mail: Write, brand: Brand, now: datetime) -> None:
    for number, place in enumerate(("new/1", "cur/2:2,S", ".Sent/cur/3:2,S", "tmp/half", ".Sent/new/4"), 1):
        path = tmp_path / "Maildir" / place
        for name in ("new", "cur", "tmp"):
            (path.parent.parent / name).mkdir(parents=True, exist_ok=True)
        path.write_bytes(mail(str(number)))
    (tmp_path / "Maildir" / "dovecot.index").write_bytes(b"\x00")
    assert import_paths([tmp_path / "Maildir"], now=now) == ImportReport(filed=4)


def test_an_archive_is_known_by_its_first_line_whatever_it_is_called(
    tmp_path: Path, mail: Write, brand: Brand, now: datetime
) -> None:
    parts = [b"From noi@example.org Sun Nov 22 04:00:00 2026\n" + mail(n).replace(b"\r\n", b"\n") + b"\n" for n in "12"]
    (tmp_path / "Inbox").write_bytes(b"".join(parts))
    assert import_paths([tmp_path / "Inbox"], now=now) == ImportReport(filed=2)
