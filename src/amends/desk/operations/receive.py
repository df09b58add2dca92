"""Take in what came, byte for byte, before anybody tries to understand it."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from django.db import transaction

from amends.desk import blobs
from amends.desk.enqueue import enqueue
from amends.desk.events import record
from amends.desk.models import Agent, RawMessage
from amends.desk.operations.errors import NotQuarantined
from amends.desk.operations.rows import hold, write
from amends.vocabulary import Moment

LARGEST_IN_ROW: Final = 100_000
"""Bytes. Larger ones are files: a database page holds small blobs faster, a file large ones."""
LONGEST_ID: Final = 200


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """Proof that the bytes are on the disk. `is_new` is False for a delivery that was here before."""

    raw_id: int
    is_new: bool


def receive(
    raw: bytes, *, channel: str, external_id: str = "", envelope: Mapping[str, Any] | None = None, now: Moment
) -> Receipt:
    """Keep the bytes and ask for them to be filed; only then may a channel acknowledge them.

    `external_id` is the channel's own name for this delivery (folder, UIDVALIDITY and UID); without one, the bytes
    name themselves. The same id with other bytes is another message: nothing is dropped because a server counts badly.
    """
    digest = sha256(raw).hexdigest()
    is_large = len(raw) > LARGEST_IN_ROW
    if is_large:
        blobs.keep(raw)
    kept = {
        "sha256": digest,
        "size": len(raw),
        "body": None if is_large else raw,
        "received_at": now,
        "envelope": {"delivery": external_id, **(envelope or {})},
    }
    name = _short(external_id) or digest
    with transaction.atomic():
        row, is_new = RawMessage.objects.get_or_create(channel=channel, external_id=name, defaults=kept)
        if row.sha256 != digest:
            name = f"{name}:{digest[:16]}"
            row, is_new = RawMessage.objects.get_or_create(channel=channel, external_id=name, defaults=kept)
        if is_new:
            record("message.received", at=now, raw=row.pk, channel=channel, size=len(raw))
            enqueue("file_message", now=now, raw_id=row.pk)
    return Receipt(raw_id=row.pk, is_new=is_new)


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
