"""Sealed words in addresses: what a frame without cookies may ask for, for whom, and until when."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.core.signing import BadSignature, Signer

BLOCK: Final = timedelta(hours=12)
"""Seals of one half day are the same words, so that a page drawn again names the same frame and pictures."""


def sealed(kind: str, facts: dict[str, Any], *, now: datetime) -> str:
    """Return facts as one word of an address, good for 12 to 24 hours, for that kind of address only."""
    until = (now.timestamp() // BLOCK.total_seconds() + 2) * BLOCK.total_seconds()
    return _signer(kind).sign_object({**facts, "until": int(until)}, compress=True)


def opened(kind: str, word: str, *, now: datetime) -> dict[str, Any] | None:
    """Return what was sealed; None when it was altered, sealed for something else, or is too old."""
    try:
        facts = _signer(kind).unsign_object(word)
    except (BadSignature, ValueError):
        return None
    return facts if isinstance(facts, dict) and facts.get("until", 0) >= now.timestamp() else None


def _signer(kind: str) -> Signer:
    return Signer(salt=f"amends.desk.sealed.{kind}")
