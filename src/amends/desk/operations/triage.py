"""File what came in: read its form, find its case, keep its words. What cannot be filed waits in quarantine.

Mails are understood beside one another without the database, then written in groups, one transaction each (ADR 0129).
"""

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache
from typing import Final

from django.db import OperationalError, transaction
from django.db.models import F

from amends.desk.events import record, record_all
from amends.desk.failpoint import failpoint
from amends.desk.models import Message, RawMessage
from amends.desk.operations.filing import Sheaf
from amends.desk.operations.known import known_of
from amends.desk.operations.our_side import OurSide, our_side
from amends.desk.operations.rows import hold, one_at_a_time, write
from amends.desk.operations.understanding import Understood, understand
from amends.vocabulary import AmendsError, JsonObject, Moment

MOST_TRIES: Final = 3
LONGEST_ERROR: Final = 2_000
LARGE: Final = 1_000_000
"""Bytes. Larger mails are understood one after the other, so that a group of them does not fill the memory."""
PATIENCE_S: Final = 0.3
"""So long a group waits for its slowest; then those that are understood are filed without it."""
AT_ONCE: Final = 16
"""Mails that may wait for hosts of others at a time; the processes that read them have a limit of their own."""
FILING_ON_POSTGRES: Final = 0x66696C696E67
_writing = threading.Lock()
# SQLite lets one write and has the others look again and again: our own threads take turns here, so that whoever keeps
# mail or sends a reply finds the place free between two groups.
Endings = dict[int, Exception | None]
"""What went wrong with each mail, by its key; None when nothing did, and nobody needs to try again."""
log = logging.getLogger(__name__)


class Unfiled(AmendsError):
    """This mail could not be filed yet. Its bytes are safe; it is tried again and then shown in quarantine."""


def file_message(raw_id: int, *, now: Moment) -> Message | None:
    """File one delivery as a message on its case; filing it again changes nothing.

    None when it is a duplicate or went into quarantine. Raises Unfiled while it is worth another try, so that the job
    comes back; the third failure ends in quarantine, seen by people, and the next mail goes on.
    """
    for endings in file_messages([raw_id], now=now):
        if wrong := endings.get(raw_id):
            raise wrong
    return Message.objects.filter(raw=raw_id).first()


def file_messages(raw_ids: Sequence[int], *, now: Moment) -> Iterator[Endings]:
    """File many deliveries as `file_message` does one; yield how they ended, those that were soon understood first.

    One that fails never fails the others: Unfiled is its ending alone.
    """
    ours, due = our_side(), _due(raw_ids)
    yield {key: None for key in raw_ids if key not in {raw.pk for raw in due}}
    yield from _waves(_begin([raw.pk for raw in due if _is_easy(raw)]), ours, now=now)
    # One that was tried before may have brought the worker down: each by itself, the likeliest culprit last.
    for raw in sorted((raw for raw in due if not _is_easy(raw)), key=lambda raw: raw.attempts):
        yield from _waves(_begin([raw.pk]), ours, now=now)


def file_all(raw_ids: Sequence[int], *, now: Moment) -> None:
    """File many deliveries; what could not be filed yet is tried again by its job."""
    for _ in file_messages(raw_ids, now=now):
        pass


def file_as_jobs(jobs: Sequence[JsonObject], now: Moment) -> Iterator[Endings]:
    """File the deliveries of many jobs; yield how those jobs ended that have, by their place among these."""
    places = {job["raw_id"]: place for place, job in enumerate(jobs)}
    twice = [place for place, job in enumerate(jobs) if places[job["raw_id"]] != place]
    yield dict.fromkeys(twice)
    for endings in file_messages(list(places), now=now):
        yield {places[key]: wrong for key, wrong in endings.items()}


def _due(raw_ids: Iterable[int]) -> list[RawMessage]:
    found = RawMessage.objects.filter(pk__in=raw_ids, state=RawMessage.State.RECEIVED)
    return list(found.only("pk", "attempts", "size").order_by("pk"))


def _is_easy(raw: RawMessage) -> bool:
    return raw.attempts == 0 and raw.size <= LARGE


def _begin(raw_ids: Sequence[int]) -> list[RawMessage]:
    """Count the try before it is made: a mail that kills the worker shall not kill it for ever."""
    if not raw_ids:
        return []
    with transaction.atomic():
        waiting = RawMessage.objects.filter(pk__in=raw_ids, state=RawMessage.State.RECEIVED).order_by("pk")
        rows = list(waiting.select_for_update())
        RawMessage.objects.filter(pk__in=[raw.pk for raw in rows]).update(attempts=F("attempts") + 1)
    for raw in rows:
        raw.attempts += 1
    return rows


def _waves(rows: Sequence[RawMessage], ours: OurSide, *, now: Moment) -> Iterator[Endings]:
    """Understand mails beside one another; file whatever is understood, then what took longer."""
    worn_out = [raw for raw in rows if raw.attempts > MOST_TRIES]
    for raw in worn_out:
        _quarantine(raw, error=raw.error or "The worker ended while it was reading this.", now=now)
    yield dict.fromkeys((raw.pk for raw in worn_out), None)
    sound = [raw for raw in rows if raw.attempts <= MOST_TRIES]
    if len(sound) == 1:
        yield _ended([(sound[0], _understood(sound[0], ours))], ours, now=now)
        return
    waiting = {_understanding().submit(_understood, raw, ours): raw for raw in sound}
    while waiting:
        done, slow = wait(waiting, timeout=PATIENCE_S)
        before = min((waiting[each].pk for each in slow), default=None)
        ready = {waiting[each].pk: each for each in done if not _may_answer(each.result(), before=before)}
        # In the order in which they came: an answer stands behind what it answers.
        yield _ended([(waiting.pop(ready[key]), ready[key].result()) for key in sorted(ready)], ours, now=now)


def _may_answer(what: Understood | Exception, *, before: int | None) -> bool:
    """Return whether a letter may answer an older one that is not understood yet, and so has to wait for it."""
    if isinstance(what, Exception) or before is None or what.raw.pk < before:
        return False
    return bool(what.intake.evidence.referenced)


def _understood(raw: RawMessage, ours: OurSide) -> Understood | Exception:
    try:
        return understand(raw, ours)
    except Exception as wrong:  # noqa: BLE001 - one bad mail must never stop the next; it is kept, counted and shown
        return wrong


def _ended(
    found: Sequence[tuple[RawMessage, Understood | Exception]], ours: OurSide, *, now: Moment
) -> Endings:  # fmt: skip
    """File what was understood, put away what nobody can, and return how each ended."""
    wrong: dict[int, Exception] = {}
    group: list[Understood] = []
    rows = {raw.pk: raw for raw, _ in found}
    for raw, what in found:
        if isinstance(what, Exception):
            wrong[raw.pk] = what
        elif what.trouble:
            _quarantine(raw, error=what.trouble, now=now)
        else:
            group.append(what)
    wrong |= _file(group, ours, now=now) if group else {}
    endings: Endings = dict.fromkeys(rows)
    for key, trouble in wrong.items():
        endings[key] = _try_again_or_quarantine(rows[key], trouble, now=now)
    return endings


def _file(group: Sequence[Understood], ours: OurSide, *, now: Moment) -> dict[int, Exception]:
    """Write a group with one commit; if anything is wrong with it, each by itself. Return what could not be written."""
    try:
        _write(group, ours, now=now)
    except Exception as wrong:  # noqa: BLE001 - one of them is at fault, and the others shall be filed
        if len(group) == 1:
            return {group[0].raw.pk: wrong}
    else:
        return {}
    troubles: dict[int, Exception] = {}
    for place, what in enumerate(group):
        troubles |= _file([what], ours, now=now)
        if isinstance(troubles.get(what.raw.pk), OperationalError):
            # The database itself fails: the rest need not wait for its time-out one after the other.
            return troubles | {left.raw.pk: troubles[what.raw.pk] for left in group[place + 1 :]}
    return troubles


def _write(group: Sequence[Understood], ours: OurSide, *, now: Moment) -> None:
    with _writing, transaction.atomic():
        one_at_a_time(FILING_ON_POSTGRES)
        # Understanding takes a while without a lock; another worker, or an import beside it, may have been faster.
        still = RawMessage.objects.select_for_update().filter(state=RawMessage.State.RECEIVED).order_by("pk")
        due = set(still.filter(pk__in=[what.raw.pk for what in group]).values_list("pk", flat=True))
        sheaf = Sheaf(known_of([what.intake for what in group]), ours, now=now)
        filed: list[int] = []
        duplicate: list[int] = []
        for what in group:
            if what.raw.pk in due:
                (duplicate if sheaf.add(what) is None else filed).append(what.raw.pk)
        sheaf.write()
        _put(filed, RawMessage.State.FILED)
        _put(duplicate, RawMessage.State.DUPLICATE)
        record_all("message.duplicate", at=now, facts=[{"raw": key} for key in duplicate])
        failpoint("file.rows_written")
    failpoint("file.committed")


def _put(raw_ids: Sequence[int], state: RawMessage.State) -> None:
    if raw_ids:
        RawMessage.objects.filter(pk__in=raw_ids).update(state=state, error="")


def _try_again_or_quarantine(raw: RawMessage, wrong: Exception, *, now: Moment) -> Unfiled | None:
    log.error("filing %s failed", raw.pk, exc_info=wrong)
    error = f"{type(wrong).__name__}: {wrong}"[:LONGEST_ERROR]
    if raw.attempts >= MOST_TRIES:
        _quarantine(raw, error=error, now=now)
        return None
    with transaction.atomic():
        if hold(raw).state != RawMessage.State.RECEIVED:
            return None
        raw.error = error
        write(raw, "error")
    unfiled = Unfiled(error)
    unfiled.__cause__ = wrong
    return unfiled


def _quarantine(raw: RawMessage, *, error: str, now: Moment) -> None:
    with transaction.atomic():
        # Another worker may have filed it meanwhile, if it thought this one dead.
        if hold(raw).state != RawMessage.State.RECEIVED:
            return
        raw.state, raw.error = RawMessage.State.QUARANTINED, error[:LONGEST_ERROR]
        write(raw, "state", "error")
        record("message.quarantined", at=now, raw=raw.pk, error=raw.error)


@cache
def _understanding() -> ThreadPoolExecutor:
    """Return the threads of this process that understand mails; none of them touches the database."""
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="understand")
