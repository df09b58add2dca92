"""Understand one delivery without touching the database, so that many are understood beside one another."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from amends.desk import blobs
from amends.desk.failpoint import failpoint
from amends.desk.models import RawMessage
from amends.desk.operations.our_side import OurSide
from amends.desk.operations.pictures import thumbnail
from amends.desk.operations.receive import raw_bytes
from amends.desk.operations.trusting import trust_of
from amends.engines.sandbox import letter_reader
from amends.flow.intake import Intake, take_in
from amends.mail.letter import Part
from amends.mail.trust import Trust, Verdict


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """An attachment whose bytes, and small copy if it is a picture, are on the disk."""

    part: Part
    sha256: str
    thumbnail_sha256: str


@dataclass(frozen=True, kw_only=True)
class Understood:
    """One delivery, read as far as filing needs. `trouble` says why it cannot be filed at all; empty when it can."""

    raw: RawMessage
    intake: Intake
    trust: Trust
    drawn: tuple[Sketch, ...] = ()
    trouble: str = ""


def understand(raw: RawMessage, ours: OurSide) -> Understood:
    """Return what a delivery is and how far its sender is believed; its attachments are on the disk then.

    Slow: it reads in another process, and asks other hosts. Raises what the disk raises, and CannotRead.
    """
    failpoint("file.begun")
    intake = _read(raw, ours)
    failpoint("file.understood")
    trouble = raw.envelope.get("trouble") or intake.letter.error
    if trouble:
        return Understood(raw=raw, intake=intake, trust=Trust(verdict=Verdict.UNCHECKED), trouble=trouble)
    trust = trust_of(raw, intake, ours)
    drawn = tuple(sketches(intake.letter.attachments))
    failpoint("file.sketched")
    return Understood(raw=raw, intake=intake, trust=trust, drawn=drawn)


def sketches(parts: Iterable[Part]) -> list[Sketch]:
    """Keep the bytes of attachments and draw their small copies."""
    return [
        Sketch(
            part=part,
            sha256=blobs.keep(part.content),
            thumbnail_sha256=thumbnail(part.content, media_type=part.media_type),
        )
        for part in parts
    ]


def _read(raw: RawMessage, ours: OurSide) -> Intake:
    return take_in(
        raw_bytes(raw),
        channel=raw.channel,
        delivery=raw.envelope.get("delivery") or raw.external_id,
        recipients=raw.envelope.get("rcpt", ()),
        own_addresses=ours.addresses,
        key=settings.MAIL_KEY,
        domain=settings.MAIL_DOMAIN,
        reader=letter_reader(),
    )
