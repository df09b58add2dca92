"""How the desk is, for `amends doctor`: what it can reach, what waits, what is wrong."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from amends.desk.channels.email.grants import is_granted
from amends.desk.channels.services.catalogue import key_of
from amends.desk.home import home
from amends.desk.models import Halt, Job, Mailbox, MailFolder, RawMessage, Reply
from amends.vocabulary import Moment

LEAST_FREE_MB: Final = 500
WAITS_TOO_LONG: Final = timedelta(minutes=10)
PRIVATE: Final = 0o077
BY_ENVIRONMENT: Final = "amazon_ses"
"""This service needs no key of ours where the machine itself is let in."""

State = Literal["ok", "warning", "broken"]


@dataclass(frozen=True, kw_only=True)
class Sign:
    """One thing looked at: `state` ok, warning (works, but look), broken (something does not work)."""

    what: str
    state: State
    detail: str


def signs(now: Moment) -> list[Sign]:
    """Return everything about this desk worth knowing. Changes nothing; a database out of reach is a sign itself."""
    found = [_disk(), _keys(), *_screens()]
    try:
        behind = _migrations_behind()
    except DatabaseError as trouble:
        return [*found, Sign(what="database", state="broken", detail=f"{connection.vendor}: {trouble}".strip())]
    if behind:
        detail = f"{behind} migrations behind; `amends up` brings it up to date"
        return [*found, Sign(what="database", state="warning", detail=detail)]
    return [*found, _database(), *_work(now), *_mail()]


def _disk() -> Sign:
    free_mb = shutil.disk_usage(home()).free // 1_000_000
    return Sign(what="disk", state="ok" if free_mb >= LEAST_FREE_MB else "broken", detail=f"{free_mb} MB free")


def _keys() -> Sign:
    keys = home() / "keys"
    if not keys.is_dir():
        detail = f"none in {keys}: a new desk makes its own; one that was moved needs those it had"
        return Sign(what="keys", state="warning", detail=detail)
    open_to_others = [path.name for path in (keys, *keys.iterdir()) if path.stat().st_mode & PRIVATE]
    if open_to_others:
        detail = f"others can read {', '.join(open_to_others)}; chmod -R go= {keys}"
        return Sign(what="keys", state="broken", detail=detail)
    return Sign(what="keys", state="ok", detail=f"in {keys}, readable by this user only")


def _screens() -> Iterator[Sign]:
    missing = [tag for tag, _ in settings.LANGUAGES if tag != settings.LANGUAGE_CODE and not _is_compiled(tag)]
    detail = f"not compiled: {', '.join(missing)}" if missing else "every interface language is compiled"
    yield Sign(what="screens", state="warning" if missing else "ok", detail=detail)
    fonts = sorted(path.name for folder in settings.STATICFILES_DIRS for path in folder.rglob("*.woff2"))
    detail = ", ".join(fonts) or "none: the browser's own are used"
    yield Sign(what="fonts", state="ok" if fonts else "warning", detail=detail)


def _is_compiled(tag: str) -> bool:
    return any((folder / tag / "LC_MESSAGES" / "django.mo").exists() for folder in settings.LOCALE_PATHS)


def _migrations_behind() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _database() -> Sign:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version(), page_count * page_size FROM pragma_page_count, pragma_page_size")
        else:
            cursor.execute("SELECT current_setting('server_version'), pg_database_size(current_database())")
        version, size = cursor.fetchone()
    return Sign(what="database", state="ok", detail=f"{connection.vendor} {version}, {size / 1e6:.1f} MB")


def _work(now: Moment) -> Iterator[Sign]:
    waiting = Job.objects.filter(state=Job.State.READY, due_at__lte=now)
    oldest = waiting.order_by("due_at").first()
    late = oldest is not None and now - oldest.due_at > WAITS_TOO_LONG
    detail = f"{waiting.count()} jobs wait" + (f", since {oldest.due_at:%Y-%m-%d %H:%M} UTC" if oldest else "")
    yield Sign(what="work", state="warning" if late else "ok", detail=detail + ("; no worker runs" if late else ""))
    dead = Job.objects.filter(state=Job.State.DEAD).count()
    yield Sign(what="dead jobs", state="warning" if dead else "ok", detail=f"{dead}")


def _mail() -> Iterator[Sign]:
    for box in Mailbox.objects.filter(enabled=True).prefetch_related("folders"):
        yield from _mailbox(box)
    quarantined = RawMessage.objects.filter(state=RawMessage.State.QUARANTINED).count()
    yield Sign(what="quarantine", state="warning" if quarantined else "ok", detail=f"{quarantined} mails")
    stuck = Reply.objects.filter(state__in=[Reply.State.FAILED, Reply.State.UNCERTAIN]).count()
    yield Sign(what="outbox", state="warning" if stuck else "ok", detail=f"{stuck} replies need a person")
    halted = Halt.objects.filter(lifted_at=None).first()
    detail = f"stopped: {halted.reason}" if halted else f"to {settings.SENDING}"
    yield Sign(what="sending", state="warning" if halted else "ok", detail=detail)


def _mailbox(box: Mailbox) -> Iterator[Sign]:
    """Yield how a mailbox is, and each folder of it that cannot be read."""
    read = f"read {box.last_checked_at:%Y-%m-%d %H:%M} UTC" if box.last_checked_at else "not read yet"
    way = f"; sends by {box.service}" if box.service else ""
    state: State = "broken" if box.last_error else "ok"
    yield Sign(what=f"mailbox {box.address}", state=state, detail=_ill(box) or f"{read}{way}")
    for folder in box.folders.all():
        if folder.last_error:
            yield Sign(what=f"mailbox {box.address}, {folder}", state="broken", detail=_ill(folder))
    if box.sign_in != Mailbox.SignIn.PASSWORD and not is_granted(box):
        yield Sign(what=f"grant {box.address}", state="broken", detail=f"press Connect on its page ({box.sign_in})")
    if box.service and not key_of(box) and box.service != BY_ENVIRONMENT:
        yield Sign(what=f"service {box.address}", state="broken", detail=f"no key of {box.service} was given")


def _ill(place: Mailbox | MailFolder) -> str:
    return ": ".join(filter(None, [place.problem, place.last_error]))
