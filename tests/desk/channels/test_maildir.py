"""A Maildir on this machine: what arrives is kept once, and moved only when it is safe."""

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connections

from amends.desk.channels.base import Fetched
from amends.desk.channels.maildir import watch
from amends.desk.channels.maildir.watch import fetch_maildir, watch_maildir
from amends.desk.models import Brand, Mailbox, RawMessage
from amends.desk.operations.receive import raw_bytes
from tests.servers import mailbox_of, soon, unlocked

Write = Callable[..., bytes]


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """An empty Maildir."""
    for name in ("new", "cur", "tmp"):
        (tmp_path / "box" / name).mkdir(parents=True)
    return tmp_path / "box"


@pytest.fixture
def mailbox(brand: Brand) -> Mailbox:
    return mailbox_of(brand)


def names(box: Path, folder: str) -> list[str]:
    return sorted(path.name for path in (box / folder).iterdir())


def test_what_arrived_is_kept_and_then_moved_as_read(mailbox: Mailbox, box: Path, mail: Write, now: datetime) -> None:
    (box / "new" / "1.a").write_bytes(mail("1", "พัสดุอยู่ไหนคะ"))
    assert fetch_maildir(mailbox, box, now=now) == Fetched(new=1)
    assert raw_bytes(RawMessage.objects.get()) == mail("1", "พัสดุอยู่ไหนคะ")
    assert (names(box, "new"), names(box, "cur")) == ([], ["1.a:2,S"])


def test_a_mail_that_could_not_be_kept_stays_new(
    mailbox: Mailbox, box: Path, mail: Write, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    (box / "new" / "1.a").write_bytes(mail("1"))
    monkeypatch.setattr(watch, "receive_together", _fails)
    with pytest.raises(DatabaseError):
        fetch_maildir(mailbox, box, now=now)
    assert names(box, "new") == ["1.a"]


def test_when_the_desk_dies_before_moving_the_mail_is_kept_once(
    mailbox: Mailbox, box: Path, mail: Write, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    (box / "new" / "1.a").write_bytes(mail("1"))
    with monkeypatch.context() as dying:
        dying.setattr(Path, "rename", _fails)
        with pytest.raises(DatabaseError):
            fetch_maildir(mailbox, box, now=now)
    assert fetch_maildir(mailbox, box, now=now) == Fetched(known=1)
    assert (RawMessage.objects.count(), names(box, "cur")) == (1, ["1.a:2,S"])


def test_a_mail_another_program_takes_away_meanwhile_stops_nothing(
    mailbox: Mailbox, box: Path, mail: Write, now: datetime
) -> None:
    (box / "new" / "1.gone").symlink_to(box / "nowhere")
    (box / "new" / "2.b").write_bytes(mail("2"))
    assert fetch_maildir(mailbox, box, now=now) == Fetched(new=1)


def test_a_mail_larger_than_we_take_is_cut_and_says_so(
    mailbox: Mailbox, box: Path, mail: Write, now: datetime, settings: Any
) -> None:
    settings.LARGEST_MAIL_BYTES = 1000
    (box / "new" / "1.a").write_bytes(mail("1", "x" * 5000))
    fetch_maildir(mailbox, box, now=now)
    kept = RawMessage.objects.get()
    assert (kept.size, kept.envelope["cut_from"] > 5000) == (1000, True)


@pytest.mark.django_db(transaction=True)
def test_a_watched_maildir_tells_its_trouble_and_its_mail(
    mailbox: Mailbox, box: Path, mail: Write, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "LOOK_EVERY_S", 0.05)
    settings.MAILDIRS = {mailbox.address: str(box)}
    (box / "new").rename(box / "away")
    stop = threading.Event()
    thread = threading.Thread(target=lambda: (watch_maildir(mailbox.pk, stop=stop), connections.close_all()))
    thread.start()
    try:
        assert soon(unlocked(lambda: Mailbox.objects.get().problem == "files"))
        (box / "away").rename(box / "new")
        (box / "new" / "1.a").write_bytes(mail("1"))
        assert soon(unlocked(lambda: RawMessage.objects.exists() and not Mailbox.objects.get().last_error))
    finally:
        stop.set()
        thread.join(timeout=5)


def _fails(*_: object, **__: object) -> None:
    raise DatabaseError("disk full")
