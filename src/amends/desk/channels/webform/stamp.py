"""The stamp on a blank form: when we gave it out, and a number of its own. It keeps robots slow, people never out."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.core.signing import BadSignature, Signer

from amends.vocabulary import Moment

FASTEST: Final = timedelta(seconds=2)
"""Nobody reads a page and writes a complaint in less; a robot does."""
LONGEST: Final = timedelta(hours=12)


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What a stamp says: `nonce` names this one blank form; `usable` is False when it is forged, too new or too old."""

    nonce: str
    usable: bool


def new_stamp(*, now: Moment) -> str:
    """Return the stamp of a blank form given out now."""
    return _signer().sign(f"{secrets.token_hex(10)}.{int(now.timestamp() * 1000)}")


def read_stamp(written: str, *, now: Moment) -> Stamp:
    """Return what a stamp says. Never raises."""
    try:
        text = _signer().unsign(written[:300])
    except BadSignature:
        return Stamp(nonce="", usable=False)
    nonce, _, given_ms = text.partition(".")
    age = timedelta(milliseconds=now.timestamp() * 1000 - int(given_ms))
    return Stamp(nonce=nonce, usable=FASTEST <= age <= LONGEST)


def _signer() -> Signer:
    return Signer(salt="amends.web-form")
