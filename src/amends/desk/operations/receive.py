"""Take in what came, byte for byte, before anybody tries to understand it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, Final, TypeVar

from django.db import OperationalError, transaction

from amends.desk import blobs
from amends.desk.enqueue import enqueue, enqueue_all
from amends.desk.events import record, record_all
from amends.desk.failpoint import failpoint
from amends.desk.models import Agent, RawMessage
from amends.desk.operations.errors import NotQuarantined
from amends.desk.operations.rows import hold, write
from amends.flow.glance import glance
from amends.vocabulary import Moment

LARGEST_IN_ROW: Final = 100_000
"""Bytes. Larger ones are files: a database page holds small blobs faster, a file large ones."""
LONGEST_ID: Final = 200
MOST_AT_ONCE: Final = 50
MOST_BYTES_AT_ONCE: Final = 16_000_000
GLANCE: Final = "glance"
"""In the envelope: sender and subject at a first glance, shown until the mail is filed (ADR 0129)."""

Thing = TypeVar("Thing")


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One mail as a channel got it. `external_id` is the channel's own name for it (folder, UIDVALIDITY and UID).

    Without one, the bytes name themselves. The same id with other bytes is another message: nothing is dropped
    because a server counts badly.
    """

    raw: bytes = field(repr=False)
    channel: str
    external_id: str = ""
    envelope: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """Proof that the bytes are on the disk. `is_new` is False for a delivery that was here before."""

    raw_id: int
    is_new: bool


def receive(
    raw: bytes, *, channel: str, external_id: str = "", envelope: Mapping[str, Any] | None = None, now: Moment
) -> Receipt:
    """Keep the bytes and ask for them to be filed; only then may a channel acknowledge them. See Delivery."""
    delivery = Delivery(raw=raw, channel=channel, external_id=external_id, envelope=envelope or {})
    ending = receive_all([delivery], now=now)[0]
    if isinstance(ending, Exception):
        raise ending
    return ending


def receive_all(deliveries: Iterable[Delivery], *, now: Moment) -> list[Receipt | Exception]:
    """Keep many deliveries with one commit; return a receipt for each, or why that one could not be kept.

    A delivery that cannot be written fails alone. When the database itself fails, every delivery fails with it.
    """
    rows = [_row_or_trouble(delivery, now=now) for delivery in deliveries]
    endings = iter(_endings([row for row in rows if isinstance(row, RawMessage)], now=now))
    return [next(endings) if isinstance(row, RawMessage) else row for row in rows]


def receive_together(deliveries: Iterable[Delivery], *, now: Moment) -> list[Receipt]:
    """Keep many deliveries with one commit. Raises what kept the first of them from it; the others are kept then."""
    endings = receive_all(deliveries, now=now)
    if trouble := next((ending for ending in endings if isinstance(ending, Exception)), None):
        raise trouble
    return [ending for ending in endings if isinstance(ending, Receipt)]


def bunches(things: Iterable[Thing], *, size: Callable[[Thing], int]) -> Iterator[list[Thing]]:
    """Yield things in groups that are kept together: as many as one commit should carry, in number and in bytes."""
    group: list[Thing] = []
    total = 0
    for thing in things:
        group.append(thing)
        total += size(thing)
        if len(group) >= MOST_AT_ONCE or total >= MOST_BYTES_AT_ONCE:
            yield group
            group, total = [], 0
    if group:
        yield group


def _row_or_trouble(delivery: Delivery, *, now: Moment) -> RawMessage | Exception:
    try:
        return _row(delivery, now=now)
    except Exception as trouble:  # noqa: BLE001 - told to whoever brought this mail; the others are not at fault
        return trouble


def _row(delivery: Delivery, *, now: Moment) -> RawMessage:
    """Return the row of a delivery, not yet written; large bytes are on the disk already."""
    failpoint("receive.begun")
    digest = sha256(delivery.raw).hexdigest()
    is_large = len(delivery.raw) > LARGEST_IN_ROW
    if is_large:
        blobs.keep(delivery.raw)
        failpoint("receive.blob_kept")
    return RawMessage(
        channel=delivery.channel,
        external_id=_short(delivery.external_id) or digest,
        sha256=digest,
        size=len(delivery.raw),
        body=None if is_large else delivery.raw,
        received_at=now,
        envelope={"delivery": delivery.external_id, GLANCE: _glance(delivery), **delivery.envelope},
    )


def _glance(delivery: Delivery) -> dict[str, str]:
    return asdict(glance(delivery.raw, channel=delivery.channel))


def _endings(rows: list[RawMessage], *, now: Moment, is_last_try: bool = False) -> list[Receipt | Exception]:
    try:
        return list(_written(rows, now=now))
    except OperationalError as trouble:
        return [trouble] * len(rows)
    except Exception as trouble:  # noqa: BLE001 - one of them is at fault, or somebody else wrote it at this moment
        if is_last_try:
            return [trouble]
        return [_endings([row], now=now, is_last_try=True)[0] for row in rows]


def _written(rows: list[RawMessage], *, now: Moment) -> list[Receipt]:
    """Write what is new in one transaction. Raises what the database raises, and then nothing is written."""
    with transaction.atomic():
        known = _known(rows)
        kept = [known.setdefault(_name(row, known), row) for row in rows]
        new = [row for row, found in zip(rows, kept, strict=True) if found is row]
        for row in new:
            row.pk = None  # it may have had one in a try that was rolled back
        RawMessage.objects.bulk_create(new)
        facts = [{"raw": row.pk, "channel": row.channel, "size": row.size} for row in new]
        record_all("message.received", at=now, facts=facts)
        enqueue_all("file_message", now=now, arguments=[{"raw_id": row.pk} for row in new])
        failpoint("receive.rows_written")
    failpoint("receive.committed")
    return [Receipt(raw_id=found.pk, is_new=found is row) for row, found in zip(rows, kept, strict=True)]


def _known(rows: list[RawMessage]) -> dict[tuple[str, str], RawMessage]:
    """Return those that are here already, by channel and name."""
    names = {name for row in rows for name in (row.external_id, _other_name(row))}
    found = RawMessage.objects.filter(channel__in={row.channel for row in rows}, external_id__in=names)
    return {(row.channel, row.external_id): row for row in found.only("channel", "external_id", "sha256")}


def _name(row: RawMessage, known: Mapping[tuple[str, str], RawMessage]) -> tuple[str, str]:
    """Give a row another name when its own belongs to other bytes; return channel and name."""
    found = known.get((row.channel, row.external_id))
    if found is not None and found.sha256 != row.sha256:
        row.external_id = _other_name(row)
    return row.channel, row.external_id


def _other_name(row: RawMessage) -> str:
    return f"{row.external_id}:{row.sha256[:16]}"


def raw_bytes(row: RawMessage) -> bytes:
    """Return what came in, byte for byte."""
    return bytes(row.body) if row.body is not None else blobs.read(row.sha256)


def replay(raw: RawMessage, *, by: Agent, now: Moment) -> None:
    """Try a quarantined mail again, as if it had just come. Raises NotQuarantined for any other."""
    with transaction.atomic():
        if hold(raw).state != RawMessage.State.QUARANTINED:
            raise NotQuarantined
        raw.state, raw.attempts = RawMessage.State.RECEIVED, 0
        write(raw, "state", "attempts")
        record("message.replayed", at=now, actor=by, raw=raw.pk, error=raw.error)
        enqueue("file_message", now=now, raw_id=raw.pk)


def _short(external_id: str) -> str:
    return external_id if len(external_id) <= LONGEST_ID else sha256(external_id.encode()).hexdigest()
